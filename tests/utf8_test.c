/* utf8_test — every scalar value, and every way not to be one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/utf8.h"

static struct bytes encode(uint8_t room[4], uint32_t scalar)
{
    if (scalar < 0x80) {
        room[0] = (uint8_t)scalar;
        return bytes_of(room, 1);
    }
    size_t len = scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4;
    static const uint8_t leads[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
    for (size_t i = len - 1; i > 0; i--, scalar >>= 6)
        room[i] = (uint8_t)(0x80 | (scalar & 0x3f));
    room[0] = (uint8_t)(leads[len] | scalar);
    return bytes_of(room, len);
}

static void every_scalar_value_is_read_back(void **state)
{
    (void)state;
    for (uint32_t want = 0; want < 0x110800; want++) {
        uint8_t room[4];
        struct bytes text = encode(room, want);
        uint32_t got;
        size_t len = utf8_step(&got, text);
        if ((want >= 0xd800 && want <= 0xdfff) || want > 0x10ffff) {
            assert_int_equal(len, 0);
            continue;
        }
        assert_int_equal(len, text.len);
        assert_int_equal(got, want);
        for (size_t cut = 0; cut < len; cut++)
            assert_int_equal(utf8_step(&got, bytes_slice(text, 0, cut)), 0);
    }
}

static void what_is_not_utf8_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "\x80",
        "\xbf",
        "\xc0\x80",
        "\xc1\xbf",
        "\xe0\x80\x80",
        "\xe0\x9f\xbf",
        "\xf0\x80\x80\x80",
        "\xf0\x8f\xbf\xbf",
        "\xed\xa0\x80",
        "\xed\xbf\xbf",
        "\xf4\x90\x80\x80",
        "\xf8\x88\x80\x80",
        "\xff",
        "\xfe",
        "\xc3(",
        "\xe5\x85(",
        "\xc3",
        "\xe5\x85",
        "\xf0\x9f\x98",
        "\xb8\xed",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t scalar;
        assert_int_equal(utf8_step(&scalar, bytes_text(cases[i])), 0);
        assert_false(utf8_is_valid(bytes_text(cases[i])));
    }
    assert_false(utf8_is_valid(bytes_text("全部\xe9")));
}

static void scalar_values_are_counted_up_to_a_fault(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(bytes_text("")), 0);
    assert_int_equal(utf8_count(bytes_text("晋C运城")), 4);
    assert_int_equal(utf8_count(bytes_text("a\xf0\x9f\x98\x80z")), 3);
    assert_int_equal(utf8_count(bytes_text("ab\xff"
                                           "cd")),
                     2);
    assert_true(utf8_is_valid(bytes_text("")));
    assert_true(utf8_is_valid(bytes_of("a\0b", 3)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scalar_value_is_read_back),
        cmocka_unit_test(what_is_not_utf8_is_refused),
        cmocka_unit_test(scalar_values_are_counted_up_to_a_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
