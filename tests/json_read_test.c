#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "format/json_read.h"

static enum err read_of(struct bytes text)
{
    json_t *root = NULL;
    enum err err = json_read_text(&root, text);
    if (err == OK) assert_non_null(root);
    if (err != OK) assert_null(root);
    json_decref(root);
    return err;
}

static void a_document_is_read_or_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        { "{}", OK },
        { "[]", OK },
        { " {\"a\":[1,-1,true,null,\"x\"]} \n", OK },
        { "{\"a\":9007199254740991,\"b\":-9007199254740991}", OK },
        { "{\"a\":\"\\u0000\"}", OK },
        { "[[[[[[[[]]]]]]]]", OK },
        { "[\"[[[[[[[[[\",\"\\\"[[[[[[[[[\"]", OK },
        { "[[[[[[[[[]]]]]]]]]", ERR_LIMIT },
        { "{\"a\":[[[[[[[{}]]]]]]]}", ERR_LIMIT },
        { "", ERR_FORMAT },
        { "1", ERR_FORMAT },
        { "\"a\"", ERR_FORMAT },
        { "{\"a\":1,\"a\":1}", ERR_FORMAT },
        { "[{\"a\":{\"b\":1,\"b\":2}}]", ERR_FORMAT },
        { "[1.0]", ERR_FORMAT },
        { "{\"a\":[1e3]}", ERR_FORMAT },
        { "[9007199254740992]", ERR_FORMAT },
        { "[-9007199254740992]", ERR_FORMAT },
        { "[18446744073709551616]", ERR_FORMAT },
        { "[01]", ERR_FORMAT },
        { "{} {}", ERR_FORMAT },
        { "{}x", ERR_FORMAT },
        { "{\"a\":1", ERR_FORMAT },
        { "[\"\\ud800\"]", ERR_FORMAT },
        { "[\"\xff\"]", ERR_FORMAT },
        { "[\"\xed\xa0\x80\"]", ERR_FORMAT },
        { "{\"\\u0000\":1}", ERR_FORMAT },
        { "\xef\xbb\xbf{}", ERR_FORMAT },
        { "]]]]]]]]]]]]", ERR_FORMAT },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (read_of(bytes_text(cases[i].text)) != cases[i].err)
            fail_msg("case %zu: %s", i, cases[i].text);
}

static void bytes_behind_a_nul_are_not_overlooked(void **state)
{
    (void)state;
    assert_int_equal(ERR_FORMAT, read_of(bytes_of("{}\0{}", 5)));
    assert_int_equal(ERR_FORMAT, read_of(bytes_of("{}\0", 3)));
    assert_int_equal(OK, read_of(bytes_of("{}\0", 2)));
}

static void the_size_limit_is_exact(void **state)
{
    (void)state;
    char *text = malloc(JSON_READ_MAX + 1);
    assert_non_null(text);
    memset(text, ' ', JSON_READ_MAX + 1);
    memcpy(text, "[]", 2);
    assert_int_equal(OK, read_of(bytes_of(text, JSON_READ_MAX)));
    assert_int_equal(ERR_LIMIT, read_of(bytes_of(text, JSON_READ_MAX + 1)));
    free(text);
}

static void getters_refuse_other_types(void **state)
{
    (void)state;
    static const char text[] =
        "{\"s\":\"ab\",\"n\":7,\"m\":-1,\"t\":true,\"a\":[1,2],\"o\":{},"
        "\"z\":null}";
    json_t *root = NULL;
    struct bytes string;
    uint64_t number = 0;
    size_t count = 0;
    bool claim = false;
    uint8_t byte = 0;
    struct hash hash;
    assert_int_equal(OK, json_read_text(&root, bytes_text(text)));
    const json_t *s = json_read_member(root, "s");
    const json_t *n = json_read_member(root, "n");
    assert_int_equal(OK, json_read_string(&string, s));
    assert_true(bytes_equal_text(string, "ab"));
    assert_int_equal(OK, json_read_hex(&byte, 1, s));
    assert_int_equal(0xab, byte);
    assert_int_equal(ERR_FORMAT, json_read_hash(&hash, s));
    assert_int_equal(OK, json_read_u64(&number, n, 7));
    assert_int_equal(7, number);
    assert_int_equal(ERR_RANGE, json_read_u64(&number, n, 6));
    assert_int_equal(ERR_RANGE, json_read_u64(
        &number, json_read_member(root, "m"), UINT64_MAX));
    assert_int_equal(OK, json_read_bool(&claim, json_read_member(root, "t")));
    assert_true(claim);
    assert_int_equal(OK, json_read_array(&count, json_read_member(root, "a")));
    assert_int_equal(2, count);
    assert_int_equal(OK, json_read_object(&count, json_read_member(root, "o")));
    assert_true(json_read_is_null(json_read_member(root, "z")));
    assert_false(json_read_is_null(json_read_member(root, "missing")));
    assert_null(json_read_item(json_read_member(root, "a"), 2));
    assert_null(json_read_item(s, 0));
    assert_int_equal(ERR_FORMAT, json_read_string(&string, n));
    assert_int_equal(ERR_FORMAT, json_read_string(&string, NULL));
    assert_int_equal(ERR_FORMAT, json_read_u64(&number, s, 9));
    assert_int_equal(ERR_FORMAT, json_read_bool(&claim, n));
    assert_int_equal(ERR_FORMAT, json_read_array(&count, root));
    assert_int_equal(ERR_FORMAT, json_read_object(&count, n));
    json_decref(root);
}

static void keys_must_be_exactly_these(void **state)
{
    (void)state;
    static const char *const keys[] = { "a", "b" };
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        { "{\"a\":1,\"b\":2}", OK },          { "{\"b\":1,\"a\":2}", OK },
        { "{\"a\":1}", ERR_FORMAT },          { "{}", ERR_FORMAT },
        { "{\"a\":1,\"c\":2}", ERR_FORMAT },  { "[1,2]", ERR_FORMAT },
        { "{\"a\":1,\"b\":2,\"c\":3}", ERR_FORMAT },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *root = NULL;
        assert_int_equal(OK, json_read_text(&root, bytes_text(cases[i].text)));
        assert_int_equal(cases[i].err, json_read_keys(root, keys, 2));
        json_decref(root);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_read_or_refused),
        cmocka_unit_test(bytes_behind_a_nul_are_not_overlooked),
        cmocka_unit_test(the_size_limit_is_exact),
        cmocka_unit_test(getters_refuse_other_types),
        cmocka_unit_test(keys_must_be_exactly_these),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
