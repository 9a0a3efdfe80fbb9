/* import_test — editions: staged whole or not at all, compared, activated. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <cmocka.h>

#include "domain/import.h"
#include "domain/register.h"
#include "tests/database.h"

#define HEADER "统一社会信用代码,名称,主体类型,地区,风险等级,监管标签\n"
#define A "91140800MA0TE5T162"
#define B "91140802MA0TE5T24R"

static enum err import(struct import *import, struct db *db, const char *csv,
                       bool accepts)
{
    *import = (struct import){ .kind = EDITION_TARGETS,
                               .file = bytes_text(csv),
                               .now = 1700000000,
                               .accepts_warnings = accepts };
    return import_run(import, db);
}

static void warnings_stop_an_import_until_they_are_accepted(void **state)
{
    (void)state;
    static const char csv[] = HEADER "91140800MA0TE5T163,甲,,,,\n";
    char path[DATABASE_PATH_MAX];
    struct db *db = database_make(path);
    struct import i;
    struct edition edition;
    assert_int_equal(import(&i, db, csv, false), ERR_WARNING);
    assert_int_equal(i.edition.version, 0);
    import_release(&i);
    assert_int_equal(edition_latest(&edition, db, EDITION_TARGETS), ERR_ABSENT);
    assert_int_equal(import(&i, db, csv, true), OK);
    assert_int_equal(i.edition.version, 1);
    import_release(&i);
    assert_int_equal(edition_latest(&edition, db, EDITION_TARGETS), OK);
    assert_int_equal(edition.warnings, 1);
    database_remove(db, path);
}

static void editions_are_compared_activated_and_never_changed(void **state)
{
    (void)state;
    char path[DATABASE_PATH_MAX];
    struct db *db = database_make(path);
    struct import i;
    struct edition edition;
    assert_int_equal(import(&i, db, HEADER A ",甲,,,,\n" B ",乙,,,,\n", false),
                     OK);
    assert_int_equal(i.difference.count[DIFFERENCE_NEW], 2);
    import_release(&i);
    assert_int_equal(edition_active(&edition, db, EDITION_TARGETS), ERR_ABSENT);
    assert_int_equal(edition_activate(db, EDITION_TARGETS, 1, 5), OK);
    assert_int_equal(edition_activate(db, EDITION_TARGETS, 1, 5), ERR_EXISTS);
    assert_int_equal(edition_activate(db, EDITION_TARGETS, 2, 5), ERR_ABSENT);
    assert_int_equal(import(&i, db,
                            HEADER A ",甲甲,,,,\n"
                                     "121408004070000103,丙,,,,\n",
                            false),
                     OK);
    assert_int_equal(i.active, 1);
    assert_int_equal(i.difference.count[DIFFERENCE_NEW], 1);
    assert_int_equal(i.difference.count[DIFFERENCE_CHANGED], 1);
    assert_int_equal(i.difference.count[DIFFERENCE_GONE], 1);
    assert_non_null(strstr(i.difference.examples[DIFFERENCE_GONE][0], "乙"));
    struct hash digest = i.edition.digest;
    import_release(&i);
    assert_int_equal(edition_activate(db, EDITION_TARGETS, 2, 6), OK);
    assert_int_equal(edition_active(&edition, db, EDITION_TARGETS), OK);
    assert_int_equal(edition.version, 2);
    assert_true(hash_equal(edition.digest, digest));

    struct query q = query_begin(db, "UPDATE edition_page SET body = x''");
    assert_int_equal(query_run(&q), ERR_STATE);
    q = query_begin(db, "DELETE FROM edition");
    assert_int_equal(query_run(&q), ERR_STATE);
    q = query_begin(db, "INSERT INTO edition_page VALUES"
                        " ('targets', 2, 9, 'Z', x'00')");
    assert_int_equal(query_run(&q), ERR_STATE);

    uint8_t room[REGISTER_LINE_MAX];
    struct bytes line;
    assert_int_equal(
        edition_find(&line, db, &edition, bytes_text(A), room, sizeof room),
        OK);
    assert_int_equal(
        edition_find(&line, db, &edition, bytes_text(B), room, sizeof room),
        ERR_ABSENT);
    database_remove(db, path);
}

/* The largest file the machine lets us write stands in for a full disk. */
static void a_full_disk_leaves_nothing_half_imported(void **state)
{
    (void)state;
    static uint8_t csv[1 << 20];
    struct writer w = writer_into(csv, sizeof csv);
    writer_text(&w, "代码,名称\n");
    for (uint64_t i = 0; i < 9000; i++) {
        writer_text(&w, "P:");
        writer_u64(&w, i);
        writer_text(&w, ",合成的名称，只为占些地方，别无他用\n");
    }
    char path[DATABASE_PATH_MAX];
    struct db *db = database_make(path);
    struct import i = { .kind = EDITION_TARGETS,
                        .file = writer_bytes(&w),
                        .accepts_warnings = true };
    struct rlimit before, small;
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = 256 << 10;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);
    enum err err = import_run(&i, db);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(err, ERR_DISK);
    import_release(&i);

    struct query q = query_begin(db, "SELECT count(*) FROM edition_page");
    assert_true(query_next(&q));
    assert_int_equal(query_int(&q, 0), 0);
    assert_int_equal(query_end(&q), OK);
    assert_int_equal(import_run(&i, db), OK);
    assert_int_equal(i.edition.version, 1);
    import_release(&i);
    database_remove(db, path);
}

