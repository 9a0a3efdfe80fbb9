/* base64_test — one spelling for every run of bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/base64.h"
#include "tests/vector.h"

/* RFC 4648 section 10, and the two characters that differ. */
static const struct {
    const char *bytes, *text, *url;
} known[] = {
    { "", "", "" },
    { "f", "Zg==", "Zg" },
    { "fo", "Zm8=", "Zm8" },
    { "foo", "Zm9v", "Zm9v" },
    { "foob", "Zm9vYg==", "Zm9vYg" },
    { "fooba", "Zm9vYmE=", "Zm9vYmE" },
    { "foobar", "Zm9vYmFy", "Zm9vYmFy" },
    { "\xff\xef\xbe", "/+++", "_---" },
};

static void the_known_answers_come_out_both_ways(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        uint8_t room[16];
        size_t len;
        struct bytes text = bytes_text(known[i].text);
        struct writer w = writer_into(room, sizeof room);
        base64_write(&w, bytes_text(known[i].bytes));
        assert_bytes(writer_bytes(&w), text);
        w = writer_into(room, sizeof room);
        assert_int_equal(base64_read(&w, text), OK);
        assert_bytes(writer_bytes(&w), bytes_text(known[i].bytes));
        assert_int_equal(base64_check(&len, text), OK);
        assert_int_equal(len, w.len);
        assert_int_equal(text.len, BASE64_LEN(len));

        w = writer_into(room, sizeof room);
        base64_write_url(&w, bytes_text(known[i].bytes));
        assert_bytes(writer_bytes(&w), bytes_text(known[i].url));
        w = writer_into(room, sizeof room);
        assert_int_equal(base64_read_url(&w, bytes_text(known[i].url)), OK);
        assert_bytes(writer_bytes(&w), bytes_text(known[i].bytes));
    }
}

static void every_other_spelling_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        { "Z", ERR_FORMAT },        { "Zg", ERR_FORMAT },
        { "Zg=", ERR_FORMAT },      { "Zg===", ERR_FORMAT },
        { "====", ERR_FORMAT },     { "Z===", ERR_FORMAT },
        { "=Zg=", ERR_FORMAT },     { "Zg==Zg==", ERR_FORMAT },
        { "Zm9v====", ERR_FORMAT }, { "Zm9v\n", ERR_FORMAT },
        { " Zm9", ERR_FORMAT },     { "Zm-v", ERR_FORMAT },
        { "Zm_v", ERR_FORMAT },     { "Zh==", ERR_CANONICAL },
        { "Zm9=", ERR_CANONICAL },  { "Zm9vYmF=", ERR_CANONICAL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t room[16];
        size_t len;
        struct writer w = writer_into(room, sizeof room);
        struct bytes text = bytes_text(cases[i].text);
        assert_int_equal(base64_read(&w, text), cases[i].err);
        assert_int_equal(w.len, 0);
        assert_int_equal(base64_check(&len, text), cases[i].err);
    }
    static const char *const urls[] = { "Z", "Zg==", "Zm+v", "Zm/v", "Zm9vZ" };
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        uint8_t room[16];
        struct writer w = writer_into(room, sizeof room);
        assert_int_equal(base64_read_url(&w, bytes_text(urls[i])), ERR_FORMAT);
    }
    uint8_t room[4];
    struct writer w = writer_into(room, sizeof room);
    assert_int_equal(base64_read_url(&w, bytes_text("Zh")), ERR_CANONICAL);
}

static void only_the_length_asked_for_is_read(void **state)
{
    (void)state;
    uint8_t room[5];
    assert_int_equal(base64_read_exact(room, 4, bytes_text("Zm9vYg==")), OK);
    assert_memory_equal(room, "foob", 4);
    assert_int_equal(base64_read_exact(room, 5, bytes_text("Zm9vYg==")),
                     ERR_FORMAT);
    assert_int_equal(base64_read_exact(room, 4, bytes_text("Zm9vYmE=")),
                     ERR_FORMAT);
    assert_int_equal(base64_read_exact(room, 3, bytes_text("Zm9vYg==")),
                     ERR_FORMAT);
    struct writer w = writer_into(room, 3);
    assert_int_equal(base64_read(&w, bytes_text("Zm9vYg==")), ERR_FULL);
    assert_int_equal(w.len, 0);
}

/* Every group of four characters: read, or refused; what is read comes
   back as it was. */
static void what_is_read_is_written_the_same(void **state)
{
    (void)state;
    static const char letters[] = "AZaz09+/=-_ Bgw";
    enum { COUNT = sizeof letters - 1 };
    size_t accepted = 0;
    for (size_t n = 0; n < COUNT * COUNT * COUNT * COUNT; n++) {
        const uint8_t text[4] = {
            (uint8_t)letters[n % COUNT],
            (uint8_t)letters[n / COUNT % COUNT],
            (uint8_t)letters[n / COUNT / COUNT % COUNT],
            (uint8_t)letters[n / COUNT / COUNT / COUNT],
        };
        uint8_t room[3], again[4];
        struct writer w = writer_into(room, sizeof room);
        if (base64_read(&w, bytes_of(text, sizeof text)) != OK) continue;
        struct writer back = writer_into(again, sizeof again);
        base64_write(&back, writer_bytes(&w));
        assert_bytes(writer_bytes(&back), bytes_of(text, sizeof text));
        accepted++;
    }
    assert_true(accepted > 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_known_answers_come_out_both_ways),
        cmocka_unit_test(every_other_spelling_is_refused),
        cmocka_unit_test(only_the_length_asked_for_is_read),
        cmocka_unit_test(what_is_read_is_written_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
