/* ical_test — content lines, escaped and folded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "format/ical.h"

static void text_is_escaped_and_a_keyword_is_not(void **state)
{
    (void)state;
    static const struct {
        const char *text, *as_text, *as_is;
    } cases[] = {
        { "", "X:\r\n", "X:\r\n" },
        { "a,b;c\\d", "X:a\\,b\\;c\\\\d\r\n", "X:a,b;c\\d\r\n" },
        { "甲\n乙", "X:甲\\n乙\r\n", "X:甲\n乙\r\n" },
        { "a\rb\x01", "X:ab\r\n", "X:ab\r\n" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char room[2][64] = { { 0 } };
        struct writer w = writer_into(room[0], 63);
        ical_text(&w, "X", bytes_text(cases[i].text));
        assert_string_equal(room[0], cases[i].as_text);
        w = writer_into(room[1], 63);
        ical_line(&w, "X", bytes_text(cases[i].text));
        assert_string_equal(room[1], cases[i].as_is);
    }
}

/* Undone, the folds give the text again; no line is over 75 bytes. */
static void lines_are_folded_between_letters(void **state)
{
    (void)state;
    for (size_t shift = 0; shift < 80; shift++) {
        char text[400] = { 0 }, room[600] = { 0 }, flat[600] = { 0 };
        memset(text, 'x', shift);
        for (size_t i = 0; i < 80; i++) memcpy(text + shift + 3 * i, "甲", 3);
        struct writer w = writer_into(room, sizeof room - 1);
        ical_text(&w, "S", bytes_text(text));
        assert_false(w.is_full);
        size_t used = 0, line = 0;
        for (size_t i = 0; i < w.len; i++, line++) {
            if (memcmp(room + i, "\r\n ", 3) == 0) {
                assert_true(line <= ICAL_LINE_MAX);
                assert_int_not_equal(room[i + 3] & 0xc0, 0x80);
                i += 2;
                line = 0;
            } else {
                flat[used++] = room[i];
            }
        }
        assert_memory_equal(flat, "S:", 2);
        assert_memory_equal(flat + 2, text, strlen(text));
        assert_string_equal(flat + 2 + strlen(text), "\r\n");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_escaped_and_a_keyword_is_not),
        cmocka_unit_test(lines_are_folded_between_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
