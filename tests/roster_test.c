/* roster_test — inspectors and items: rules of import. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "domain/item.h"
#include "domain/roster.h"

#define HEADER "姓名,执法证号,单位,部门,区划,资格,有效期至,年度任务上限\n"
#define ITEMS "编号,抽查领域,抽查事项,抽查依据,抽查主体,类别,抽查方式\n"

typedef enum err reader(struct sheet **sheet, struct report *report,
                        struct bytes file);

struct expected {
    reader *read;
    const char *csv, *reason;
    enum report_level level;
};

static void each_finding_has_its_level_and_reason(void **state)
{
    (void)state;
    static const struct expected cases[] = {
        { roster_read, HEADER "王,1408001,甲局,乙,盐湖区,,2027/3/1,5\n", NULL,
          0 },
        { roster_read, "姓名,执法证号,单位\n王,1408001,甲局\n", NULL, 0 },
        { roster_read, "name,certificate,unit\n王,1,甲局\n", NULL, 0 },
        { roster_read, HEADER ",1408001,甲局,,,,,\n", "不能为空",
          REPORT_ERROR },
        { roster_read, HEADER "王,,甲局,,,,,\n", "不能为空", REPORT_ERROR },
        { roster_read, HEADER "王,1,,,,,,\n", "不能为空", REPORT_ERROR },
        { roster_read, "姓名,执法证号\n王,1\n", "没有这一列", REPORT_ERROR },
        { roster_read, HEADER "王,a1,甲局,,,,,\n", "半角大写", REPORT_WARNING },
        { roster_read, HEADER "王,\"a\"\"1\",甲局,,,,,\n", "引号",
          REPORT_ERROR },
        { roster_read, HEADER "王,1,甲局,,某县,,,\n", "六位", REPORT_ERROR },
        { roster_read, HEADER "王,1,甲局,,140899,,,\n", "代码表",
          REPORT_WARNING },
        { roster_read, HEADER "王,1,甲局,,,,2027-02-29,\n", "日期",
          REPORT_ERROR },
        { roster_read, HEADER "王,1,甲局,,,,明年,\n", "日期", REPORT_ERROR },
        { roster_read, HEADER "王,1,甲局,,,,,-1\n", "整数", REPORT_ERROR },
        { roster_read, HEADER "王,1,甲局,,,,,100001\n", "整数", REPORT_ERROR },
        { roster_read, HEADER "王,1,甲,,,,,\n王,1,甲,,,,,\n", "完全相同",
          REPORT_WARNING },
        { roster_read, HEADER "王,1,甲,,,,,\n李,1,甲,,,,,\n", "内容不同",
          REPORT_ERROR },
        { item_read, ITEMS "01,食品,检查,食品安全法第一条,甲局,重点,\n", NULL,
          0 },
        { item_read, ITEMS "01,食品,检查,,甲局,重点,\n", "不能为空",
          REPORT_ERROR },
        { item_read, ITEMS ",食品,检查,法,甲局,重点,\n", "不能为空",
          REPORT_ERROR },
        { item_read, ITEMS "01,食品,检查,法,甲局,特别,\n", "只能是",
          REPORT_ERROR },
        { item_read, ITEMS "01,甲,乙,法,,,\n01,甲,丙,法,,,\n", "内容不同",
          REPORT_ERROR },
        { item_read, "编号,抽查事项\n01,检查\n", "没有这一列", REPORT_ERROR },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct report report = { 0 };
        struct sheet *sheet = NULL;
        enum err err = cases[i].read(&sheet, &report, bytes_text(cases[i].csv));
        bool is_error =
            cases[i].reason != NULL && cases[i].level == REPORT_ERROR;
        if (err != (is_error ? ERR_INPUT : OK) ||
            report.count[cases[i].level] != (cases[i].reason != NULL))
            fail_msg("case %d: %s, %d errors, %d warnings", (int)i,
                     err_name(err), (int)report.count[REPORT_ERROR],
                     (int)report.count[REPORT_WARNING]);
        if (cases[i].reason != NULL)
            assert_non_null(strstr(report.lines[cases[i].level][0].reason,
                                   cases[i].reason));
        sheet_free(sheet);
        report_release(&report);
    }
}

static void inspectors_are_loaded_in_the_order_of_certificates(void **state)
{
    (void)state;
    static const char csv[] =
        HEADER "王,B2,\"甲\"\"局\"\"\",乙,运城市,专,2027年3月1日,\n"
               "李,A1,丙局,,新绛县,,2027.12.31,0\n";
    struct report report = { 0 };
    struct sheet *sheet = NULL;
    struct roster roster;
    assert_int_equal(roster_read(&sheet, &report, bytes_text(csv)), OK);
    struct edition_walk walk = edition_walk_sheet(sheet);
    assert_int_equal(roster_load(&roster, &walk), OK);
    sheet_free(sheet); /* the roster has what it needs */

    assert_int_equal(roster.count, 2);
    const struct roster_row *row = roster.rows;
    assert_true(bytes_equal_text(row[0].certificate, "A1"));
    assert_true(bytes_equal_text(row[0].district, "140825"));
    assert_true(bytes_equal_text(row[0].expiry, "2027-12-31"));
    assert_true(row[0].has_cap);
    assert_int_equal(row[0].cap, 0);
    assert_true(bytes_equal_text(row[1].unit, "甲\"局\""));
    assert_true(bytes_equal_text(row[1].district, "140800"));
    assert_true(bytes_equal_text(row[1].expiry, "2027-03-01"));
    assert_true(bytes_equal_text(row[1].qualification, "专"));
    assert_false(row[1].has_cap);
    roster_release(&roster);
    report_release(&report);
}

static void an_item_is_written_as_it_is_published(void **state)
{
    (void)state;
    static const char csv[] =
        "编号,抽查领域,抽查事项,抽查子项,抽查依据,抽查对象,发起部门,配合部门,"
        "抽查方式\nx-1,食品,餐饮,后厨,\"法\"\"一\"\"条\",餐馆,甲局,乙局、甲局、"
        "丙局,实地\n";
    static const char want[] =
        "{\"basis\":\"法\\\"一\\\"条\",\"category\":\"一般\",\"code\":\"X-1\","
        "\"departments\":[\"甲局\",\"乙局\",\"丙局\"],\"field\":\"食品\","
        "\"name\":\"餐饮：后厨\",\"targets\":\"餐馆\",\"way\":\"实地\"}\n";
    struct report report = { 0 };
    struct sheet *sheet = NULL;
    struct bytes key;
    assert_int_equal(item_read(&sheet, &report, bytes_text(csv)), OK);
    assert_true(bytes_equal_text(sheet_line(sheet, 0), want));
    assert_int_equal(sheet_line_key(&key, sheet_line(sheet, 0)), OK);
    assert_true(bytes_equal_text(key, "X-1"));
    sheet_free(sheet);
    report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_finding_has_its_level_and_reason),
        cmocka_unit_test(inspectors_are_loaded_in_the_order_of_certificates),
        cmocka_unit_test(an_item_is_written_as_it_is_published),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
