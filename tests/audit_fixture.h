/*
 * audit_fixture — a whole draw by the verbs of the command line, on a clock
 * of its own; its entries are then in good[].  Included once.
 *
 * Source: README, "命令".
 */
#ifndef TESTS_AUDIT_FIXTURE_H
#define TESTS_AUDIT_FIXTURE_H

#include "domain/evidence.h"
#include "tests/ceremony_fixture.h"

enum { ENTRIES_MAX = 32, A = 4, F = 5, D = 8, OPENING = 9, COUNT = 10 };

static char *good[COUNT];

static int write_announcement(const char *path)
{
    static const char text[] =
        "{\"batch\":\"2027-03\",\"strata\":[{\"class\":\"public\","
        "\"least\":0,\"name\":\"全部\",\"take\":\"3%\"}],"
        "\"t0\":\"" T0 "\",\"t1\":\"" T1 "\",\"t4\":\"" T4 "\"}";
    return file_write(path, bytes_text(text), 0600) == OK ? 0 : 1;
}

static int draw(void)
{
    char path[80];
    snprintf(path, sizeof path, "%s/A.json", folder);
    if (write_announcement(path) != 0) return 1;
    const char *now = ANNOUNCED, *later = AFTER;
    CALL(cli_announce, "announce", home, path, "--now", now);
    CALL(cli_freeze, "freeze", home, "1", "--now", now);
    CALL(cli_reveal, "reveal", home, "1", "--now", T0);
    CALL(cli_beacon, "beacon", home, "1", "--now", later);
    CALL(cli_draw, "draw", home, "1", "--now", later);
    CALL(cli_open, "open", home, "1", "--now", later, "--by", "甲", "--by",
         "乙");
    return 0;
}

static int keep_entries(void)
{
    struct directory dir;
    if (directory_open(&dir, &options, DIRECTORY_READ) != OK) return 1;
    for (size_t i = 0; i < COUNT; i++) {
        good[i] = calloc(1, TILE_ENTRY_MAX + 1);
        struct writer w = writer_into(good[i], TILE_ENTRY_MAX);
        if (evidence_entry(&w, dir.db, i) != OK) return 1;
    }
    directory_close(&dir);
    return 0;
}

static int make_log(void **state)
{
    (void)state;
    if (prepare() != 0 || draw() != 0) return 1;
    options.now = AFTER;
    return keep_entries();
}

static int drop_log(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT; i++) free(good[i]);
    return drop_folder();
}

#endif
