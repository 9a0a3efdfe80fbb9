/* db_test — the door to SQLite: opening, migrating, errors that stick. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "store/db.h"
#include "store/query.h"

static char folder[] = "/tmp/yaohao-db-XXXXXX";
static char path[64], copy[64];

static const struct db_step steps[] = {
    { "0001_a.sql", "CREATE TABLE a (n INTEGER PRIMARY KEY, t TEXT UNIQUE,"
                    " b BLOB CHECK (length(b) < 4)) STRICT;"
                    "CREATE TRIGGER a_no_delete BEFORE DELETE ON a"
                    " BEGIN SELECT raise(ABORT, 'append-only'); END;" },
    { "0002_b.sql", "CREATE TABLE b (n INTEGER PRIMARY KEY) STRICT;" },
    { NULL, NULL },
};

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) return 1;
    snprintf(path, sizeof path, "%s/a.db", folder);
    snprintf(copy, sizeof copy, "%s/copy.db", folder);
    return 0;
}

static int clear_folder(void **state)
{
    (void)state;
    char wal[80], shm[80];
    snprintf(wal, sizeof wal, "%s-wal", path);
    snprintf(shm, sizeof shm, "%s-shm", path);
    unlink(path), unlink(copy), unlink(wal), unlink(shm);
    return 0;
}

static int remove_folder(void **state)
{
    clear_folder(state);
    return rmdir(folder);
}

static struct db *opened(void)
{
    struct db *db = NULL;
    assert_int_equal(db_open(&db, path, DB_CREATE), OK);
    assert_int_equal(db_migrate(db, steps), OK);
    return db;
}

static enum err insert(struct db *db, int64_t n, const char *t, const char *b)
{
    struct query q = query_begin(db, "INSERT INTO a VALUES ($1, $2, $3)");
    query_bind_int(&q, 1, n);
    query_bind_text(&q, 2, t);
    query_bind_bytes(&q, 3, bytes_text(b));
    return query_run(&q);
}

static int64_t count(struct db *db)
{
    struct query q = query_begin(db, "SELECT count(*) FROM a");
    int64_t rows = query_next(&q) ? query_int(&q, 0) : -1;
    assert_int_equal(query_end(&q), OK);
    return rows;
}

static void a_file_is_made_once_and_for_its_owner_only(void **state)
{
    (void)state;
    struct db *db = opened(), *second = NULL;
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(db_open(&second, path, DB_CREATE), ERR_EXISTS);
    assert_null(second);
    db_close(db);
}

static void a_missing_or_foreign_file_is_refused(void **state)
{
    (void)state;
    struct db *db = NULL;
    assert_int_equal(db_open(&db, path, DB_WRITE), ERR_ABSENT);
    assert_int_equal(db_open(&db, path, DB_READ), ERR_ABSENT);
    FILE *file = fopen(path, "w");
    for (int i = 0; i < 999; i++) fputs("not a database\n", file);
    fclose(file);
    assert_int_equal(db_open(&db, path, DB_WRITE), ERR_DATABASE);
    assert_int_equal(db_open(&db, path, DB_READ), ERR_DATABASE);
    assert_null(db);
}

static void what_is_durable_is_set(void **state)
{
    (void)state;
    struct db *db = opened();
    struct query q = query_begin(db, "PRAGMA synchronous");
    assert_true(query_next(&q));
    assert_int_equal(query_int(&q, 0), 2);
    assert_int_equal(query_end(&q), OK);
    q = query_begin(db, "PRAGMA journal_mode");
    assert_true(query_next(&q));
    assert_string_equal(query_text(&q, 0), "wal");
    assert_int_equal(query_end(&q), OK);
    db_close(db);
}

static void values_come_back_as_they_were_bound(void **state)
{
    (void)state;
    struct db *db = opened();
    assert_int_equal(insert(db, INT64_MIN, "运城", ""), OK);
    struct query q = query_begin(db, "SELECT n, t, b, NULL FROM a");
    assert_true(query_next(&q));
    assert_true(query_int(&q, 0) == INT64_MIN);
    assert_string_equal(query_text(&q, 1), "运城");
    assert_int_equal(query_bytes(&q, 2).len, 0);
    assert_false(query_is_null(&q, 2));
    assert_true(query_is_null(&q, 3));
    assert_string_equal(query_text(&q, 3), "");
    assert_false(query_next(&q));
    assert_int_equal(query_end(&q), OK);
    db_close(db);
}

static void each_refusal_has_its_error(void **state)
{
    (void)state;
    struct db *db = opened();
    assert_int_equal(insert(db, 1, "x", "b"), OK);
    assert_int_equal(insert(db, 1, "y", "b"), ERR_EXISTS);
    assert_int_equal(insert(db, 2, "x", "b"), ERR_EXISTS);
    assert_int_equal(insert(db, 2, "y", "1234"), ERR_INPUT);
    struct query q = query_begin(db, "DELETE FROM a");
    assert_int_equal(query_run(&q), ERR_STATE);
    assert_non_null(strstr(db_message(db), "append-only"));
    q = query_begin(db, "SELECT nothing FROM nowhere");
    query_bind_int(&q, 1, 1);
    assert_false(query_next(&q));
    assert_int_equal(query_int(&q, 0), 0);
    assert_int_equal(query_end(&q), ERR_DATABASE);
    assert_int_equal(count(db), 1);
    db_close(db);
}

static void a_transaction_is_whole_or_nothing(void **state)
{
    (void)state;
    struct db *db = opened();
    assert_int_equal(db_begin(db), OK);
    assert_int_equal(insert(db, 1, "x", "b"), OK);
    assert_int_equal(db_finish(db, ERR_INPUT), ERR_INPUT);
    assert_int_equal(count(db), 0);
    assert_int_equal(db_begin(db), OK);
    assert_int_equal(insert(db, 1, "x", "b"), OK);
    assert_int_equal(db_finish(db, OK), OK);
    assert_int_equal(db_begin(db), OK);
    assert_int_equal(insert(db, 2, "y", "b"), OK);
    db_close(db); /* as a crash would leave it */
    assert_int_equal(db_open(&db, path, DB_WRITE), OK);
    assert_int_equal(count(db), 1);
    db_close(db);
}

