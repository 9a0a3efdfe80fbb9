/* recusal_test — rows become lines, one a target; what is wrong is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "domain/recusal.h"

#define HEADER "执法证号,统一社会信用代码,回避理由\n"
#define A "91140800MA0TE5T162"
#define B "91140802MA0TE5T24R"

/* A library that holds these keys. */
static struct sheet *library(const char *first, const char *second)
{
    struct sheet *sheet = sheet_make();
    const char *const keys[] = { first, second };
    for (size_t i = 0; i < 2; i++) {
        struct bytes key = bytes_text(keys[i]);
        assert_int_equal(
            sheet_add(sheet, &key, 1, (struct sheet_origin){ 0 }), OK);
    }
    sheet_sort(sheet, NULL, NULL);
    return sheet;
}

static enum err read(struct sheet **sheet, struct report *report,
                     const char *csv)
{
    struct sheet *targets = library(A, B);
    struct sheet *inspectors = library("HF1", "HF2");
    const struct recusal_libraries libraries = { targets, inspectors };
    *report = (struct report){ 0 };
    enum err err = recusal_read(sheet, report, bytes_text(csv), &libraries);
    sheet_free(targets);
    sheet_free(inspectors);
    return err;
}

static void rows_of_a_target_become_one_line(void **state)
{
    (void)state;
    static const char csv[] = HEADER "HF2," A ",近亲属\n"
                                     "HF1," B ",\n"
                                     "ｈｆ1," A ",曾任职 \"甲\n"
                                     "HF2," A ",别的理由\n";
    static const char *const want[] = {
        "[\"" A "\",\"HF1 HF2\",\"曾任职 \\\"甲\\u000a近亲属\"]\n",
        "[\"" B "\",\"HF1\",\"\"]\n",
    };
    static const char *const names[] = { "HF1", "HF2" };
    static uint8_t room[RECUSAL_LINE_MAX];
    struct report report;
    struct sheet *sheet = NULL;
    assert_int_equal(read(&sheet, &report, csv), OK);
    assert_int_equal(sheet_count(sheet), 2);
    for (size_t i = 0; i < 2; i++)
        assert_true(bytes_equal_text(sheet_line(sheet, i), want[i]));
    assert_int_equal(report.count[REPORT_WARNING], 1);
    assert_int_equal(report.lines[REPORT_WARNING][0].row, 5);

    struct recusal_line line;
    struct bytes certificate;
    assert_int_equal(recusal_line(&line, sheet_line(sheet, 0), room), OK);
    assert_true(bytes_equal_text(line.code, A));
    for (size_t i = 0; i < 2; i++) {
        assert_true(recusal_next(&certificate, &line.certificates));
        assert_true(bytes_equal_text(certificate, names[i]));
    }
    assert_false(recusal_next(&certificate, &line.certificates));
    sheet_free(sheet);
    report_release(&report);
}

static void what_no_library_holds_is_a_warning(void **state)
{
    (void)state;
    static const struct {
        const char *row, *column;
    } cases[] = {
        { "HF9," A ",\n", "执法证号" },
        { "HF1,91140802MA0TE5T24X,\n", "统一社会信用代码" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char csv[256];
        struct report report;
        struct sheet *sheet = NULL;
        snprintf(csv, sizeof csv, HEADER "HF1," A ",\n%s", cases[i].row);
        assert_int_equal(read(&sheet, &report, csv), OK);
        assert_int_equal(report.count[REPORT_WARNING], 1);
        const struct report_line *line = report.lines[REPORT_WARNING];
        assert_int_equal(line->row, 3);
        assert_string_equal(line->column, cases[i].column);
        sheet_free(sheet);
        report_release(&report);
    }
}

static void what_cannot_be_read_is_an_error(void **state)
{
    (void)state;
    static const char *const cases[] = {
        HEADER "," A ",\n",
        HEADER "HF1,,\n",
        HEADER "HF1,\"9,1\",\n",
        HEADER "\"H\"\"F\"," A ",\n",
        "姓名,统一社会信用代码\n甲," A "\n",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct report report;
        struct sheet *sheet = NULL;
        assert_int_equal(read(&sheet, &report, cases[i]), ERR_INPUT);
        assert_int_equal(report.count[REPORT_ERROR], 1);
        report_release(&report);
    }
}

static void nobody_is_recused_by_an_empty_file(void **state)
{
    (void)state;
    struct report report;
    struct sheet *sheet = NULL;
    assert_int_equal(read(&sheet, &report, HEADER), OK);
    assert_int_equal(sheet_count(sheet), 0);
    assert_int_equal(report.count[REPORT_WARNING], 1);
    sheet_free(sheet);
    report_release(&report);
}

/* At the limit and one above it, with the longest reasons there may be. */
static void two_hundred_of_a_target_and_no_more(void **state)
{
    (void)state;
    static const struct {
        int count;
        enum err err;
    } cases[] = { { RECUSAL_TARGET_MAX, OK },
                  { RECUSAL_TARGET_MAX + 1, ERR_INPUT },
                  { 3 * RECUSAL_TARGET_MAX, ERR_INPUT } };
    char reason[256] = "";
    memset(reason, 'x', 200);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct report report;
        struct sheet *sheet = NULL;
        size_t len = 0, max = (size_t)cases[i].count * 400 + 200;
        char *csv = malloc(max);
        len += (size_t)snprintf(csv, max, HEADER);
        for (int k = 0; k < cases[i].count; k++)
            len += (size_t)snprintf(csv + len, max - len, "%060d," A ",%s\n",
                                    k, reason);
        assert_int_equal(read(&sheet, &report, csv), cases[i].err);
        if (cases[i].err == OK) assert_int_equal(sheet_count(sheet), 1);
        assert_int_equal(report.count[REPORT_ERROR],
                         cases[i].count - RECUSAL_TARGET_MAX);
        if (cases[i].err == OK) sheet_free(sheet);
        report_release(&report);
        free(csv);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_a_target_become_one_line),
        cmocka_unit_test(what_no_library_holds_is_a_warning),
        cmocka_unit_test(what_cannot_be_read_is_an_error),
        cmocka_unit_test(nobody_is_recused_by_an_empty_file),
        cmocka_unit_test(two_hundred_of_a_target_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
