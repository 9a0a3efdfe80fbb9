/* frozen_test — what a freeze of a million rows stands on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "domain/sheet.h"
#include "host/parallel.h"

/* ---- parts --------------------------------------------------------------- */

struct tally {
    uint8_t *times; /* that each place was worked on */
    size_t fails_from;
};

static enum err count(void *context, size_t from, size_t to)
{
    struct tally *tally = context;
    for (size_t i = from; i < to; i++) tally->times[i]++;
    return from >= tally->fails_from ? ERR_LIMIT : OK;
}

static void every_place_is_worked_on_once(void **state)
{
    (void)state;
    static const size_t counts[] = { 0, 1, 2, 4095, 4096, 4097, 100003 };
    for (size_t c = 0; c < sizeof counts / sizeof counts[0]; c++) {
        struct tally tally = { calloc(counts[c] + 1, 1), SIZE_MAX };
        assert_non_null(tally.times);
        assert_int_equal(parallel_run(counts[c], count, &tally), OK);
        for (size_t i = 0; i < counts[c]; i++)
            assert_int_equal(tally.times[i], 1);
        assert_int_equal(tally.times[counts[c]], 0);
        free(tally.times);
    }
}

static void an_error_of_a_part_comes_back(void **state)
{
    (void)state;
    struct tally tally = { calloc(100000, 1), 0 };
    assert_non_null(tally.times);
    assert_int_equal(parallel_run(100000, count, &tally), ERR_LIMIT);
    free(tally.times);
}

/* ---- lines that come in order -------------------------------------------- */

static void pages_give_their_lines_and_keys(void **state)
{
    (void)state;
    struct sheet *sheet = sheet_make();
    assert_non_null(sheet);
    struct bytes first = bytes_text("[\"A1\",\"x\"]\n[\"B2\",\"y\"]\n");
    struct bytes second = bytes_text("{\"basis\":\"z\",\"code\":\"C3\"}\n");
    assert_int_equal(sheet_add_page(sheet, first), OK);
    assert_int_equal(sheet_add_page(sheet, second), OK);
    assert_int_equal(sheet_count(sheet), 3);
    static const char *const keys[] = { "A1", "B2", "C3" };
    for (size_t i = 0; i < 3; i++) {
        size_t index = 9;
        assert_true(bytes_equal_text(sheet_key(sheet, i), keys[i]));
        assert_int_equal(sheet_find(&index, sheet, bytes_text(keys[i])), OK);
        assert_int_equal(index, i);
    }
    assert_true(bytes_equal(sheet_line(sheet, 2), second));
    assert_int_equal(sheet_add_page(sheet, bytes_text("[\"D4\"]")),
                     ERR_FORMAT);
    assert_int_equal(sheet_add_page(sheet, bytes_text("")), ERR_FORMAT);
    sheet_free(sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_place_is_worked_on_once),
        cmocka_unit_test(an_error_of_a_part_comes_back),
        cmocka_unit_test(pages_give_their_lines_and_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
