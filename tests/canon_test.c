/* canon_test — the one form of JSON: written, recognised, anything else not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/canon.h"

static uint8_t room[1 << 16];

static bool is_sorted(const char *text)
{
    return canon_is_canonical(bytes_text(text), CANON_SORTED);
}

static bool is_free(const char *text)
{
    return canon_is_canonical(bytes_text(text), CANON_FREE);
}

static void a_string_is_escaped_in_one_way(void **state)
{
    (void)state;
    static const struct {
        const char *text, *json;
    } cases[] = {
        { "", "\"\"" },
        { "全部", "\"全部\"" },
        { "a\"b\\c/d", "\"a\\\"b\\\\c/d\"" },
        { "\n\t\b\r\f", "\"\\u000a\\u0009\\u0008\\u000d\\u000c\"" },
        { "\x1f\x7f ", "\"\\u001f\x7f \"" },
        { "\xf0\x9f\x98\x80", "\"\xf0\x9f\x98\x80\"" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct writer w = writer_into(room, sizeof room);
        struct canon j = canon_into(&w);
        canon_text(&j, cases[i].text);
        assert_true(bytes_equal_text(writer_bytes(&w), cases[i].json));
        assert_int_equal(canon_string_len(bytes_text(cases[i].text)), w.len);
        assert_true(canon_is_canonical(writer_bytes(&w), CANON_SORTED));
    }
}

static void every_scalar_value_below_u0180_comes_back_canonical(void **state)
{
    (void)state;
    for (unsigned scalar = 0; scalar < 0x180; scalar++) {
        uint8_t text[2] = { (uint8_t)scalar, 0 };
        size_t len = 1;
        if (scalar >= 0x80) {
            text[0] = (uint8_t)(0xc0 | scalar >> 6);
            text[1] = (uint8_t)(0x80 | (scalar & 0x3f));
            len = 2;
        }
        struct writer w = writer_into(room, sizeof room);
        struct canon j = canon_into(&w);
        canon_string(&j, bytes_of(text, len));
        assert_true(canon_is_canonical(writer_bytes(&w), CANON_SORTED));
    }
}

static void commas_stand_where_they_belong(void **state)
{
    (void)state;
    struct hash zero = { { 0 } };
    struct writer w = writer_into(room, sizeof room);
    struct canon j = canon_into(&w);
    canon_object(&j);
    canon_key(&j, "a");
    canon_array(&j);
    canon_array(&j);
    canon_array_end(&j);
    canon_object(&j);
    canon_object_end(&j);
    canon_null(&j);
    canon_i64(&j, -7);
    canon_u64(&j, 9007199254740991);
    canon_array_end(&j);
    canon_member_text(&j, "b", "x");
    canon_member_u64(&j, "c", 0);
    canon_member_hex(&j, "d", bytes_of("\xab\x01", 2));
    canon_member_raw(&j, "e", bytes_text("[1,2]"));
    canon_member_string(&j, "f", bytes_text("y"));
    canon_member_hash(&j, "g", zero);
    canon_object_end(&j);
    assert_true(bytes_equal_text(
        writer_bytes(&w),
        "{\"a\":[[],{},null,-7,9007199254740991],\"b\":\"x\",\"c\":0,"
        "\"d\":\"ab01\",\"e\":[1,2],\"f\":\"y\",\"g\":\""
        "00000000000000000000000000000000"
        "00000000000000000000000000000000\"}"));
    assert_true(canon_is_canonical(writer_bytes(&w), CANON_SORTED));

    w = writer_into(room, 3);
    j = canon_into(&w);
    canon_text(&j, "abc");
    assert_true(w.is_full);
}

static void the_permitted_form_is_recognised(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "0",
        "-1",
        "null",
        "\"\"",
        "[]",
        "{}",
        "[1,[2,3],{\"a\":{}}]",
        "{\"A\":1,\"a\":2,\"aa\":3,\"b\":4}",
        "9007199254740991",
        "-9007199254740991",
        "\"\\u0000\\u001f\\\"\\\\\x7f\"",
        "{\"\":0,\"\\u0001\":1,\" \":2,\"\\\"\":3,\"#\":4}",
        "{\"[\":5,\"\\\\\":6,\"]\":7}",
        "[[[[[[[[]]]]]]]]",
        "{\"a\":[{\"a\":[{\"a\":[{\"a\":[0]}]}]}]}",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (!is_sorted(cases[i])) fail_msg("refused: %s", cases[i]);
        assert_true(is_free(cases[i]));
    }
}

static const char *const refused[] = {
    "",
    " ",
    " 0",
    "0 ",
    "0\n",
    "[0, 1]",
    "[0 ]",
    "{\"a\" :1}",
    "{\"a\": 1}",
    "\357\273\2770",
    /* numbers */
    "-",
    "-0",
    "00",
    "01",
    "-01",
    "+1",
    "1.0",
    "1e3",
    "0x1",
    "1.",
    "9007199254740992",
    "-9007199254740992",
    "99999999999999999999",
    "NaN",
    /* words */
    "true",
    "false",
    "nul",
    "nulll",
    "Null",
    "undefined",
    /* strings */
    "\"",
    "\"a",
    "'a'",
    "\"\n\"",
    "\"\x1f\"",
    "\"\\n\"",
    "\"\\/\"",
    "\"\\u0020\"",
    "\"\\u000A\"",
    "\"\\u001F\"",
    "\"\\u00\"",
    "\"\\u0",
    "\"\\U000a\"",
    "\"\\u4e00\"",
    "\"\\ud83d\\ude00\"",
    "\"\\",
    "\"\\\"",
    "\"\xff\"",
    "\"\xc0\x80\"",
    "\"\xed\xa0\x80\"",
    "\"\xe5\x85\"",
    /* arrays and objects */
    "[",
    "]",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1}",
    "{",
    "}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1",
    "{\"a\":1,}",
    "{,}",
    "{a:1}",
    "{1:1}",
    "{\"a\":1]",
    "{\"a\":1,\"a\":2}",
    "{\"a\":1,\"b\":{\"c\":1,\"c\":2}}",
    "{\"\xe5\x85\xa8\":1}",
    "{\"\\u0001\":0,\"\\u0001\":0}",
    "0,0",
    "{}{}",
    "[][]",
    "[0]x",
    /* nine levels */
    "[[[[[[[[[]]]]]]]]]",
    "{\"a\":[[[[[[[{}]]]]]]]}",
};

