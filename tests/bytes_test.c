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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_has_one_spelling),
        cmocka_unit_test(hash_of_a_tag_and_three_arguments_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
