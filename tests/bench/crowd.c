/*
 * crowd — draws for the first COUNT batches of a plan, 2027-0001 and so on;
 * the first WHOLE of them are held to the opening, the others announced.
 *
 *     bench/crowd DIR COUNT WHOLE
 */
#include <stdio.h>
#include <stdlib.h>

#include "domain/draw.h"

enum { LEAD_S = 1, REVEAL_S = 2, OPEN_S = 3600, INPUT_MAX = 512 };

static enum err announce(uint64_t *number, struct directory *dir,
                         unsigned index)
{
    char input[INPUT_MAX];
    unsigned long long t0 = clock_now(&dir->clock) + LEAD_S;
    int len = snprintf(
        input, sizeof input,
        "{\"batch\":\"2027-%04u\",\"strata\":[{\"class\":\"public\","
        "\"least\":0,\"name\":\"全部\",\"take\":\"5%%\"}],"
        "\"t0\":%llu,\"t1\":%llu,\"t4\":%llu}",
        index, t0, t0 + REVEAL_S, t0 + OPEN_S);
    return draw_announce(number, dir, bytes_of(input, (size_t)len));
}

static enum err hold(struct directory *dir, unsigned index, unsigned whole)
{
    static const struct draw_persons persons = { { "甲", "乙" } };
    struct draw_custody custody = { 0 };
    struct draw draw = { 0 };
    uint64_t number = 0;
    enum err err = announce(&number, dir, index);
    if (err != OK || index > whole) return err;
    err = draw_freeze(&custody, dir, number);
    if (err == OK) clock_wait(&dir->clock, clock_now(&dir->clock) + LEAD_S);
    if (err == OK) err = draw_reveal(dir, number, bytes_of(NULL, 0));
    if (err == OK) err = draw_load(&draw, dir, number);
    if (err == OK) clock_wait(&dir->clock, draw_round_time(&draw));
    draw_release(&draw);
    if (err == OK) err = draw_beacon(dir, number, NULL);
    if (err == OK) err = draw_draw(dir, number);
    return err == OK ? draw_open(dir, number, &persons) : err;
}

int main(int argc, char **argv)
{
    if (argc != 4) return 2;
    const struct directory_options options = { .path = argv[1],
                                               .now = "2027-03-01T00:00:00Z" };
    unsigned count = (unsigned)strtoul(argv[2], NULL, 10);
    unsigned whole = (unsigned)strtoul(argv[3], NULL, 10);
    struct directory dir;
    enum err err = directory_open(&dir, &options, DIRECTORY_SIGN);
    for (unsigned i = 1; i <= count && err == OK; i++)
        err = hold(&dir, i, whole);
    if (err != OK) fprintf(stderr, "%s %s\n", err_name(err), dir.why);
    directory_close(&dir);
    return err == OK ? 0 : 1;
}
