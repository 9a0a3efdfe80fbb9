/* crash — lets a log grow to a given size, one to three entries a step, each
 * a function of its place.  usage: crash DIR SIZE; prints the last root */
#include <stdio.h>
#include <stdlib.h>

#include "domain/directory.h"

#define ENTRY_MAX 512

static enum err append(struct log *log)
{
    char room[ENTRY_MAX];
    uint64_t index = log->tree.size;
    int len = snprintf(room, sizeof room,
                       "{\"draw\":0,\"kind\":\"test\",\"number\":%llu,"
                       "\"prev\":\"%064d\",\"time\":1798761600}",
                       (unsigned long long)index, 0);
    return log_append(&index, log, bytes_of(room, (size_t)len));
}

static enum err step(struct log *log, uint64_t size)
{
    uint64_t count = 1 + log->tree.size % 3;
    enum err err = log_begin(log);
    if (err != OK) return err;
    for (uint64_t i = 0; i < count && log->tree.size < size && err == OK; i++)
        err = append(log);
    err = log_finish(log, err);
    return err == OK ? log_publish(log) : err;
}

int main(int argc, char **argv)
{
    if (argc != 3) return 2;
    uint64_t size = strtoull(argv[2], NULL, 10);
    const struct directory_options options = { .path = argv[1],
                                               .now = "2027-01-01T00:00:00Z" };
    struct directory dir;
    enum err err = directory_open(&dir, &options, DIRECTORY_SIGN);
    while (err == OK && dir.log.published.size < size)
        err = step(&dir.log, size);
    if (err != OK)
        fprintf(stderr, "%s %s\n", err_name(err), dir.why);
    else
        for (size_t i = 0; i < sizeof dir.log.published.root.b; i++)
            printf("%02x", dir.log.published.root.b[i]);
    directory_close(&dir);
    return err == OK ? 0 : 1;
}