static void anything_else_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (is_sorted(refused[i])) fail_msg("accepted: %s", refused[i]);
        if (is_free(refused[i]))
            fail_msg("accepted in free order: %s", refused[i]);
    }
    assert_false(canon_is_canonical(bytes_of("0\0", 2), CANON_SORTED));
    assert_false(canon_is_canonical(bytes_of("\"\0\"", 3), CANON_SORTED));
    assert_false(canon_is_canonical(bytes_of(NULL, 0), CANON_SORTED));
}

static void keys_ascend_unless_their_order_is_free(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "{\"b\":1,\"a\":2}",   "{\"a\":1,\"B\":2}",
        "{\"aa\":1,\"a\":2}",  "{\"code\":\"\",\"name\":\"\",\"kind\":\"\"}",
        "[{\"b\":1,\"a\":2}]", "{\"#\":1,\"\\\"\":2}",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_false(is_sorted(cases[i]));
        assert_true(is_free(cases[i]));
    }
    assert_false(is_free("{\"b\":1,\"a\":2,\"b\":3}"));
}

static void only_free_order_limits_the_number_of_keys(void **state)
{
    (void)state;
    for (unsigned count = CANON_FREE_KEYS_MAX; count <= CANON_FREE_KEYS_MAX + 1;
         count++) {
        struct writer w = writer_into(room, sizeof room);
        struct canon j = canon_into(&w);
        canon_object(&j);
        for (unsigned i = 0; i < count; i++) {
            const uint8_t key[] = { (uint8_t)('A' + i / 10),
                                    (uint8_t)('0' + i % 10) };
            canon_key_bytes(&j, bytes_of(key, 2));
            canon_u64(&j, i);
        }
        canon_object_end(&j);
        assert_true(canon_is_canonical(writer_bytes(&w), CANON_SORTED));
        assert_int_equal(canon_is_canonical(writer_bytes(&w), CANON_FREE),
                         count == CANON_FREE_KEYS_MAX);
    }
    /* Beyond the limit the last key of the full table still counts. */
    struct writer w = writer_into(room, sizeof room);
    struct canon j = canon_into(&w);
    canon_object(&j);
    for (unsigned i = 0; i < 3 * CANON_FREE_KEYS_MAX; i++) {
        const uint8_t key[] = { (uint8_t)('A' + i / 10),
                                (uint8_t)('0' + i % 10) };
        canon_key_bytes(&j,
                        bytes_of(key, i == 2 * CANON_FREE_KEYS_MAX ? 1 : 2));
        canon_null(&j);
    }
    canon_object_end(&j);
    assert_false(canon_is_canonical(writer_bytes(&w), CANON_SORTED));
}

static void a_cut_text_is_never_canonical(void **state)
{
    (void)state;
    const struct bytes whole =
        bytes_text("{\"a\":[null,\"\\u000a全\"],\"b\":-12,\"c\":{\"d\":[]}}");
    assert_true(canon_is_canonical(whole, CANON_SORTED));
    for (size_t len = 0; len < whole.len; len++) {
        /* A buffer of the exact length lets the sanitizer see over-reading. */
        struct bytes cut = bytes_of(room + sizeof room - len, len);
        bytes_copy(room + sizeof room - len, whole.at, len);
        assert_false(canon_is_canonical(cut, CANON_SORTED));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_string_is_escaped_in_one_way),
        cmocka_unit_test(every_scalar_value_below_u0180_comes_back_canonical),
        cmocka_unit_test(commas_stand_where_they_belong),
        cmocka_unit_test(the_permitted_form_is_recognised),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(keys_ascend_unless_their_order_is_free),
        cmocka_unit_test(only_free_order_limits_the_number_of_keys),
        cmocka_unit_test(a_cut_text_is_never_canonical),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
