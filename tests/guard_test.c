/* guard_test — changed bytes, restored files, a second writer: never a fork. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <cmocka.h>
#include <sqlite3.h>

#include "tests/log_fixture.h"
#include "store/db.h"
#include "store/store_guard.h"

/* Bytes changed behind SQLite's back, as a disk would. */
static void spoil(const char *sql)
{
    char path[128];
    sqlite3 *db = NULL;
    snprintf(path, sizeof path, "%s/yaohao.db", home);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    static const char *const triggers[] = {
        "DROP TRIGGER log_entry_no_update",
        "DROP TRIGGER log_tile_no_update",
        "DROP TRIGGER log_head_only_published",
        "DROP TRIGGER log_head_no_delete",
    };
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(sqlite3_exec(db, triggers[i], NULL, NULL, NULL),
                         SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_changes(db), 1);
    sqlite3_close(db);
}

static void a_changed_byte_stops_the_log_before_it_signs(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "UPDATE log_entry SET body = CAST(replace(body, 'test', 'tesu')"
        " AS BLOB) WHERE seq = 2",
        "UPDATE log_entry SET body = CAST(replace(body, 'test', 'tesu')"
        " AS BLOB) WHERE seq = 299",
        "UPDATE log_tile SET body = zeroblob(8192) WHERE level = 0",
        "UPDATE log_edge SET body = zeroblob(length(body)) WHERE level = 0",
        "UPDATE log_edge SET body = zeroblob(length(body)) WHERE level = 1",
        "UPDATE log_edge SET body = zeroblob(length(body) - 32)"
        " WHERE level = 0",
        "UPDATE log_head SET line = replace(line, '=', 'A') WHERE size = 300",
        "UPDATE log_head SET root = zeroblob(32) WHERE size = 300",
        "UPDATE log_head SET root = zeroblob(32) WHERE size = 1",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct directory dir;
        create(&dir);
        grow(&dir, 299);
        directory_close(&dir);
        spoil(cases[i]);
        enum err err = directory_open(&dir, &options, DIRECTORY_SIGN);
        if (err == OK) print_message("accepted: %s\n", cases[i]);
        assert_true(err == ERR_PROOF || err == ERR_SIGNATURE ||
                    err == ERR_FORK);
        assert_int_equal(dir.log.stop, err);
        assert_int_equal(log_begin(&dir.log), err);
        assert_true(strlen(dir.why) > 0);
        directory_close(&dir);
        clear_folder(NULL);
    }
}

/* Between COMMIT and signature: the read-back sees it. */
static void a_byte_changed_before_the_signature_is_not_signed(void **state)
{
    (void)state;
    struct directory dir;
    uint64_t index = 0;
    create(&dir);
    grow(&dir, 5);
    assert_int_equal(log_begin(&dir.log), OK);
    assert_int_equal(log_append(&index, &dir.log, entry(6, 0)), OK);
    assert_int_equal(log_finish(&dir.log, OK), OK);
    spoil("UPDATE log_entry SET body = CAST(replace(body, 'test', 'tesu')"
          " AS BLOB) WHERE seq = 6");
    assert_int_equal(log_publish(&dir.log), ERR_PROOF);
    struct merkle_head head;
    assert_int_equal(store_guard_read(&head, dir.guard, dir.log.origin), OK);
    assert_int_equal(head.size, 6);
    assert_int_equal(evidence_published(&head, dir.db), OK);
    assert_int_equal(head.size, 6);
    directory_close(&dir);
}

static void yesterdays_database_is_put_into_quarantine(void **state)
{
    (void)state;
    struct directory dir;
    create(&dir);
    grow(&dir, 3);
    directory_close(&dir);
    shell("cp $T/d/yaohao.db $T/yesterday.db");
    open_again(&dir, OK);
    grow(&dir, 1);
    directory_close(&dir);
    shell("rm -f $T/d/yaohao.db*; cp $T/yesterday.db $T/d/yaohao.db");
    open_again(&dir, ERR_FORK);
    assert_non_null(strstr(dir.why, "旧备份"));
    assert_int_equal(log_begin(&dir.log), ERR_FORK);
    directory_close(&dir);

    /* Readers still see it, and see why it stands still. */
    assert_int_equal(directory_open(&dir, &options, DIRECTORY_READ), OK);
    assert_int_equal(dir.log.stop, ERR_FORK);
    directory_close(&dir);
}

