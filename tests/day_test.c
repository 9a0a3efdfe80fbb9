/* day_test — days and months as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "format/day.h"

static void a_day_is_read_in_beijing_time(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t from, len;
    } cases[] = {
        { "2027-04-12", 1807459200, 86400 },
        { "2027/4/12", 1807459200, 86400 },
        { "2027.4.12", 1807459200, 86400 },
        { "20270412", 1807459200, 86400 },
        { "2027年4月12日", 1807459200, 86400 },
        { " ２０２７年 ４月１２日 ", 1807459200, 86400 },
        { "2027年4月", 1806508800, 30 * 86400 },
        { "2028-02", 1832947200, 29 * 86400 },
        { "2100-02", 4105094400, 28 * 86400 },
        { "1971-01-01", 31507200, 86400 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct day day = { 0 };
        assert_int_equal(day_read(&day, bytes_text(cases[i].text)), OK);
        assert_int_equal(day.from, cases[i].from);
        assert_int_equal(day.until - day.from, cases[i].len);
    }
}

static void what_is_no_day_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum err want;
    } cases[] = {
        { "", ERR_FORMAT },           { "运城", ERR_FORMAT },
        { "3", ERR_FORMAT },          { "2027-", ERR_FORMAT },
        { "2027", ERR_FORMAT },       { "2027-13", ERR_RANGE },
        { "2027-02-29", ERR_RANGE },  { "2027-04-31", ERR_RANGE },
        { "2027-04-0", ERR_RANGE },   { "2027-4-1-1", ERR_FORMAT },
        { "1970-01-01", ERR_RANGE },  { "-2027-04", ERR_FORMAT },
        { "2027x04", ERR_FORMAT },    { "202704123", ERR_FORMAT },
        { "20271301", ERR_RANGE },    { "\xff", ERR_FORMAT },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct day day;
        if (day_read(&day, bytes_text(cases[i].text)) != cases[i].want)
            fail_msg("%s", cases[i].text);
    }
}

static void a_time_is_written_in_utc(void **state)
{
    (void)state;
    static const struct {
        uint64_t time;
        const char *want;
    } cases[] = {
        { 0, "19700101T000000Z" },
        { 951782399, "20000228T235959Z" },
        { 951782400, "20000229T000000Z" },
        { 1807459200, "20270411T160000Z" },
        { 4102444799, "20991231T235959Z" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char room[17] = { 0 };
        struct writer w = writer_into(room, 16);
        day_write_utc(&w, cases[i].time);
        assert_false(w.is_full);
        assert_string_equal(room, cases[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_read_in_beijing_time),
        cmocka_unit_test(what_is_no_day_is_refused),
        cmocka_unit_test(a_time_is_written_in_utc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
