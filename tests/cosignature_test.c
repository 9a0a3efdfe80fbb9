/* cosignature_test — the word of a witness. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/cosignature.h"
#include "core/note_check.h"
#include "tests/signer.h"
#include "tests/vector.h"

#define TEXT "log.example/1\n3\ncl1SMNto9VdHDcNfHYhlgTrNfrsHrRUndBQd7LrnEyc=\n"

static struct bytes text(void)
{
    return bytes_text(TEXT);
}

static void the_known_message_and_time_agree(void **state)
{
    (void)state;
    json_t *known = vector_load("log/note-keys.json");
    uint8_t room[COSIGNATURE_MESSAGE_MAX];
    struct note note;
    struct note_key witness, log;
    struct cosignature_times times;
    struct writer w = writer_into(room, sizeof room);
    uint64_t time = vector_number(known, "cosignature_timestamp");
    cosignature_message(&w, time, vector_text(known, "note_text"));
    assert_bytes(writer_bytes(&w), vector_text(known, "cosigned_message"));

    assert_int_equal(
        note_key_read(&witness, vector_text(known, "witness_vkey")), OK);
    assert_int_equal(note_read(&note, vector_text(known, "signed_note")), OK);
    assert_int_equal(cosignature_check(&times, &note, &witness), OK);
    assert_int_equal(times.count, 1);
    assert_int_equal(times.earliest, time);
    assert_int_equal(times.latest, time);

    assert_int_equal(note_key_read(&log, vector_text(known, "log_vkey")), OK);
    assert_int_equal(cosignature_check(&times, &note, &log), ERR_KEY);
    json_decref(known);
}

static void a_known_cosignature_is_made_again(void **state)
{
    (void)state;
    json_t *known = vector_load("log/note-keys.json");
    struct signer witness = { .seed = { 0 } };
    uint8_t room[512];
    struct writer w = writer_into(room, sizeof room);
    vector_hex(witness.seed, 32, vector_text(known, "witness_seed"));
    assert_int_equal(
        note_key_read(&witness.key, vector_text(known, "witness_vkey")), OK);
    writer_add(&w, vector_text(known, "note_text"));
    struct bytes whole = vector_text(known, "signed_note"), log_line;
    struct bytes rest = bytes_slice(whole, w.len + 1, whole.len);
    assert_true(bytes_take_line(&log_line, &rest));
    w = writer_into(room, sizeof room);
    signer_sign(&w, &witness, vector_text(known, "note_text"),
                vector_number(known, "cosignature_timestamp"));
    assert_bytes(writer_bytes(&w), rest);
    json_decref(known);
}

static void what_is_read_is_written_the_same(void **state)
{
    (void)state;
    uint8_t wire[COSIGNATURE_LEN + 1], room[COSIGNATURE_LEN];
    for (size_t i = 0; i < sizeof wire; i++) wire[i] = (uint8_t)i;
    struct cosignature cosignature;
    struct bytes bytes = bytes_of(wire, COSIGNATURE_LEN);
    assert_int_equal(cosignature_read(&cosignature, bytes), OK);
    assert_int_equal(cosignature.time, 0x0001020304050607);
    struct writer w = writer_into(room, sizeof room);
    cosignature_write(&w, &cosignature);
    assert_bytes(writer_bytes(&w), bytes);

    assert_int_equal(cosignature_read(&cosignature, bytes_slice(bytes, 0, 71)),
                     ERR_FORMAT);
    assert_int_equal(
        cosignature_read(&cosignature, bytes_of(wire, sizeof wire)),
        ERR_FORMAT);
    wire[0] = 0x80;
    assert_int_equal(cosignature_read(&cosignature, bytes), ERR_RANGE);
}

static void the_earliest_and_the_latest_line_count(void **state)
{
    (void)state;
    struct signer w1 = signer_make("w.example/1", NOTE_COSIGNATURE, 2);
    struct signer w2 = signer_make("w.example/2", NOTE_COSIGNATURE, 3);
    static const uint64_t when[] = { 200, 100, 300 };
    uint8_t room[2048];
    struct note note;
    struct cosignature_times times;
    struct writer w = writer_into(room, sizeof room);
    writer_add(&w, text());
    writer_byte(&w, '\n');
    for (size_t i = 0; i < 3; i++) signer_sign(&w, &w1, text(), when[i]);
    assert_int_equal(note_read(&note, writer_bytes(&w)), OK);
    assert_int_equal(cosignature_check(&times, &note, &w1.key), OK);
    assert_int_equal(times.count, 3);
    assert_int_equal(times.earliest, 100);
    assert_int_equal(times.latest, 300);
    assert_int_equal(cosignature_check(&times, &note, &w2.key), ERR_ABSENT);
    assert_int_equal(note_check(&note, &w1.key), OK);
    assert_int_equal(note_check(&note, &w2.key), ERR_ABSENT);
}

/* A wrong time, another text, a line of another length. */
static void a_broken_line_of_a_known_witness_is_refused(void **state)
{
    (void)state;
    struct signer witness = signer_make("w.example/1", NOTE_COSIGNATURE, 2);
    for (int fault = 0; fault < 4; fault++) {
        uint8_t room[2048], wire[COSIGNATURE_LEN] = { 0 };
        struct note note;
        struct cosignature_times times;
        struct writer w = writer_into(room, sizeof room);
        writer_add(&w, text());
        writer_byte(&w, '\n');
        signer_sign(&w, &witness, text(), 100);
        size_t good = w.len;
        if (fault == 0) signer_sign(&w, &witness, bytes_text("x\n"), 100);
        if (fault > 0)
            assert_int_equal(note_line_write(&w, &witness.key,
                                             bytes_of(wire, fault == 1   ? 71
                                                            : fault == 2 ? 64
                                                                         : 72)),
                             OK);
        assert_int_equal(note_read(&note, writer_bytes(&w)), OK);
        assert_int_equal(cosignature_check(&times, &note, &witness.key),
                         ERR_SIGNATURE);
        assert_int_equal(note_read(&note, bytes_of(room, good)), OK);
        assert_int_equal(cosignature_check(&times, &note, &witness.key), OK);
    }
}

static void a_text_too_long_to_be_cosigned_is_refused(void **state)
{
    (void)state;
    static uint8_t room[CHECKPOINT_TEXT_MAX + 200];
    struct signer witness = signer_make("w.example/1", NOTE_COSIGNATURE, 2);
    struct cosignature_times times;
    uint8_t wire[COSIGNATURE_LEN] = { 0 };
    struct writer w = writer_into(room, sizeof room);
    for (size_t i = 0; i < CHECKPOINT_TEXT_MAX; i++) writer_byte(&w, 'x');
    writer_text(&w, "\n\n");
    assert_int_equal(
        note_line_write(&w, &witness.key, bytes_of(wire, sizeof wire)), OK);
    struct note note;
    assert_int_equal(note_read(&note, writer_bytes(&w)), OK);
    assert_int_equal(cosignature_check(&times, &note, &witness.key), ERR_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_known_message_and_time_agree),
        cmocka_unit_test(a_known_cosignature_is_made_again),
        cmocka_unit_test(what_is_read_is_written_the_same),
        cmocka_unit_test(the_earliest_and_the_latest_line_count),
        cmocka_unit_test(a_broken_line_of_a_known_witness_is_refused),
        cmocka_unit_test(a_text_too_long_to_be_cosigned_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