static void another_guard_is_refused(void **state)
{
    (void)state;
    struct directory dir;
    create(&dir);
    grow(&dir, 3);
    directory_close(&dir);
    shell("cp $T/d/guard.db $T/guard.db");
    open_again(&dir, OK);
    grow(&dir, 1);
    directory_close(&dir);
    shell("rm -f $T/d/guard.db*; cp $T/guard.db $T/d/guard.db");
    open_again(&dir, ERR_FORK);
    directory_close(&dir);
    shell("rm -f $T/d/guard.db*");
    open_again(&dir, ERR_ABSENT);
    directory_close(&dir);
}

/* The same history, then another entry under the same size. */
static void a_second_root_for_a_size_is_impossible(void **state)
{
    (void)state;
    struct directory dir;
    create(&dir);
    grow(&dir, 3);
    directory_close(&dir);
    shell("cp $T/d/yaohao.db $T/before.db");
    open_again(&dir, OK);
    grow(&dir, 1);
    struct hash root = dir.log.published.root;
    directory_close(&dir);
    shell("rm -f $T/d/yaohao.db*; cp $T/before.db $T/d/yaohao.db");
    assert_int_equal(directory_open(&dir, &options, DIRECTORY_SIGN), ERR_FORK);

    /* Even a program that ignores the quarantine gets no signature. */
    uint64_t index = 0;
    dir.log.stop = OK;
    dir.log.published = (struct merkle_head){ 4, plain_root(dir.db, 4) };
    struct log *log = &dir.log;
    merkle_begin(&log->tree);
    for (uint64_t i = 0; i < 4; i++) {
        static uint8_t room[TILE_ENTRY_MAX];
        struct writer w = writer_into(room, sizeof room);
        assert_int_equal(evidence_entry(&w, dir.db, i), OK);
        merkle_push(&log->tree, merkle_leaf(writer_bytes(&w)));
    }
    assert_int_equal(log_begin(log), OK);
    assert_int_equal(log_append(&index, log, entry(99, 0)), OK);
    assert_int_equal(log_finish(log, OK), OK);
    assert_int_equal(log_publish(log), ERR_FORK);
    struct merkle_head head;
    assert_int_equal(evidence_head(&head, dir.db, 5), ERR_ABSENT);
    assert_int_equal(store_guard_read(&head, dir.guard, log->origin), OK);
    assert_true(hash_equal(head.root, root));
    directory_close(&dir);
}

static void a_second_process_is_told_who_writes(void **state)
{
    (void)state;
    struct directory dir;
    create(&dir);
    pid_t child = fork();
    if (child == 0) {
        struct directory other;
        enum err err = directory_open(&other, &options, DIRECTORY_WRITE);
        _exit(err == ERR_BUSY ? 0 : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    directory_close(&dir);
}

/* As after a crash at each place of the path. */
static void a_waiting_head_is_published_at_the_next_start(void **state)
{
    (void)state;
    struct directory dir;
    uint64_t index = 0;
    create(&dir);
    grow(&dir, 2);
    assert_int_equal(log_begin(&dir.log), OK);
    assert_int_equal(log_append(&index, &dir.log, entry(3, 0)), OK);
    assert_int_equal(log_finish(&dir.log, OK), OK);
    struct merkle_head waiting = dir.log.waiting;
    directory_close(&dir);
    struct merkle_head head;
    assert_int_equal(directory_open(&dir, &options, DIRECTORY_READ), OK);
    assert_int_equal(evidence_published(&head, dir.db), OK);
    assert_int_equal(head.size, 3);
    directory_close(&dir);

    /* Once more, with the guard told already. */
    char path[128];
    struct db *guard = NULL;
    snprintf(path, sizeof path, "%s/guard.db", home);
    assert_int_equal(db_open(&guard, path, DB_WRITE), OK);
    struct store_guard_step step = { head, waiting };
    assert_int_equal(
        store_guard_swap(guard, "draw.example.gov/log1/rehearsal", &step), OK);
    assert_int_equal(
        store_guard_swap(guard, "draw.example.gov/log1/rehearsal", &step),
        ERR_FORK);
    db_close(guard);
    open_again(&dir, OK);
    assert_int_equal(evidence_published(&head, dir.db), OK);
    assert_int_equal(head.size, 4);
    assert_true(hash_equal(head.root, waiting.root));
    directory_close(&dir);
}

#define TEST(f) cmocka_unit_test_teardown(f, clear_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_changed_byte_stops_the_log_before_it_signs),
        TEST(a_byte_changed_before_the_signature_is_not_signed),
        TEST(yesterdays_database_is_put_into_quarantine),
        TEST(another_guard_is_refused),
        TEST(a_second_root_for_a_size_is_impossible),
        TEST(a_second_process_is_told_who_writes),
        TEST(a_waiting_head_is_published_at_the_next_start),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
