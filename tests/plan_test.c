/* plan_test — the annual plan: batches, quotas, items that exist. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "domain/import.h"
#include "domain/item.h"
#include "domain/plan.h"
#include "host/map.h"
#include "tests/database.h"

#define HEADER "编号,年度,名称,事项,部门,数量或比例,分层\n"

static const char items_csv[] = "编号,抽查事项,抽查依据\n"
                                "01,食品检查,食品安全法第一百一十条\n"
                                "02,消防、用电检查,消防法第五十三条\n";

static struct sheet *item_sheet(void)
{
    struct report report = { 0 };
    struct sheet *sheet = NULL;
    assert_int_equal(item_read(&sheet, &report, bytes_text(items_csv)), OK);
    report_release(&report);
    return sheet;
}

static void rows_of_one_code_are_quotas_of_one_batch(void **state)
{
    (void)state;
    static const char csv[] =
        HEADER "2027-02,2027,乙,01、消防、用电检查,甲局,２０户,\n"
               "2027-01,2027,甲,食品检查、02,甲局、乙局,3 %,A\n"
               "2027-01,2027年,甲,,,10.5%,Ｂ\n";
    struct report report = { 0 };
    struct sheet *sheet = NULL, *items = item_sheet();
    uint64_t year = 0;
    /* The first row's 消防、用电检查 is cut: its name holds the mark. */
    assert_int_equal(plan_read(&sheet, &year, &report, bytes_text(csv), items),
                     ERR_INPUT);
    assert_int_equal(report.count[REPORT_ERROR], 3);
    report_release(&report);

    static const char good[] =
        HEADER "2027-02,2027,乙,消防、用电检查,甲局,２０户,\n"
               "2027-01,2027,甲,食品检查、02,甲局、乙局,3 %,A\n"
               "2027-01,2027年,甲,食品检查、02,,10.5%,Ｂ\n";
    static const char *const want[] = {
        "{\"code\":\"2027-01\",\"departments\":[\"甲局\",\"乙局\"],"
        "\"follows\":0,\"items\":[\"01\",\"02\"],\"name\":\"甲\",\"quotas\":["
        "{\"least\":0,\"name\":\"A\",\"take\":\"3%\"},"
        "{\"least\":0,\"name\":\"B\",\"take\":\"10.5%\"}],\"scope\":\"\"}\n",
        "{\"code\":\"2027-02\",\"departments\":[\"甲局\"],\"follows\":0,"
        "\"items\":[\"02\"],\"name\":\"乙\",\"quotas\":[{\"least\":0,"
        "\"name\":\"全部\",\"take\":\"20\"}],\"scope\":\"\"}\n",
    };
    assert_int_equal(plan_read(&sheet, &year, &report, bytes_text(good), items),
                     OK);
    assert_int_equal(year, 2027);
    assert_int_equal(sheet_count(sheet), 2);
    for (size_t i = 0; i < 2; i++)
        assert_true(bytes_equal_text(sheet_line(sheet, i), want[i]));
    sheet_free(sheet);
    sheet_free(items);
    report_release(&report);
}

static void what_does_not_fit_is_an_error(void **state)
{
    (void)state;
    static const struct {
        const char *rows, *reason;
    } cases[] = {
        { "1,2027,甲,03,甲局,3%,\n", "不在抽查事项清单" },
        { "1,2027,甲,01,,3%,\n", "至少要有一个部门" },
        { "1,2027,甲,01,甲局,3%;2次/年,\n", "请写成" },
        { "1,2027,甲,01,甲局,101%,\n", "请写成" },
        { "1,2027,甲,01,甲局,-1,\n", "请写成" },
        { "1,27,甲,01,甲局,3%,\n", "不是年份" },
        { "1,2027,甲,01,甲局,3%,\n2,2028,乙,01,甲局,3%,\n", "一个年度" },
        { "1,2027,甲,01,甲局,3%,A\n1,2027,甲,01,甲局,3%,A\n", "出现两次" },
        { "1,2027,甲,01,甲局,3%,A\n1,2027,乙,01,甲局,3%,B\n", "不一致" },
        { "1,2027,,01,甲局,3%,\n", "不能为空" },
        { "", "没有数据" },
    };
    struct sheet *items = item_sheet();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char csv[512];
        struct report report = { 0 };
        struct sheet *sheet = NULL;
        uint64_t year;
        snprintf(csv, sizeof csv, HEADER "%s", cases[i].rows);
        assert_int_equal(
            plan_read(&sheet, &year, &report, bytes_text(csv), items),
            ERR_INPUT);
        assert_int_equal(report.count[REPORT_ERROR], 1);
        assert_non_null(
            strstr(report.lines[REPORT_ERROR][0].reason, cases[i].reason));
        report_release(&report);
    }
    sheet_free(items);
}

static void a_plan_needs_items_and_both_become_canonical_arrays(void **state)
{
    (void)state;
    char path[DATABASE_PATH_MAX];
    struct db *db = database_make(path);
    struct import import = { .kind = EDITION_PLAN,
                             .file =
                                 bytes_text(HEADER "1,2027,甲,01,甲局,3%,\n"
                                                   "2,2027,乙,02,甲局,3%,\n") };
    assert_int_equal(import_run(&import, db), ERR_INPUT);
    assert_non_null(strstr(import.report.lines[REPORT_ERROR][0].reason,
                           "还没有抽查事项清单"));
    import_release(&import);

    struct import items = { .kind = EDITION_ITEMS,
                            .file = bytes_text(items_csv) };
    assert_int_equal(import_run(&items, db), OK);
    import_release(&items);
    assert_int_equal(import_run(&import, db), OK);
    import_release(&import);
    assert_int_equal(import.edition.year, 2027);

    struct bytes array;
    assert_int_equal(edition_array(&array, db, &import.edition), OK);
    assert_true(bytes_starts(array, "[{\"code\":\"1\","));
    assert_non_null(memmem(array.at, array.len, "},{\"code\":\"2\",", 14));
    assert_int_equal(array.at[array.len - 1], ']');
    union {
        const uint8_t *borrowed;
        void *owned;
    } at = { array.at };
    free(at.owned);
    database_remove(db, path);
}

static void the_shipped_lists_are_free_of_warnings(void **state)
{
    (void)state;
    static const struct {
        enum edition_kind kind;
        const char *path;
        uint64_t count;
    } lists[] = {
        { EDITION_TARGETS, "tests/vectors/register/targets.csv", 360 },
        { EDITION_INSPECTORS, "tests/vectors/register/inspectors.csv", 40 },
        { EDITION_ITEMS, "tests/vectors/register/items.csv", 4 },
        { EDITION_PLAN, "tests/vectors/register/plan.csv", 3 },
    };
    char path[DATABASE_PATH_MAX];
    struct db *db = database_make(path);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct import import = { .kind = lists[i].kind };
        assert_int_equal(map_open(&import.file, lists[i].path, 1 << 20), OK);
        assert_int_equal(import_run(&import, db), OK);
        assert_int_equal(import.edition.count, lists[i].count);
        map_close(&import.file);
        import_release(&import);
    }
    database_remove(db, path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_one_code_are_quotas_of_one_batch),
        cmocka_unit_test(what_does_not_fit_is_an_error),
        cmocka_unit_test(a_plan_needs_items_and_both_become_canonical_arrays),
        cmocka_unit_test(the_shipped_lists_are_free_of_warnings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
