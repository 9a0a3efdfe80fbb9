/*
 * audit_fixture — a whole draw by the verbs of the command line, on a clock
 * of its own; its entries are then in good[].  Included once.
 *
 * Source: README, "命令".
 */
#ifndef TESTS_AUDIT_FIXTURE_H
#define TESTS_AUDIT_FIXTURE_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "domain/directory.h"
#include "domain/evidence.h"

#define T0 "2027-03-02T09:00:00Z"
#define T1 "2027-03-02T09:01:00Z"
#define T4 "2027-04-01T09:00:00Z"
#define LISTS "tests/vectors/register/"
enum { ENTRIES_MAX = 32, A = 4, F = 5, D = 8, OPENING = 9, COUNT = 10 };

static char *good[COUNT];
static char folder[] = "/tmp/yaohao-audit-XXXXXX";
static char home[64];
static struct directory_options options = { .path = home };

static int call(int (*verb)(int, char **), const char *const *words)
{
    char copy[16][160], *argv[17] = { NULL };
    int argc = 0;
    for (; words[argc] != NULL; argc++) {
        snprintf(copy[argc], sizeof copy[argc], "%s", words[argc]);
        argv[argc] = copy[argc];
    }
    return verb(argc, argv);
}
#define CALL(verb, ...)                                                  \
    if (call(verb, (const char *const[]){ __VA_ARGS__, NULL }) != 0) \
    return 1

static int write_announcement(const char *path)
{
    static const char text[] =
        "{\"batch\":\"2027-03\",\"strata\":[{\"class\":\"public\","
        "\"least\":0,\"name\":\"全部\",\"take\":\"3%\"}],"
        "\"t0\":\"" T0 "\",\"t1\":\"" T1 "\",\"t4\":\"" T4 "\"}";
    return file_write(path, bytes_text(text), 0600) == OK ? 0 : 1;
}

static int prepare(void)
{
    const char *now = "2027-03-01T08:00:00Z";
    CALL(cli_init, "init", home, "--origin", "a.example/rehearsal",
         "--rehearsal", "--now", now);
    static const char *const lists[] = { "targets", "inspectors", "items",
                                         "plan" };
    for (size_t i = 0; i < 4; i++) {
        char path[80];
        snprintf(path, sizeof path, LISTS "%s.csv", lists[i]);
        CALL(cli_import, "import", home, lists[i], path, "--now", now,
             "--accept-warnings");
    }
    CALL(cli_activate, "activate", home, "targets", "1", "--now", now);
    CALL(cli_activate, "activate", home, "inspectors", "1", "--now", now);
    CALL(cli_publish, "publish", home, "items", "--now", now);
    CALL(cli_publish, "publish", home, "plan", "--now", now);
    return 0;
}

static int draw(void)
{
    char path[80];
    snprintf(path, sizeof path, "%s/A.json", folder);
    if (write_announcement(path) != 0) return 1;
    const char *now = "2027-03-01T09:00:00Z";
    const char *later = "2027-03-02T09:02:00Z";
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
    static const char last[] = "2027-03-02T09:02:00Z";
    (void)state;
    if (mkdtemp(folder) == NULL) return 1;
    snprintf(home, sizeof home, "%s/d", folder);
    if (prepare() != 0 || draw() != 0) return 1;
    options.now = last;
    return keep_entries();
}

static int drop_path(const char *path, const struct stat *stat, int type,
                     struct FTW *place)
{
    (void)stat, (void)type, (void)place;
    return remove(path);
}

static int drop_log(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT; i++) free(good[i]);
    return nftw(folder, drop_path, 8, FTW_DEPTH | FTW_PHYS);
}

#endif
