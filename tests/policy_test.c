/* policy_test — who is trusted, how many must agree, and when they did. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/policy.h"
#include "tests/cast.h"
#include "tests/signer.h"
#include "tests/vector.h"
#define TEN "0123456789"

/* ---- the canonical form ------------------------------------------------ */

static void a_canonical_policy_is_written_the_same(void **state)
{
    (void)state;
    static const struct {
        size_t witnesses;
        const char *rest;
    } cases[] = {
        { 0, "quorum none\n" },
        { 2, "quorum none\n" },
        { 1, "quorum sfj\n" },
        { 4, "group w 3 sfj sjj gzc dag\nquorum w\n" },
        { 4, "group w all dag sfj\nquorum w\n" },
        { 3, "group w any sfj\nquorum sjj\n" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static struct cast cast;
        static struct policy policy;
        uint8_t room[ROOM_MAX];
        cast_begin(&cast, cases[i].witnesses);
        struct bytes text = cast_text(&cast, cases[i].rest);
        assert_int_equal(policy_read_canonical(&policy, text), OK);
        struct writer w = writer_into(room, sizeof room);
        policy_write(&w, &policy);
        assert_bytes(writer_bytes(&w), text);
    }
}

static void a_policy_in_another_form_is_not_canonical(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "# a comment\nquorum none\n",
        "\nquorum none\n",
        "quorum none\n\n",
        "quorum  none\n",
        "quorum\tnone\n",
        " quorum none\n",
        "quorum none \n",
        "group w 1 sfj\ngroup v 1 w\nquorum v\n",
        "group w:1 1 sfj\nquorum w:1\n",
        "group \xe4\xb8\x80 1 sfj\nquorum \xe4\xb8\x80\n",
        "quorum sfj\ngroup w 1 sfj\n",
        "group " TEN TEN TEN TEN TEN TEN "abcde 1 sfj\nquorum sfj\n",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static struct cast cast;
        static struct policy policy;
        cast_begin(&cast, 1);
        struct bytes text = cast_text(&cast, cases[i]);
        assert_int_equal(policy_read(&policy, text), OK);
        assert_int_equal(policy_read_canonical(&policy, text), ERR_CANONICAL);
    }
    static struct policy policy;
    assert_int_equal(
        policy_read_canonical(&policy, bytes_text("quorum none\n")),
        ERR_CANONICAL);
}

static void an_address_or_a_late_log_is_not_canonical(void **state)
{
    (void)state;
    static struct cast cast;
    static struct policy policy;
    cast_begin(&cast, 0);
    cast.w.len--;
    struct bytes text = cast_text(&cast, " https://log.example\nquorum none\n");
    assert_int_equal(policy_read(&policy, text), OK);
    assert_bytes(policy.logs[0].url, bytes_text("https://log.example"));
    assert_int_equal(policy_read_canonical(&policy, text), ERR_CANONICAL);

    cast.w = writer_into(cast.room, sizeof cast.room);
    writer_text(&cast.w, "witness sfj ");
    write_key(&cast.w, &cast.witnesses[0].key);
    writer_text(&cast.w, "log ");
    write_key(&cast.w, &cast.log.key);
    text = cast_text(&cast, "quorum sfj\n");
    assert_int_equal(policy_read(&policy, text), OK);
    assert_int_equal(policy_read_canonical(&policy, text), ERR_CANONICAL);
}

static void one_key_in_two_parts_is_not_canonical(void **state)
{
    (void)state;
    static struct cast cast;
    static struct policy policy;
    cast_begin(&cast, 0);
    struct signer twin = signer_make("w.example/9", NOTE_COSIGNATURE, 1);
    writer_text(&cast.w, "witness twin ");
    write_key(&cast.w, &twin.key);
    struct bytes text = cast_text(&cast, "quorum twin\n");
    assert_int_equal(policy_read(&policy, text), OK);
    assert_int_equal(policy_read_canonical(&policy, text), ERR_CANONICAL);
}

