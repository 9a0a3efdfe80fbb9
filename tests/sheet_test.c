/* sheet_test — lines of an edition: sorting in place, reading back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "domain/sheet.h"

/* A sheet of `count` keys made by a fixed recipe, in a mixed order. */
static struct sheet *many(size_t count)
{
    struct sheet *sheet = sheet_make();
    for (size_t i = 0; i < count; i++) {
        char key[64];
        uint64_t n = (uint64_t)i * 2654435761u % 1000003;
        snprintf(key, sizeof key, "%s%06d%s", n % 7 == 0 ? "晋" : "9114",
                 (int)n, n % 5 == 0 ? "-ABCDEFGHIJKLMNOPQRSTUVWXYZ" : "");
        struct bytes fields[2] = { bytes_text(key), bytes_text("x") };
        assert_int_equal(sheet_add(sheet, fields, 2,
                                   (struct sheet_origin){ (uint32_t)i, 0 }),
                         OK);
    }
    return sheet;
}

static bool keep_first(void *seen, const struct sheet *sheet, size_t a,
                       size_t b)
{
    assert_true(sheet_origin(sheet, a).row < sheet_origin(sheet, b).row);
    ++*(size_t *)seen;
    return true;
}

static void any_keys_are_sorted_and_twins_are_met_in_their_order(void **state)
{
    (void)state;
    struct sheet *sheet = many(30000);
    struct bytes fields[2] = { bytes_text("SAME"), bytes_text("x") };
    for (uint32_t i = 0; i < 500; i++)
        assert_int_equal(
            sheet_add(sheet, fields, 2, (struct sheet_origin){ i, 0 }), OK);
    size_t twins = 0;
    sheet_sort(sheet, keep_first, &twins);
    assert_int_equal(twins, 499);
    assert_int_equal(sheet_count(sheet), 30001);
    for (size_t i = 1; i < sheet_count(sheet); i++)
        assert_true(
            bytes_compare(sheet_key(sheet, i - 1), sheet_key(sheet, i)) < 0);
    sheet_free(sheet);
}

static void a_line_with_other_fields_or_escapes_is_refused(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "[\"a\"]\n",           "[\"a\",\"b\",\"c\"]\n",
        "[\"a\",\"b\"]",       "[\"a\",\"b]\n",
        "[\"a\",\"\\n\"]\n",   "[\"a\",\"\\u0041\"]\n",
        "[\"a\" ,\"b\"]\n",    "",
        "[\"a\",\"\\u00\"]\n", "{\"a\",\"b\"]\n",
    };
    uint8_t room[64];
    struct bytes fields[2];
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_int_equal(sheet_read_line(fields, 2, bytes_text(lines[i]), room),
                         ERR_FORMAT);
    assert_int_equal(sheet_read_line(fields, 2,
                                     bytes_text("[\"a\",\"\\u001f\\\"x\"]\n"),
                                     room),
                     OK);
    assert_true(bytes_equal_text(fields[1], "\x1f\"x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_keys_are_sorted_and_twins_are_met_in_their_order),
        cmocka_unit_test(a_line_with_other_fields_or_escapes_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