/* Editions of a directory that an earlier program made. */
static void editions_outlive_a_change_of_the_schema(void **state)
{
    (void)state;
    enum { BEFORE = 3 };
    struct db_step earlier[BEFORE + 1] = { { NULL, NULL } };
    char path[DATABASE_PATH_MAX];
    struct import i;
    struct edition edition = { .kind = EDITION_RECUSALS };
    for (size_t k = 0; k < BEFORE; k++) earlier[k] = db_schema_main[k];
    struct db *db = database_make_to(path, earlier);
    assert_int_equal(import(&i, db, HEADER A ",甲,,,,\n", false), OK);
    import_release(&i);
    assert_int_equal(db_begin(db), OK);
    enum err err = edition_activate(db, EDITION_TARGETS, 1, 1700000001);
    assert_int_equal(db_finish(db, err), OK);

    assert_int_equal(db_migrate(db, db_schema_main), OK);
    struct sheet *sheet = NULL, *nobody = sheet_make();
    assert_int_equal(edition_active(&edition, db, EDITION_TARGETS), OK);
    assert_int_equal(edition_sheet(&sheet, db, &edition), OK);
    assert_int_equal(sheet_count(sheet), 1);
    struct hash digest = sheet_digest(sheet);
    assert_true(hash_equal(digest, edition.digest));
    sheet_free(sheet);
    edition = (struct edition){ .kind = EDITION_RECUSALS };
    assert_int_equal(db_begin(db), OK);
    err = edition_stage(&edition, db, nobody);
    assert_int_equal(db_finish(db, err), OK);
    assert_int_equal(edition.version, 1);
    assert_int_equal(db_begin(db), OK);
    err = edition_activate(db, EDITION_RECUSALS, 2, 1700000002);
    assert_int_equal(db_finish(db, err), ERR_ABSENT);
    edition = (struct edition){ .kind = EDITION_ITEMS };
    assert_int_equal(edition_stage(&edition, db, nobody), ERR_INPUT);
    sheet_free(nobody);
    database_remove(db, path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(warnings_stop_an_import_until_they_are_accepted),
        cmocka_unit_test(editions_are_compared_activated_and_never_changed),
        cmocka_unit_test(a_full_disk_leaves_nothing_half_imported),
        cmocka_unit_test(editions_outlive_a_change_of_the_schema),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
