#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "host/clock.h"

static void times_are_read_and_printed(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t time;
        const char *printed, *beijing;
    } cases[] = {
        { "1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z",
          "1970-01-01 08:00:00" },
        { "2026-01-01T00:00:00Z", 1767225600, "2026-01-01T00:00:00Z",
          "2026-01-01 08:00:00" },
        { "2026-01-01T08:00:00+08:00", 1767225600, "2026-01-01T00:00:00Z",
          "2026-01-01 08:00:00" },
        { "2025-12-31T16:30:00-07:30", 1767225600, "2026-01-01T00:00:00Z",
          "2026-01-01 08:00:00" },
        { "2024-02-29T23:59:59Z", 1709251199, "2024-02-29T23:59:59Z",
          "2024-03-01 07:59:59" },
        { "2000-02-29T00:00:00Z", 951782400, "2000-02-29T00:00:00Z",
          "2000-02-29 08:00:00" },
        { "1692803367", 1692803367, "2023-08-23T15:09:27Z",
          "2023-08-23 23:09:27" },
        { "9999-12-31T23:59:59Z", 253402300799, "9999-12-31T23:59:59Z",
          "9999-12-31 23:59:59" }, /* cut */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t time = 1;
        char text[CLOCK_TEXT_MAX];
        assert_int_equal(OK, clock_read(&time, bytes_text(cases[i].text)));
        assert_true(time == cases[i].time);
        clock_print(text, time);
        assert_string_equal(cases[i].printed, text);
        clock_print_beijing(text, time);
        assert_string_equal(cases[i].beijing, text);
    }
}

static void other_times_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        { "", ERR_FORMAT },
        { "2026-01-01", ERR_FORMAT },
        { "2026-01-01 00:00:00Z", ERR_FORMAT },
        { "2026-01-01T00:00:00", ERR_FORMAT },
        { "2026-01-01t00:00:00z", ERR_FORMAT },
        { "2026-01-01T00:00:00.5Z", ERR_FORMAT },
        { "2026-01-01T00:00:00+0800", ERR_FORMAT },
        { "-1", ERR_FORMAT },
        { "2026-02-29T00:00:00Z", ERR_RANGE },
        { "2100-02-29T00:00:00Z", ERR_RANGE },
        { "2026-04-31T00:00:00Z", ERR_RANGE },
        { "2026-13-01T00:00:00Z", ERR_RANGE },
        { "2026-00-01T00:00:00Z", ERR_RANGE },
        { "2026-01-00T00:00:00Z", ERR_RANGE },
        { "2026-01-01T24:00:00Z", ERR_RANGE },
        { "2026-01-01T00:60:00Z", ERR_RANGE },
        { "2026-12-31T23:59:60Z", ERR_RANGE },
        { "2026-01-01T00:00:00+24:00", ERR_RANGE },
        { "2026-01-01T00:00:00+08:60", ERR_RANGE },
        { "1969-12-31T23:59:59Z", ERR_RANGE },
        { "1970-01-01T00:00:00+08:00", ERR_RANGE },
        { "9999-12-31T23:59:59-00:01", ERR_RANGE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t time = 0;
        if (clock_read(&time, bytes_text(cases[i].text)) != cases[i].err)
            fail_msg("%s", cases[i].text);
    }
}

static void a_virtual_clock_moves_only_on_waiting(void **state)
{
    (void)state;
    struct clock clock = clock_virtual(1000);
    assert_true(clock_now(&clock) == 1000);
    clock_wait(&clock, 5000);
    assert_true(clock_now(&clock) == 5000);
    clock_wait(&clock, 10);
    assert_true(clock_now(&clock) == 5000);

    struct clock machine = clock_machine();
    uint64_t now = clock_now(&machine);
    assert_true(now > 1767225600);
    clock_wait(&machine, now - 10);
    clock_wait(&machine, now + 1);
    assert_true(clock_now(&machine) >= now + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_read_and_printed),
        cmocka_unit_test(other_times_are_refused),
        cmocka_unit_test(a_virtual_clock_moves_only_on_waiting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
