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

/* Cells that would be published, and what points at a person in them. */
static void what_points_at_a_person_is_a_warning_where_it_is_published(
    void **state)
{
    (void)state;
    static const char items[] = "编号,抽查事项,抽查依据,抽查对象\n",
                      roster[] = "姓名,执法证号,单位\n";
    static const struct {
        enum edition_kind kind;
        const char *header, *row, *column, *reason; /* NULL: none */
    } cases[] = {
        { EDITION_ITEMS, items, "A1,甲,法一,电话13800138000\n", "抽查对象",
          "像手机号码" },
        { EDITION_ITEMS, items, "A1,甲,法11010519491231002X,\n", "抽查依据",
          "像居民身份证号码" },
        { EDITION_ITEMS, items, "A1,晋M12345号车,法一,\n", "抽查事项",
          "像车牌号" },
        { EDITION_ITEMS, items, "A1,甲,法110105194912310021,\n", "", NULL },
        { EDITION_ITEMS, items, "A1,甲,国令2019年第138001380001号,\n", "",
          NULL },
        { EDITION_TARGETS, HEADER, A ",甲13800138000,,,,\n", "名称",
          "像手机号码" },
        { EDITION_TARGETS, HEADER, A ",甲,,,,13800138000\n", "", NULL },
        { EDITION_INSPECTORS, roster, "13800138000,证1,局\n", "", NULL },
        { EDITION_INSPECTORS, roster, "甲,证1,局13800138000\n", "单位",
          "像手机号码" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char path[DATABASE_PATH_MAX], csv[512];
        struct db *db = database_make(path);
        snprintf(csv, sizeof csv, "%s%s", cases[i].header, cases[i].row);
        struct import one = { .kind = cases[i].kind,
                              .file = bytes_text(csv),
                              .now = 1700000000 };
        bool is_found = cases[i].reason != NULL;
        assert_int_equal(import_run(&one, db), is_found ? ERR_WARNING : OK);
        assert_int_equal(one.report.count[REPORT_WARNING], is_found ? 1 : 0);
        if (is_found) {
            const struct report_line *line = one.report.lines[REPORT_WARNING];
            assert_int_equal(line->row, 2);
            assert_string_equal(line->column, cases[i].column);
            assert_non_null(strstr(line->reason, cases[i].reason));
        }
        import_release(&one);
        database_remove(db, path);
    }
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
        cmocka_unit_test(
            what_points_at_a_person_is_a_warning_where_it_is_published),
        cmocka_unit_test(a_full_disk_leaves_nothing_half_imported),
        cmocka_unit_test(editions_outlive_a_change_of_the_schema),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
