/* uscc_test — real codes, made-up ones, and what looks like one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "core/uscc.h"
#include "tests/vector.h"

static void check_all(const json_t *root, const char *key, uint32_t forms)
{
    const json_t *codes = json_object_get(root, key);
    assert_true(json_array_size(codes) > 0);
    for (size_t i = 0; i < json_array_size(codes); i++) {
        const char *code = json_string_value(json_array_get(codes, i));
        enum uscc_form form = uscc_form(bytes_text(code));
        if ((forms >> form & 1) == 0) fail_msg("%s is form %d", code, form);
    }
}

static void codes_are_what_the_vectors_say(void **state)
{
    (void)state;
    json_t *root = vector_load("codes.json");
    check_all(root, "real_valid", 1u << USCC_GOOD);
    check_all(root, "synthetic_valid", 1u << USCC_GOOD);
    check_all(root, "real_but_check_digit_fails", 1u << USCC_CHECK_FAILS);
    check_all(root, "legacy_registration_numbers_15", 1u << USCC_LEGACY);
    check_all(root, "invalid", 1u << USCC_CHECK_FAILS | 1u << USCC_OTHER);
    json_decref(root);
}

static void one_changed_character_is_noticed(void **state)
{
    (void)state;
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const char good[] = "91140800MA0TE5T162";
    for (size_t at = 0; at < USCC_LEN; at++)
        for (size_t i = 0; alphabet[i] != '\0'; i++) {
            char code[USCC_LEN + 1];
            bytes_copy(code, good, sizeof code);
            code[at] = alphabet[i];
            enum uscc_form form = uscc_form(bytes_text(code));
            assert_int_equal(form == USCC_GOOD, alphabet[i] == good[at]);
        }
}

static void the_organisation_code_has_a_check_digit_of_its_own(void **state)
{
    (void)state;
    /* The 17th changed from 6 to 7, the 18th made right again. */
    const struct bytes code = bytes_text("91140800MA0TE5T175");
    assert_int_equal(uscc_form(code), USCC_ORGANISATION_FAILS);
}

static void other_forms_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        enum uscc_form form;
    } cases[] = {
        { "", USCC_OTHER },
        { "91140800ma0te5t162", USCC_OTHER },
        { "91140800MA0TE5T16", USCC_OTHER },
        { "91140800MA0TE5T1622", USCC_OTHER },
        { "9114080AMA0TE5T162", USCC_OTHER },
        { "91140800MA0TE5O162", USCC_OTHER },
        { "32040400000955", USCC_OTHER },
        { "32040400000955X", USCC_OTHER },
        { "3204040000095580", USCC_OTHER },
        { "320404000009558", USCC_LEGACY },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(uscc_form(bytes_text(cases[i].code)), cases[i].form);
    assert_int_equal(uscc_form(bytes_of("91140800MA0TE5T16\0", 18)),
                     USCC_OTHER);
}

static void the_area_is_that_of_the_authority(void **state)
{
    (void)state;
    struct bytes area;
    assert_int_equal(uscc_area(&area, bytes_text("91140802MA0TE5T24R")), OK);
    assert_true(bytes_equal_text(area, "140802"));
    assert_int_equal(uscc_area(&area, bytes_text("91140800MA0TE5T163")), OK);
    assert_true(bytes_equal_text(area, "140800"));
    assert_int_equal(uscc_area(&area, bytes_text("320382000007600")), OK);
    assert_true(bytes_equal_text(area, "320382"));
    assert_int_equal(uscc_area(&area, bytes_text("9114080")), ERR_FORMAT);
}

static void an_id_has_a_grammar_and_a_limit(void **state)
{
    (void)state;
    static const char *const good[] = { "91140800MA0TE5T162", "P:12.3_4-A",
                                        "0" };
    static const char *const bad[] = {
        "", "a", "A B", "甲", "A\n", "A/B", "A\""
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(uscc_is_id(bytes_text(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(uscc_is_id(bytes_text(bad[i])));
    uint8_t longest[USCC_ID_MAX + 1];
    bytes_fill(longest, 'Z', sizeof longest);
    assert_true(uscc_is_id(bytes_of(longest, USCC_ID_MAX)));
    assert_false(uscc_is_id(bytes_of(longest, USCC_ID_MAX + 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_what_the_vectors_say),
        cmocka_unit_test(one_changed_character_is_noticed),
        cmocka_unit_test(the_organisation_code_has_a_check_digit_of_its_own),
        cmocka_unit_test(other_forms_are_told_apart),
        cmocka_unit_test(the_area_is_that_of_the_authority),
        cmocka_unit_test(an_id_has_a_grammar_and_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
