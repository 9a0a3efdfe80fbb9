/* text_test — one spelling for names, labels and codes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "format/text.h"

static void each_kind_of_text_has_one_spelling(void **state)
{
    (void)state;
    static const struct {
        const char *from, *name, *label, *code;
    } cases[] = {
        { "", "", "", "" },
        { " a b ", "a b", "a b", "AB" },
        { "　甲（乙）　", "甲（乙）", "甲(乙)", "甲(乙)" },
        { "９1ab ｃ", "９1ab ｃ", "91ab c", "91ABC" },
        { "e\xcc\x81", "é", "é", "é" },
        { "\xef\xbb\xbf"
          "a\xc2\xa0",
          "a", "a", "A" },
        { "\xe2\x80\x8b"
          "1\t2\r\n",
          "1\t2", "1\t2", "12" },
        { "Ⅲ级", "Ⅲ级", "III级", "III级" },
        { "㈱\xef\xa4\x80", "㈱豈", "(株)豈", "(株)豈" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t room[3][64];
        struct writer w[3];
        for (int j = 0; j < 3; j++) w[j] = writer_into(room[j], 64);
        struct bytes from = bytes_text(cases[i].from);
        assert_int_equal(text_name(&w[0], from), OK);
        assert_int_equal(text_label(&w[1], from), OK);
        assert_int_equal(text_code(&w[2], from), OK);
        const char *want[] = { cases[i].name, cases[i].label, cases[i].code };
        for (int j = 0; j < 3; j++)
            if (!bytes_equal_text(writer_bytes(&w[j]), want[j]))
                fail_msg("case %d.%d: %.*s", (int)i, j, (int)w[j].len,
                         (const char *)w[j].at);
    }
}

static void a_key_forgives_width_case_blanks_and_marks(void **state)
{
    (void)state;
    static const struct {
        const char *from, *want;
    } cases[] = {
        { "", "" },
        { "运城", "运城" },
        { " 运　城\t ", "运城" },
        { "Ａ·甲（运城） 店", "a甲运城店" },
        { "a甲(运城)店", "a甲运城店" },
        { "９１140800ma0TE5161", "91140800ma0te5161" },
        { "2027-04-12", "20270412" },
        { "《“、。！”》—…", "" },
        { "ＫＴＶ＆茶", "ktv茶" },
        { "Straße", "strasse" },
        { "e\xcc\x81", "é" },
        { "㎡\xe2\x80\x8b", "m2" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t room[64];
        struct writer w = writer_into(room, sizeof room);
        assert_int_equal(text_key(&w, bytes_text(cases[i].from)), OK);
        if (!bytes_equal_text(writer_bytes(&w), cases[i].want))
            fail_msg("case %d: %.*s", (int)i, (int)w.len, (const char *)w.at);
    }
}

static struct bytes key_of(uint8_t room[64], const uint8_t *at, size_t len)
{
    struct writer w = writer_into(room, 64);
    assert_int_equal(text_key(&w, bytes_of(at, len)), OK);
    return writer_bytes(&w);
}

/* Behind each stands Å, which is never plain; a key is made letter by
 * letter, so the rest must be as it is without. */
static void a_plain_text_has_the_key_that_it_always_had(void **state)
{
    (void)state;
    uint8_t text[8], short_room[64], long_room[64];
    for (uint32_t point = 0; point < 0x10000; point++) {
        if (point >= 0xd800 && point < 0xe000) continue;
        struct writer w = writer_into(text, sizeof text);
        bool is_ascii = point < 0x80, is_high = point >= 0x3000;
        if (!is_ascii && !is_high) continue;
        if (is_ascii) {
            writer_byte(&w, (uint8_t)point);
        } else {
            writer_byte(&w, (uint8_t)(0xe0 | point >> 12));
            writer_byte(&w, (uint8_t)(0x80 | (point >> 6 & 63)));
            writer_byte(&w, (uint8_t)(0x80 | (point & 63)));
        }
        struct bytes plain = key_of(short_room, text, w.len);
        writer_text(&w, "\xc3\x85");
        struct bytes whole = key_of(long_room, text, w.len);
        assert_true(whole.len >= 2);
        assert_true(bytes_equal(plain, bytes_slice(whole, 0, whole.len - 2)));
    }
}

static void what_is_not_utf8_is_refused(void **state)
{
    (void)state;
    uint8_t room[8];
    struct writer w = writer_into(room, sizeof room);
    assert_int_equal(text_name(&w, bytes_text("\xff")), ERR_FORMAT);
    assert_int_equal(text_label(&w, bytes_text("\xff")), ERR_FORMAT);
    assert_int_equal(text_code(&w, bytes_text("\xff")), ERR_FORMAT);
    assert_int_equal(text_key(&w, bytes_text("\xff")), ERR_FORMAT);
    assert_int_equal(text_key(&w, bytes_text("a\xe8\xbf")), ERR_FORMAT);
    assert_int_equal(text_key(&w, bytes_text("\xe8zz")), ERR_FORMAT);
    assert_int_equal(text_name(&w, bytes_text("123456789")), OK);
    assert_true(w.is_full);
}

static void a_list_of_names_is_taken_apart(void **state)
{
    (void)state;
    struct bytes name, list = bytes_text("、甲、 乙，丙;；丁\n戊,");
    static const char *const want[] = { "甲", "乙", "丙", "丁", "戊" };
    for (size_t i = 0; i < 5; i++) {
        assert_true(text_next_name(&name, &list));
        assert_true(bytes_equal_text(name, want[i]));
    }
    assert_false(text_next_name(&name, &list));
}

static void what_no_one_sees_is_seen(void **state)
{
    (void)state;
    static const char *const bad[] = { "甲\u200b乙", "\u202e甲", "甲\u2066",
                                       "\ufeff甲", "a\u200f" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_true(text_has_invisible(bytes_text(bad[i])));
    static const char *const good[] = { "", "甲 a", "“甲”—乙…", "、。", "é" };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_false(text_has_invisible(bytes_text(good[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_text_has_one_spelling),
        cmocka_unit_test(a_key_forgives_width_case_blanks_and_marks),
        cmocka_unit_test(a_plain_text_has_the_key_that_it_always_had),
        cmocka_unit_test(what_is_not_utf8_is_refused),
        cmocka_unit_test(a_list_of_names_is_taken_apart),
        cmocka_unit_test(what_no_one_sees_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
