/* register_test — targets: the rules of their import. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "domain/register.h"
#include "host/map.h"

#define HEADER "统一社会信用代码,名称,主体类型,地区,风险等级,监管标签\n"
#define A "91140800MA0TE5T162"
#define B "91140802MA0TE5T24R"

struct expected {
    const char *csv;
    const char *reason; /* of the only finding, NULL: none */
    enum report_level level;
};

static enum err read_csv(struct sheet **sheet, struct report *report,
                         struct bytes csv)
{
    bool has_risk;
    *report = (struct report){ 0 };
    *sheet = NULL;
    return register_read(sheet, &has_risk, report, csv);
}

static void each_finding_has_its_level_and_reason(void **state)
{
    (void)state;
    static const struct expected cases[] = {
        { HEADER A ",甲,,运城,A,\n", NULL, 0 },
        { "Code,Name\n" A ",甲\n", NULL, 0 },
        { "﻿企业名称,注册号\r\n甲," A, NULL, 0 },
        { HEADER A ",甲,,,,\n" A ",甲,,,,\n", "完全相同", REPORT_WARNING },
        { HEADER A ",甲,,,,\n" A ",乙,,,,\n", "内容不同", REPORT_ERROR },
        { "代码,名称,法人\n" A ",甲,张\n" A ",甲,李\n", "内容不同",
          REPORT_ERROR },
        { HEADER "91140800ma0te5t162,甲,,,,\n", "半角大写", REPORT_WARNING },
        { HEADER "９1140800MA0TE5T162,甲,,,,\n", "半角大写", REPORT_WARNING },
        { HEADER " 91140800 MA0TE5T162,甲,,,,\n", "半角大写", REPORT_WARNING },
        { HEADER "91140800MA0TE5T163,甲,,,,\n", "校验位不符", REPORT_WARNING },
        { HEADER "140802000007600,甲,,,,\n", "旧注册号", REPORT_WARNING },
        { HEADER ",甲,,,,\n", "不能为空", REPORT_ERROR },
        { HEADER A ",　 ,,,,\n", "不能为空", REPORT_ERROR },
        { HEADER "甲乙,甲,,,,\n", "只能由", REPORT_ERROR },
        { HEADER A ",=cmd|'/c calc'!A1,,,,\n", "公式", REPORT_WARNING },
        { HEADER A ",\"甲\n乙\",,,,\n", "控制字符", REPORT_WARNING },
        { HEADER A ",甲,,\n", "列数少于表头", REPORT_ERROR },
        { HEADER A ",甲,,,,,\n", "列数多于表头", REPORT_ERROR },
        { HEADER A ",\"甲,,,,\n", "引号没有结束", REPORT_ERROR },
        { HEADER A ",\"甲\"x,,,,\n", "结束引号", REPORT_ERROR },
        { HEADER "PRODUCT:P-1,甲,,990100,,\n", "代码表", REPORT_WARNING },
        { HEADER "PRODUCT:P-1,甲,,,,\n", "得不出", REPORT_WARNING },
        { HEADER, "没有数据", REPORT_ERROR },
        { "名称\n甲\n", "没有这一列", REPORT_ERROR },
        { "2027年名录,\n制表：某局,\n代码,名称\n" A ",甲\n", "已略过",
          REPORT_WARNING },
        { "代码\t名称\n" A "\t甲\n", "制表符", REPORT_ERROR },
        { "代码;名称\n" A ";甲\n", "分号", REPORT_ERROR },
        { "代码,名称,名称\n" A ",甲,乙\n", "出现两次", REPORT_ERROR },
        { "", "空的", REPORT_ERROR },
        { "代码,名称\n.A1,甲\n", "以 . 开头", REPORT_ERROR },
        { "代码,名称\n..,甲\n", "以 . 开头", REPORT_ERROR },
        { HEADER "P:.A1,甲,,990100,,\n", "代码表", REPORT_WARNING },
        { "PK\x03\x04zip", "xlsx", REPORT_ERROR },
        { "\xff\xfe\x01", "UTF-16", REPORT_ERROR },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct report report;
        struct sheet *sheet;
        enum err err = read_csv(&sheet, &report, bytes_text(cases[i].csv));
        bool is_error =
            cases[i].reason != NULL && cases[i].level == REPORT_ERROR;
        if (err != (is_error ? ERR_INPUT : OK) ||
            report.count[cases[i].level] != (cases[i].reason != NULL))
            fail_msg("case %zu: %s, %d errors, %d warnings", i, err_name(err),
                     (int)report.count[REPORT_ERROR],
                     (int)report.count[REPORT_WARNING]);
        if (cases[i].reason != NULL)
            assert_non_null(strstr(report.lines[cases[i].level][0].reason,
                                   cases[i].reason));
        assert_true((sheet == NULL) == is_error);
        sheet_free(sheet);
        report_release(&report);
    }
}

