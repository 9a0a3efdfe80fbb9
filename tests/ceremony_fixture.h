/*
 * ceremony_fixture — a data directory with its four lists in force, made by
 * the verbs of the command line on a clock of its own.  Included once.
 *
 * Source: README, "命令".
 */
#ifndef TESTS_CEREMONY_FIXTURE_H
#define TESTS_CEREMONY_FIXTURE_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "domain/directory.h"

#define ANNOUNCED "2027-03-01T09:00:00Z"
#define T0 "2027-03-02T09:00:00Z"
#define T1 "2027-03-02T09:01:00Z"
#define AFTER "2027-03-02T09:02:00Z"
#define T4 "2027-04-01T09:00:00Z"
#define LISTS "tests/vectors/register/"

static char folder[] = "/tmp/yaohao-ceremony-XXXXXX";
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

static int prepare(void)
{
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    if (mkdtemp(folder) == NULL) return 1;
    snprintf(home, sizeof home, "%s/d", folder);
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

static int drop_path(const char *path, const struct stat *stat, int type,
                     struct FTW *place)
{
    (void)stat, (void)type, (void)place;
    return remove(path);
}

static int drop_folder(void)
{
    return nftw(folder, drop_path, 8, FTW_DEPTH | FTW_PHYS);
}

#endif
