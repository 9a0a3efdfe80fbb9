/* bytes_test — runs of bytes, numbers, HASH(). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/hash.h"

static void a_number_has_one_spelling(void **state)
{
    (void)state;
    uint64_t value = 7;
    assert_int_equal(bytes_read_u64(&value, bytes_text("0"), 10), OK);
    assert_int_equal(value, 0);
    assert_int_equal(bytes_read_u64(&value, bytes_text("010"), 10), ERR_FORMAT);
    assert_int_equal(bytes_read_u64(&value, bytes_text("11"), 10), ERR_RANGE);
    assert_int_equal(bytes_read_u64(&value, bytes_text(""), 10), ERR_FORMAT);
    assert_int_equal(
        bytes_read_u64(&value, bytes_text("18446744073709551616"), UINT64_MAX),
        ERR_RANGE);
}

static void hash_of_a_tag_and_three_arguments_is_known(void **state)
{
    (void)state;
    const struct bytes args[] = { bytes_text(""), bytes_of("\0", 1),
                                  bytes_text("\xe7\x94\xb2") };
    struct hash want;
    assert_int_equal(
        hash_read_hex(&want, bytes_text("911e437608deb97a667383739cb1a20bc6f7b3"
                                        "44e8e1bbdd45227fc3321b9413")),
        OK);
    assert_true(hash_equal(hash_tagged("x/v1", args, 3), want));
}

/* A digit's number, 16 where it is none: letter by letter, as one says it. */
static unsigned number_of(unsigned letter)
{
    static const char digits[] = "0123456789abcdef";
    unsigned i = 0;
    while (i < 16 && (unsigned char)digits[i] != letter) i++;
    return i;
}

/* Lengths on both sides of the eight that are read at a time. */
static void every_letter_at_every_place_is_a_digit_or_refused(void **state)
{
    (void)state;
    enum { LETTERS_MAX = 20 };
    for (size_t len = 1; len <= LETTERS_MAX; len++)
        for (size_t at = 0; at < len; at++)
            for (unsigned letter = 0; letter < 256; letter++) {
                uint8_t text[LETTERS_MAX], read[LETTERS_MAX / 2] = { 0 };
                for (size_t i = 0; i < len; i++)
                    text[i] = (uint8_t)"0123456789abcdef"[(5 * i + 3) % 16];
                text[at] = (uint8_t)letter;
                struct bytes whole = bytes_of(text, len);
                bool is_hex = number_of(letter) < 16;
                bool is_even = len % 2 == 0;
                assert_int_equal(bytes_is_hex(whole), is_hex);
                assert_int_equal(bytes_read_hex(read, len / 2, whole),
                                 is_hex && is_even ? OK : ERR_FORMAT);
                for (size_t i = 0; i < len / 2 && is_hex && is_even; i++)
                    assert_int_equal(read[i], number_of(text[2 * i]) * 16 +
                                                  number_of(text[2 * i + 1]));
            }
    assert_true(bytes_is_hex(bytes_text("")));
    assert_int_equal(bytes_read_hex(NULL, 0, bytes_text("")), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_has_one_spelling),
        cmocka_unit_test(hash_of_a_tag_and_three_arguments_is_known),
        cmocka_unit_test(every_letter_at_every_place_is_a_digit_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