static void without_a_header_each_required_column_is_named(void **state)
{
    (void)state;
    struct report report;
    struct sheet *sheet;
    assert_int_equal(
        read_csv(&sheet, &report, bytes_text("甲,乙,丙\n" A ",甲,x\n")),
        ERR_INPUT);
    assert_int_equal(report.count[REPORT_ERROR], 2);
    assert_non_null(
        strstr(report.lines[REPORT_ERROR][0].reason, "前 10 行"));
    report_release(&report);
}

static void a_row_is_spelt_in_one_way(void **state)
{
    (void)state;
    static const struct {
        const char *csv, *line;
    } cases[] = {
        { HEADER A ",　甲\"乙\"\\ ,个体,运城,Ａ,x\n",
          "[\"" A "\",\"甲\\\"乙\\\"\\\\\","
          "\"个体\",\"140800\",\"A\",\"x\"]\n" },
        { HEADER B ",e\xcc\x81,,新绛县,N/A,\n",
          "[\"" B "\",\"é\",\"\",\"140825\",\"\",\"\"]\n" },
        { HEADER B ",甲,,山西省运城市绛县,未分类,\n",
          "[\"" B "\",\"甲\",\"\",\"140826\",\"\",\"\"]\n" },
        { HEADER B ",甲,,140829,,\n",
          "[\"" B "\",\"甲\",\"\",\"140829\",\"\",\"\"]\n" },
        { HEADER "140802000007600,甲,,,,\n",
          "[\"140802000007600\",\"甲\",\"\",\"140802\",\"\",\"\"]\n" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct report report;
        struct sheet *sheet;
        assert_int_equal(read_csv(&sheet, &report, bytes_text(cases[i].csv)),
                         OK);
        struct bytes line = sheet_line(sheet, 0);
        char text[256];
        snprintf(text, sizeof text, "%.*s", (int)line.len,
                 (const char *)line.at);
        assert_string_equal(text, cases[i].line);
        sheet_free(sheet);
        report_release(&report);
    }
}

static void rows_come_back_in_the_order_of_codes(void **state)
{
    (void)state;
    static const char csv[] = HEADER B ",乙\"\",,,,\n" A ",甲,,,B,\n"
                                       "P:_1,丙,,140802,,\n"
                                       "P:-1,丁,,140802,,\n";
    static const char *const codes[] = { A, B, "P:-1", "P:_1" };
    static uint8_t room[REGISTER_LINE_MAX];
    struct report report;
    struct sheet *sheet;
    assert_int_equal(read_csv(&sheet, &report, bytes_text(csv)), OK);
    struct edition_walk walk = edition_walk_sheet(sheet);
    struct register_row row;
    size_t count = 0;
    for (; register_next(&row, &walk, room); count++) {
        assert_true(bytes_equal_text(row.code, codes[count]));
        if (count == 1) assert_true(bytes_equal_text(row.name, "乙\"\""));
    }
    assert_int_equal(edition_walk_end(&walk), OK);
    assert_int_equal(count, 4);
    size_t index;
    assert_int_equal(sheet_find(&index, sheet, bytes_text(B)), OK);
    assert_int_equal(index, 1);
    assert_int_equal(sheet_find(&index, sheet, bytes_text("Z")), ERR_ABSENT);
    sheet_free(sheet);
    report_release(&report);
}

static void gb18030_and_utf8_give_the_same_lines(void **state)
{
    (void)state;
    static const char gb[] = "\xc3\xfb\xb3\xc6,\xb4\xfa\xc2\xeb\n"
                             "\xbc\xd7," A "\n";
    struct report report;
    struct sheet *sheet, *other;
    assert_int_equal(read_csv(&sheet, &report, bytes_text(gb)), OK);
    assert_int_equal(report.count[REPORT_WARNING], 0);
    assert_int_equal(
        read_csv(&other, &report, bytes_text("名称,代码\n甲," A "\n")), OK);
    struct hash a = sheet_digest(sheet), b = sheet_digest(other);
    assert_true(hash_equal(a, b));
    sheet_free(sheet);
    sheet_free(other);
    report_release(&report);
}

static void what_is_not_text_is_refused(void **state)
{
    (void)state;
    static const char nul[] = "名称,代码\n甲\0乙," A "\n";
    static const char broken[] = "名称,代码\n\xe7\x94," A "\n\xff\xff,\n";
    struct report report;
    struct sheet *sheet;
    assert_int_equal(read_csv(&sheet, &report, bytes_of(nul, sizeof nul - 1)),
                     ERR_INPUT);
    assert_int_equal(report.lines[REPORT_ERROR][0].row, 2);
    report_release(&report);
    assert_int_equal(read_csv(&sheet, &report, bytes_text(broken)), ERR_INPUT);
    assert_int_equal(report.lines[REPORT_ERROR][0].row, 2);
    report_release(&report);
}

static void a_cell_of_ten_megabytes_is_an_error_of_its_row(void **state)
{
    (void)state;
    static const char start[] = "代码,名称\n" A ",";
    size_t len = 10 << 20, at = sizeof start - 1;
    char *csv = malloc(len + at);
    memcpy(csv, start, at);
    memset(csv + at, 'x', len);
    struct report report;
    struct sheet *sheet;
    assert_int_equal(read_csv(&sheet, &report, bytes_of(csv, len + at)),
                     ERR_INPUT);
    assert_int_equal(report.lines[REPORT_ERROR][0].row, 2);
    assert_string_equal(report.lines[REPORT_ERROR][0].column, "名称");
    report_release(&report);
    free(csv);
}

static void a_thousand_errors_are_kept_and_all_are_counted(void **state)
{
    (void)state;
    enum { ROWS = 1500 };
    static uint8_t csv[64 + ROWS * 3];
    struct writer rows = writer_into(csv, sizeof csv);
    writer_text(&rows, "代码,名称\n");
    for (int i = 0; i < ROWS; i++) writer_text(&rows, ",x\n");
    struct report report;
    struct sheet *sheet;
    assert_int_equal(read_csv(&sheet, &report, writer_bytes(&rows)), ERR_INPUT);
    assert_int_equal(report.count[REPORT_ERROR], ROWS);
    assert_int_equal(report_kept(&report, REPORT_ERROR), REPORT_LINE_MAX);
    uint8_t room[256];
    struct writer w = writer_into(room, sizeof room);
    report_write(&w, &report.lines[REPORT_ERROR][0]);
    assert_true(bytes_equal_text(writer_bytes(&w),
                                 "2\t统一社会信用代码\t\t不能为空\n"));
    report_release(&report);
}

/* Warnings whose reason contains `part`. */
static uint64_t count_of(const struct report *report, const char *part)
{
    const struct report_sum *sums = report->sums[REPORT_WARNING];
    uint64_t count = 0;
    for (size_t i = 0; i < REPORT_SUM_MAX && sums[i].reason != NULL; i++)
        if (strstr(sums[i].reason, part) != NULL) count += sums[i].count;
    return count;
}

static void the_real_register_is_read(void **state)
{
    (void)state;
    static const char path[] =
        "../shared/data/registry/yuncheng-enterprises.csv";
    struct bytes file;
    if (map_open(&file, path, 1 << 30) != OK) {
        print_message("SKIP the real register: %s is missing\n", path);
        skip();
    }
    struct report report;
    struct sheet *sheet;
    assert_int_equal(read_csv(&sheet, &report, file), OK);
    assert_int_equal(sheet_count(sheet), 8295);
    assert_int_equal(report.count[REPORT_ERROR], 0);
    assert_int_equal(count_of(&report, "完全相同"), 1);
    assert_int_equal(count_of(&report, "半角大写"), 1);
    assert_int_equal(count_of(&report, "代码表"), 13);
    sheet_free(sheet);
    report_release(&report);
    map_close(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_finding_has_its_level_and_reason),
        cmocka_unit_test(without_a_header_each_required_column_is_named),
        cmocka_unit_test(a_row_is_spelt_in_one_way),
        cmocka_unit_test(rows_come_back_in_the_order_of_codes),
        cmocka_unit_test(gb18030_and_utf8_give_the_same_lines),
        cmocka_unit_test(what_is_not_text_is_refused),
        cmocka_unit_test(a_cell_of_ten_megabytes_is_an_error_of_its_row),
        cmocka_unit_test(a_thousand_errors_are_kept_and_all_are_counted),
        cmocka_unit_test(the_real_register_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
