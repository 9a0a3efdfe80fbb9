/*
 * log_fixture — a data directory in a folder of its own, for tests of the
 * log.  Included once by each.
 *
 * Source: domain/directory.h.
 */
#ifndef TESTS_LOG_FIXTURE_H
#define TESTS_LOG_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "domain/directory.h"
#include "domain/evidence.h"

static char folder[] = "/tmp/yaohao-log-XXXXXX";
static char home[64];
static const char start[] = "2027-01-01T00:00:00Z";
static struct directory_options options = { .path = home, .now = start };

/* The folder is $T. */
static void shell(const char *command)
{
    assert_int_equal(setenv("T", folder, 1), 0);
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) return 1;
    snprintf(home, sizeof home, "%s/d", folder);
    return 0;
}

static int clear_folder(void **state)
{
    (void)state;
    shell("rm -rf $T/*");
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static void create(struct directory *dir)
{
    const struct directory_birth birth = { .origin = "draw.example.gov/log1",
                                           .is_rehearsal = true };
    enum err err = directory_create(dir, &options, &birth);
    if (err != OK) print_message("%s\n", dir->why);
    assert_int_equal(err, OK);
}

__attribute__((unused)) static void open_again(struct directory *dir,
                                               enum err want)
{
    enum err err = directory_open(dir, &options, DIRECTORY_SIGN);
    if (err != want) print_message("%s %s\n", err_name(err), dir->why);
    assert_int_equal(err, want);
}

/* An entry of a kind nobody knows, about `pad` bytes long. */
static struct bytes entry(size_t number, size_t pad)
{
    static char room[70000];
    int head = snprintf(room, sizeof room,
                        "{\"draw\":0,\"kind\":\"test\",\"number\":%zu,"
                        "\"pad\":\"",
                        number);
    size_t len = (size_t)head;
    while (len < pad) room[len++] = 'x';
    len += (size_t)snprintf(room + len, sizeof room - len,
                            "\",\"prev\":\"%064d\",\"time\":1798761600}", 0);
    return bytes_of(room, len);
}

__attribute__((unused)) static void grow(struct directory *dir, size_t count)
{
    assert_int_equal(log_begin(&dir->log), OK);
    for (size_t i = 0; i < count; i++) {
        uint64_t index = 0;
        struct bytes text = entry((size_t)dir->log.tree.size, 0);
        assert_int_equal(log_append(&index, &dir->log, text), OK);
    }
    assert_int_equal(log_finish(&dir->log, OK), OK);
    assert_int_equal(log_publish(&dir->log), OK);
}

/* The root as core computes it over the bytes of all entries. */
__attribute__((unused)) static struct hash plain_root(struct db *db,
                                                      uint64_t size)
{
    struct merkle_tree tree;
    static uint8_t room[TILE_ENTRY_MAX];
    merkle_begin(&tree);
    for (uint64_t i = 0; i < size; i++) {
        struct writer w = writer_into(room, sizeof room);
        assert_int_equal(evidence_entry(&w, db, i), OK);
        merkle_push(&tree, merkle_leaf(writer_bytes(&w)));
    }
    return merkle_tree_root(&tree);
}

#endif