static void sixteen_witnesses_are_canonical_and_32_are_read(void **state)
{
    (void)state;
    for (uint8_t count = 16; count <= 33; count++) {
        static struct cast cast;
        static struct policy policy;
        cast_begin(&cast, 0);
        for (uint8_t i = 0; i < count; i++) {
            struct signer witness =
                signer_make("w.example/x", NOTE_COSIGNATURE, (uint8_t)(9 + i));
            writer_text(&cast.w, "witness x");
            writer_u64(&cast.w, i);
            writer_byte(&cast.w, ' ');
            write_key(&cast.w, &witness.key);
        }
        struct bytes text = cast_text(&cast, "quorum x0\n");
        assert_int_equal(policy_read(&policy, text),
                         count <= 32 ? OK : ERR_LIMIT);
        if (count > 17) continue;
        assert_int_equal(policy_read_canonical(&policy, text),
                         count <= 16 ? OK : ERR_CANONICAL);
    }
}

/* ---- the general form -------------------------------------------------- */

static void a_free_hand_is_read_as_well(void **state)
{
    (void)state;
    static struct cast cast;
    static struct policy policy;
    cast_policy(&cast, &policy, 5,
                "  # three of ours, one of theirs\n"
                "\t group  ours 2 sfj\tsjj gzc \n"
                "\n"
                "group theirs any dag xxw\n"
                "group both all ours theirs\n"
                "quorum both\n");
    assert_int_equal(policy.group_count, 3);
    assert_int_equal(policy.line, 12);
    static const struct {
        uint32_t witnesses;
        bool is_met;
    } cases[] = {
        { 0x00, false }, { 0x03, false }, { 0x0b, true }, { 0x15, true },
        { 0x18, false }, { 0x09, false }, { 0x1f, true }, { 0x07, false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(policy_is_met(&policy, cases[i].witnesses),
                         cases[i].is_met);
    struct policy_bound bound = policy_bound(&policy);
    assert_int_equal(bound.n, 5);
    assert_int_equal(bound.q, 3);
    assert_int_equal(bound.f, 0);
}

static void a_wrong_policy_is_refused_at_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *rest;
        enum err err;
        uint32_t line;
    } cases[] = {
        { "", ERR_ABSENT, 3 },
        { "quorum none", ERR_FORMAT, 3 },
        { "quorum\n", ERR_FORMAT, 4 },
        { "quorum sfj sjj\n", ERR_FORMAT, 4 },
        { "quorum nobody\n", ERR_ABSENT, 4 },
        { "quorum none\nquorum none\n", ERR_EXISTS, 5 },
        { "qourum none\n", ERR_FORMAT, 4 },
        { "Quorum none\n", ERR_FORMAT, 4 },
        { "quorum none\r\n", ERR_FORMAT, 0 },
        { "quorum none\n#\x7f\n", ERR_FORMAT, 0 },
        { "group\n", ERR_FORMAT, 4 },
        { "group w\n", ERR_FORMAT, 4 },
        { "group w 1\n", ERR_FORMAT, 4 },
        { "group none 1 sfj\n", ERR_FORMAT, 4 },
        { "group sfj 1 sjj\n", ERR_EXISTS, 4 },
        { "group w 1 w\n", ERR_ABSENT, 4 },
        { "group w 1 none\n", ERR_ABSENT, 4 },
        { "group w 1 sfj sfj\n", ERR_EXISTS, 4 },
        { "group w 1 sfj\ngroup v 1 sfj\n", ERR_EXISTS, 5 },
        { "group w 0 sfj\n", ERR_RANGE, 4 },
        { "group w 3 sfj sjj\n", ERR_RANGE, 4 },
        { "group w 01 sfj\n", ERR_FORMAT, 4 },
        { "group w some sfj\n", ERR_FORMAT, 4 },
        { "group w 1 sfj\ngroup w 1 sjj\n", ERR_EXISTS, 5 },
        { "log\n", ERR_FORMAT, 4 },
        { "log x\n", ERR_FORMAT, 4 },
        { "witness dag\n", ERR_FORMAT, 4 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static struct cast cast;
        static struct policy policy;
        cast_begin(&cast, 2);
        assert_int_equal(policy_read(&policy, cast_text(&cast, cases[i].rest)),
                         cases[i].err);
        assert_int_equal(policy.line, cases[i].line);
    }
}

static void a_key_has_one_line_and_the_right_type(void **state)
{
    (void)state;
    static struct cast cast;
    static struct policy policy;
    static const struct {
        const char *verb;
        int who; /* 0: the log, 1: the first witness */
        enum err err;
    } cases[] = {
        { "log ", 0, ERR_EXISTS },
        { "log ", 1, ERR_KEY },
        { "witness again ", 1, ERR_EXISTS },
        { "witness log ", 0, ERR_KEY },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cast_begin(&cast, 1);
        writer_text(&cast.w, cases[i].verb);
        write_key(&cast.w,
                  cases[i].who == 0 ? &cast.log.key : &cast.witnesses[0].key);
        assert_int_equal(
            policy_read(&policy, cast_text(&cast, "quorum none\n")),
            cases[i].err);
        assert_int_equal(policy.line, 3);
    }
}

static void a_policy_may_be_so_long_and_no_longer(void **state)
{
    (void)state;
    static uint8_t room[POLICY_TEXT_MAX + 1];
    static struct policy policy;
    bytes_fill(room, '\n', sizeof room);
    struct bytes end = bytes_text("quorum none\n");
    bytes_copy(room, end.at, end.len);
    assert_int_equal(policy_read(&policy, bytes_of(room, POLICY_TEXT_MAX)), OK);
    assert_int_equal(policy_read(&policy, bytes_of(room, sizeof room)),
                     ERR_LIMIT);
}

/* ---- how far it can be trusted ----------------------------------------- */

static void the_bound_is_two_q_minus_n_minus_one(void **state)
{
    (void)state;
    static const struct {
        size_t witnesses;
        const char *rest;
        uint32_t n, q;
        int32_t f;
    } cases[] = {
        { 2, "quorum none\n", 0, 0, -1 },
        { 2, "quorum sjj\n", 1, 1, 0 },
        { 2, "group w any sfj sjj\nquorum w\n", 2, 1, -1 },
        { 3, "group w 2 sfj sjj gzc\nquorum w\n", 3, 2, 0 },
        { 4, "group w 3 sfj sjj gzc dag\nquorum w\n", 4, 3, 1 },
        { 4, "group w all sfj sjj gzc dag\nquorum w\n", 4, 4, 3 },
        { 5, "group w 4 sfj sjj gzc dag xxw\nquorum w\n", 5, 4, 2 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static struct cast cast;
        static struct policy policy;
        cast_policy(&cast, &policy, cases[i].witnesses, cases[i].rest);
        struct policy_bound bound = policy_bound(&policy);
        assert_int_equal(bound.n, cases[i].n);
        assert_int_equal(bound.q, cases[i].q);
        assert_int_equal(bound.f, cases[i].f);
    }
}

/* Any two sets that meet a quorum share more than f, and some share f + 1. */
static void the_bound_is_what_counting_all_sets_gives(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "group w 3 sfj sjj gzc dag xxw\nquorum w\n",
        "group a 2 sfj sjj gzc\ngroup w all a dag xxw\nquorum w\n",
        "group a all sfj sjj\ngroup b any gzc dag\ngroup w 2 a b xxw\n"
        "quorum w\n",
        "group a all sfj sjj\ngroup b all gzc dag\ngroup w 2 a b xxw\n"
        "quorum w\n",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static struct cast cast;
        static struct policy policy;
        cast_policy(&cast, &policy, WITNESSES, cases[i]);
        int least = WITNESSES, shared = WITNESSES;
        for (uint32_t a = 0; a < 1U << WITNESSES; a++) {
            if (!policy_is_met(&policy, a)) continue;
            int size = __builtin_popcount(a);
            least = size < least ? size : least;
            for (uint32_t b = 0; b < 1U << WITNESSES; b++) {
                int both = __builtin_popcount(a & b);
                if (policy_is_met(&policy, b) && both < shared) shared = both;
            }
        }
        struct policy_bound bound = policy_bound(&policy);
        assert_int_equal(bound.n, WITNESSES);
        assert_int_equal(bound.q, least);
        assert_int_equal(bound.f, shared - 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_canonical_policy_is_written_the_same),
        cmocka_unit_test(a_policy_in_another_form_is_not_canonical),
        cmocka_unit_test(an_address_or_a_late_log_is_not_canonical),
        cmocka_unit_test(one_key_in_two_parts_is_not_canonical),
        cmocka_unit_test(sixteen_witnesses_are_canonical_and_32_are_read),
        cmocka_unit_test(a_free_hand_is_read_as_well),
        cmocka_unit_test(a_wrong_policy_is_refused_at_its_line),
        cmocka_unit_test(a_key_has_one_line_and_the_right_type),
        cmocka_unit_test(a_policy_may_be_so_long_and_no_longer),
        cmocka_unit_test(the_bound_is_two_q_minus_n_minus_one),
        cmocka_unit_test(the_bound_is_what_counting_all_sets_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
