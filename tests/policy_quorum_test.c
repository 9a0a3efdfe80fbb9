/* policy_quorum_test — when enough witnesses had signed, and in what order. */
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
#define TEXT "log.example/1\n3\ncl1SMNto9VdHDcNfHYhlgTrNfrsHrRUndBQd7LrnEyc=\n"
/* ---- notes ------------------------------------------------------------- */

struct cosigned {
    size_t witness;
    uint64_t time;
};

static void sign(struct note *note, struct writer *w, const struct cast *cast,
                 const struct cosigned *lines, size_t count)
{
    struct bytes text = bytes_text(TEXT);
    writer_add(w, text);
    writer_byte(w, '\n');
    signer_sign(w, &cast->log, text, 0);
    for (size_t i = 0; i < count; i++)
        signer_sign(w, &cast->witnesses[lines[i].witness], text, lines[i].time);
    assert_int_equal(note_read(note, writer_bytes(w)), OK);
}

static void a_quorum_has_a_first_and_a_last_time(void **state)
{
    (void)state;
    static const struct {
        struct cosigned lines[6];
        size_t count;
        enum err err;
        uint64_t first, last;
    } cases[] = {
        { { { 0, 0 } }, 0, ERR_ABSENT, 0, 0 },
        { { { 0, 10 } }, 1, ERR_ABSENT, 0, 0 },
        { { { 0, 10 }, { 0, 20 } }, 2, ERR_ABSENT, 0, 0 },
        { { { 0, 10 }, { 1, 20 } }, 2, OK, 20, 10 },
        { { { 0, 30 }, { 1, 20 }, { 2, 10 } }, 3, OK, 20, 20 },
        /* A refreshed line proves nothing earlier, and takes nothing away. */
        { { { 0, 10 }, { 1, 20 }, { 0, 90 } }, 3, OK, 20, 20 },
        { { { 0, 10 }, { 1, 20 }, { 0, 90 }, { 1, 80 } }, 4, OK, 20, 80 },
        /* A stranger's line is passed over. */
        { { { 4, 1 }, { 0, 10 }, { 1, 20 } }, 3, OK, 20, 10 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static struct cast cast;
        static struct policy policy;
        uint8_t room[4096];
        struct note note;
        struct checkpoint checkpoint;
        struct policy_view view;
        uint64_t first = 0, last = 0;
        struct writer w = writer_into(room, sizeof room);
        cast_policy(&cast, &policy, 3, "group w 2 sfj sjj gzc\nquorum w\n");
        sign(&note, &w, &cast, cases[i].lines, cases[i].count);
        assert_int_equal(policy_open_checkpoint(&checkpoint, &policy, &note),
                         OK);
        assert_int_equal(checkpoint.head.size, 3);
        assert_int_equal(policy_view_note(&view, &policy, &note), OK);
        assert_int_equal(policy_is_met(&policy, view.witnesses),
                         cases[i].err == OK);
        assert_int_equal(policy_first_time(&first, &policy, &view),
                         cases[i].err);
        assert_int_equal(policy_last_time(&last, &policy, &view), cases[i].err);
        assert_int_equal(first, cases[i].first);
        assert_int_equal(last, cases[i].last);
    }
}

static void without_a_quorum_there_is_no_time(void **state)
{
    (void)state;
    static struct cast cast;
    static struct policy policy;
    uint8_t room[4096];
    struct note note;
    struct policy_view view;
    uint64_t time;
    struct writer w = writer_into(room, sizeof room);
    cast_policy(&cast, &policy, 1, "quorum none\n");
    sign(&note, &w, &cast, &(struct cosigned){ 0, 10 }, 1);
    assert_int_equal(policy_view_note(&view, &policy, &note), OK);
    assert_true(policy_is_met(&policy, 0));
    assert_int_equal(policy_first_time(&time, &policy, &view), ERR_STATE);
    assert_int_equal(policy_last_time(&time, &policy, &view), ERR_STATE);
}

static void a_proof_holds_a_note_in_the_policys_order(void **state)
{
    (void)state;
    static const struct {
        struct cosigned lines[4];
        size_t count;
        bool is_ordered;
    } cases[] = {
        { { { 0, 0 } }, 0, true },
        { { { 0, 1 } }, 1, true },
        { { { 2, 1 } }, 1, true },
        { { { 0, 9 }, { 1, 1 }, { 2, 5 } }, 3, true },
        { { { 0, 9 }, { 2, 1 } }, 2, true },
        { { { 1, 1 }, { 0, 1 } }, 2, false },
        { { { 0, 1 }, { 0, 1 } }, 2, false },
        { { { 0, 1 }, { 3, 1 } }, 2, false },
        { { { 3, 1 } }, 1, false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static struct cast cast;
        static struct policy policy;
        uint8_t room[4096];
        struct note note;
        struct writer w = writer_into(room, sizeof room);
        cast_policy(&cast, &policy, 3, "quorum sfj\n");
        sign(&note, &w, &cast, cases[i].lines, cases[i].count);
        assert_int_equal(policy_is_note_ordered(&policy, &note),
                         cases[i].is_ordered);
        note.lines[0].signature_len++;
        assert_false(policy_is_note_ordered(&policy, &note));
        note.lines[0].signature_len--;
        note.lines[0].id ^= 1;
        assert_false(policy_is_note_ordered(&policy, &note));
    }
}

static void a_foreign_log_or_a_broken_line_is_refused(void **state)
{
    (void)state;
    static struct cast cast;
    static struct policy policy;
    uint8_t room[4096], wire[COSIGNATURE_LEN] = { 0 };
    struct note note;
    struct checkpoint checkpoint;
    struct policy_view view;
    struct writer w = writer_into(room, sizeof room);
    cast_policy(&cast, &policy, 1, "quorum sfj\n");
    sign(&note, &w, &cast, NULL, 0);
    note.lines[0].id ^= 1;
    assert_int_equal(policy_open_checkpoint(&checkpoint, &policy, &note),
                     ERR_ABSENT);

    size_t good = w.len;
    assert_int_equal(note_line_write(&w, &cast.witnesses[0].key,
                                     bytes_of(wire, sizeof wire)),
                     OK);
    assert_int_equal(note_read(&note, writer_bytes(&w)), OK);
    assert_int_equal(policy_view_note(&view, &policy, &note), ERR_SIGNATURE);
    w.len = good;
    assert_int_equal(note_line_write(&w, &cast.log.key, bytes_of(wire, 64)),
                     OK);
    assert_int_equal(note_read(&note, writer_bytes(&w)), OK);
    assert_int_equal(policy_open_checkpoint(&checkpoint, &policy, &note),
                     ERR_SIGNATURE);

    /* A text about another log, signed by the key of this one. */
    struct bytes text = bytes_text("else" TEXT);
    w = writer_into(room, sizeof room);
    writer_add(&w, text);
    writer_byte(&w, '\n');
    signer_sign(&w, &cast.log, text, 0);
    assert_int_equal(note_read(&note, writer_bytes(&w)), OK);
    assert_int_equal(policy_open_checkpoint(&checkpoint, &policy, &note),
                     ERR_KEY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quorum_has_a_first_and_a_last_time),
        cmocka_unit_test(without_a_quorum_there_is_no_time),
        cmocka_unit_test(a_proof_holds_a_note_in_the_policys_order),
        cmocka_unit_test(a_foreign_log_or_a_broken_line_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