static void schema_steps_run_once_and_newer_files_are_refused(void **state)
{
    (void)state;
    const struct db_step first[] = { steps[0], { NULL, NULL } };
    struct db *db = NULL;
    assert_int_equal(db_open(&db, path, DB_CREATE), OK);
    assert_int_equal(db_migrate(db, first), OK);
    db_close(db);
    assert_int_equal(db_open(&db, path, DB_READ), OK);
    assert_int_equal(db_migrate(db, first), OK);
    assert_int_equal(db_migrate(db, steps), ERR_SUPPORT);
    db_close(db);
    assert_int_equal(db_open(&db, path, DB_WRITE), OK);
    assert_int_equal(db_migrate(db, steps), OK);
    assert_int_equal(db_migrate(db, steps), OK);
    assert_int_equal(db_migrate(db, first), ERR_SUPPORT);
    db_close(db);
}

static void a_broken_step_leaves_the_file_as_it_was(void **state)
{
    (void)state;
    const struct db_step broken[] = {
        { "0001.sql", "CREATE TABLE c (n); CREATE TABLE c (n);" },
        { NULL, NULL },
    };
    struct db *db = NULL;
    assert_int_equal(db_open(&db, path, DB_CREATE), OK);
    assert_int_equal(db_migrate(db, broken), ERR_DATABASE);
    assert_int_equal(db_migrate(db, steps), OK);
    db_close(db);
}

static void a_reader_cannot_write(void **state)
{
    (void)state;
    struct db *db = opened();
    struct db *reader = NULL;
    assert_int_equal(db_open(&reader, path, DB_READ), OK);
    assert_int_equal(insert(reader, 1, "x", "b"), ERR_DISK);
    assert_int_equal(insert(db, 1, "x", "b"), OK);
    assert_int_equal(count(reader), 1);
    db_close(reader);
    db_close(db);
}

static void a_backup_is_a_whole_database_and_never_overwrites(void **state)
{
    (void)state;
    struct db *db = opened(), *other = NULL;
    assert_int_equal(insert(db, 1, "x", "b"), OK);
    assert_int_equal(db_backup(db, copy), OK);
    assert_int_equal(db_backup(db, copy), ERR_EXISTS);
    assert_int_equal(db_open(&other, copy, DB_READ), OK);
    assert_int_equal(count(other), 1);
    db_close(other);
    db_close(db);
}

static void the_shipped_schema_builds(void **state)
{
    (void)state;
    struct db *db = NULL;
    assert_int_equal(db_open(&db, path, DB_CREATE), OK);
    assert_int_equal(db_migrate(db, db_schema_main), OK);
    db_close(db);
    clear_folder(NULL);
    assert_int_equal(db_open(&db, path, DB_CREATE), OK);
    assert_int_equal(db_migrate(db, db_schema_guard), OK);
    db_close(db);
}

#define TEST(f) cmocka_unit_test_teardown(f, clear_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_is_made_once_and_for_its_owner_only),
        TEST(a_missing_or_foreign_file_is_refused),
        TEST(what_is_durable_is_set),
        TEST(values_come_back_as_they_were_bound),
        TEST(each_refusal_has_its_error),
        TEST(a_transaction_is_whole_or_nothing),
        TEST(schema_steps_run_once_and_newer_files_are_refused),
        TEST(a_broken_step_leaves_the_file_as_it_was),
        TEST(a_reader_cannot_write),
        TEST(a_backup_is_a_whole_database_and_never_overwrites),
        TEST(the_shipped_schema_builds),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
