/* note_test — signed notes, signature lines and verifier keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/base64.h"
#include "core/ed25519.h"
#include "core/note.h"
#include "core/note_check.h"
#include "tests/vector.h"

#define A_LINE "\xe2\x80\x94 a AAAAAAE=\n"

static void assert_written_as(const struct note *note, struct bytes want)
{
    uint8_t *room = calloc(1, want.len + 1);
    assert_non_null(room);
    struct writer w = writer_into(room, want.len);
    note_write(&w, note);
    assert_false(w.is_full);
    assert_bytes(writer_bytes(&w), want);
    free(room);
}

static enum err read_text(struct note *note, const char *text)
{
    return note_read(note, bytes_text(text));
}

static void the_known_keys_and_notes_agree(void **state)
{
    (void)state;
    json_t *known = vector_load("log/note-keys.json");
    static const char *const vkeys[] = { "log_vkey", "witness_vkey",
                                         "c2sp_example_vkey" };
    static const char *const notes[] = { "signed_note", "signed_note",
                                         "c2sp_example_note" };
    for (size_t i = 0; i < 3; i++) {
        struct note_key key;
        struct note note;
        uint8_t room[NOTE_VKEY_MAX];
        struct bytes vkey = vector_text(known, vkeys[i]);
        struct bytes text = vector_text(known, notes[i]);
        assert_int_equal(note_key_read(&key, vkey), OK);
        struct writer w = writer_into(room, sizeof room);
        note_key_write(&w, &key);
        assert_bytes(writer_bytes(&w), vkey);
        assert_int_equal(note_read(&note, text), OK);
        assert_written_as(&note, text);
        assert_int_equal(note_check(&note, &key), OK);
    }
    json_decref(known);
}

static void a_key_is_made_of_its_parts(void **state)
{
    (void)state;
    json_t *known = vector_load("log/note-keys.json");
    uint8_t public_key[NOTE_KEY_LEN], input[128], signature[64], id[4];
    struct note_key key;
    vector_hex(public_key, sizeof public_key, vector_text(known, "log_pub"));
    assert_int_equal(note_key_make(&key, vector_text(known, "log_name"),
                                   NOTE_ED25519, public_key),
                     OK);
    vector_hex(id, sizeof id, vector_text(known, "log_keyid"));
    assert_int_equal(key.id, bytes_get_u32(id));
    struct hash hash = hash_sha256(
        vector_hex(input, sizeof input, vector_text(known, "log_keyid_input")));
    assert_int_equal(key.id, bytes_get_u32(hash.b));

    uint8_t room[256];
    struct writer w = writer_into(room, sizeof room);
    vector_hex(signature, sizeof signature,
               vector_text(known, "log_signature"));
    assert_int_equal(
        note_line_write(&w, &key, bytes_of(signature, sizeof signature)), OK);
    struct bytes note = vector_text(known, "signed_note");
    struct bytes text = vector_text(known, "note_text");
    assert_bytes(writer_bytes(&w), bytes_slice(note, text.len + 1, w.len));
    assert_int_equal(
        note_line_write(&w, &key, bytes_of(room, NOTE_SIGNATURE_MAX + 1)),
        ERR_LIMIT);
    w = writer_into(room, 20);
    assert_int_equal(
        note_line_write(&w, &key, bytes_of(signature, sizeof signature)),
        ERR_FULL);
    assert_int_equal(note_key_make(&key, bytes_text("a b"), 1, public_key),
                     ERR_FORMAT);
    assert_int_equal(note_key_make(&key, bytes_text("a"), 6, public_key),
                     ERR_SUPPORT);
    json_decref(known);
}

static void a_note_that_is_none_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        { "", ERR_FORMAT },
        { "\n", ERR_FORMAT },
        { "\n\n", ERR_FORMAT },
        { "text\n\n", ERR_FORMAT },
        { "text\n" A_LINE, ERR_FORMAT },
        { "text\n\n" A_LINE "x\n", ERR_FORMAT },
        { "text\n\n" A_LINE "\n", ERR_FORMAT },
        { "text\n\n" A_LINE "x", ERR_FORMAT },
        { "te\rxt\n\n" A_LINE, ERR_FORMAT },
        { "te\x1fxt\n\n" A_LINE, ERR_FORMAT },
        { "te\xffxt\n\n" A_LINE, ERR_FORMAT },
        { "te\xed\xa0\x80xt\n\n" A_LINE, ERR_FORMAT },
        { "text\n\n- a AAAAAAE=\n", ERR_FORMAT },
        { "text\n\n\xe2\x80\x94 a  AAAAAAE=\n", ERR_FORMAT },
        { "text\n\n\xe2\x80\x94 a AAAAAAE= \n", ERR_FORMAT },
        { "text\n\n\xe2\x80\x94 a+b AAAAAAE=\n", ERR_FORMAT },
        { "text\n\n\xe2\x80\x94 a\xc2\xa0 AAAAAAE=\n", ERR_FORMAT },
        { "text\n\n\xe2\x80\x94 a\xe3\x80\x80 AAAAAAE=\n", ERR_FORMAT },
        { "text\n\n\xe2\x80\x94 a\n", ERR_FORMAT },
        { "text\n\n\xe2\x80\x94 AAAAAAE=\n", ERR_FORMAT },
        { "text\n\n\xe2\x80\x94 a AAAAAA==\n", ERR_FORMAT },
        { "text\n\n\xe2\x80\x94 a AAAAAAE\n", ERR_FORMAT },
        { "text\n\n\xe2\x80\x94 a AAAAAAF=\n", ERR_CANONICAL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct note note;
        assert_int_equal(read_text(&note, cases[i].text), cases[i].err);
    }
}

static void the_last_empty_line_divides_a_note(void **state)
{
    (void)state;
    struct note note;
    assert_int_equal(read_text(&note, "one\n\ntwo\n\n" A_LINE A_LINE), OK);
    assert_bytes(note.text, bytes_text("one\n\ntwo\n"));
    assert_int_equal(note.line_count, 2);
    assert_bytes(note.lines[1].name, bytes_text("a"));
    assert_int_equal(note.lines[1].id, 0);
    assert_int_equal(note.lines[1].signature_len, 1);
    assert_int_equal(read_text(&note, "\n\n" A_LINE), OK);
    assert_bytes(note.text, bytes_text("\n"));
}

static void a_note_may_have_so_many_lines_and_no_more(void **state)
{
    (void)state;
    uint8_t room[4096];
    struct note note;
    struct writer w = writer_into(room, sizeof room);
    writer_text(&w, "text\n\n");
    for (size_t i = 0; i < NOTE_LINES_MAX; i++) writer_text(&w, A_LINE);
    assert_int_equal(note_read(&note, writer_bytes(&w)), OK);
    assert_written_as(&note, writer_bytes(&w));
    writer_text(&w, A_LINE);
    assert_int_equal(note_read(&note, writer_bytes(&w)), ERR_LIMIT);
}

static void a_signature_may_be_so_long_and_no_longer(void **state)
{
    (void)state;
    static uint8_t raw[4 + NOTE_SIGNATURE_MAX + 1], room[16384];
    for (size_t over = 0; over < 2; over++) {
        struct note note;
        struct writer w = writer_into(room, sizeof room);
        writer_text(&w, "text\n\n\xe2\x80\x94 a ");
        base64_write(&w, bytes_of(raw, 4 + NOTE_SIGNATURE_MAX + over));
        writer_byte(&w, '\n');
        assert_int_equal(note_read(&note, writer_bytes(&w)),
                         over == 0 ? OK : ERR_LIMIT);
        if (over > 0) continue;
        assert_int_equal(
            note_line_signature(raw, NOTE_SIGNATURE_MAX, &note.lines[0]), OK);
        assert_int_equal(
            note_line_signature(raw, NOTE_SIGNATURE_MAX - 1, &note.lines[0]),
            ERR_FULL);
    }
}

static void a_note_may_be_so_long_and_no_longer(void **state)
{
    (void)state;
    uint8_t *room = malloc(NOTE_LEN_MAX + 1);
    assert_non_null(room);
    bytes_fill(room, 'x', NOTE_LEN_MAX + 1);
    struct bytes end = bytes_text("\n\n" A_LINE);
    struct note note;
    bytes_copy(room + NOTE_LEN_MAX - end.len, end.at, end.len);
    assert_int_equal(note_read(&note, bytes_of(room, NOTE_LEN_MAX)), OK);
    bytes_copy(room + NOTE_LEN_MAX + 1 - end.len, end.at, end.len);
    assert_int_equal(note_read(&note, bytes_of(room, NOTE_LEN_MAX + 1)),
                     ERR_LIMIT);
    free(room);
}

static void a_verifier_key_has_one_spelling(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        { "", ERR_FORMAT },
        { "a", ERR_FORMAT },
        { "a+8adf4c2b", ERR_FORMAT },
        { "a+8adf4c2b+", ERR_FORMAT },
        { "+8adf4c2b+AWtPm3/0lSSGqzSdnC9NFbZ20lJ1pHDMU0ZbGP1GOL9v",
          ERR_FORMAT },
        { "a+8ADF4C2B+AWtPm3/0lSSGqzSdnC9NFbZ20lJ1pHDMU0ZbGP1GOL9v",
          ERR_FORMAT },
        { "a+8adf4c2+AWtPm3/0lSSGqzSdnC9NFbZ20lJ1pHDMU0ZbGP1GOL9v",
          ERR_FORMAT },
        { "a+8adf4c2b+AWtPm3/0lSSGqzSdnC9NFbZ20lJ1pHDMU0ZbGP1GOL9v", ERR_KEY },
        { "a b+8adf4c2b+AWtPm3/0lSSGqzSdnC9NFbZ20lJ1pHDMU0ZbGP1GOL9v",
          ERR_FORMAT },
        { "a+8adf4c2b+AWtPm3/0lSSGqzSdnC9NFbZ20lJ1pHDMU0ZbGP1GOL8=",
          ERR_FORMAT },
        { "a+8adf4c2b+AWtPm3/0lSSGqzSdnC9NFbZ20lJ1pHDMU0ZbGP1GOL9vAA==",
          ERR_FORMAT },
        { "a+8adf4c2b+AmtPm3/0lSSGqzSdnC9NFbZ20lJ1pHDMU0ZbGP1GOL9v",
          ERR_SUPPORT },
        { "a+8adf4c2b+Bg==", ERR_SUPPORT },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct note_key key;
        assert_int_equal(note_key_read(&key, bytes_text(cases[i].text)),
                         cases[i].err);
    }
}

/* ---- Ed25519 ----------------------------------------------------------- */

/* The group order L, little-endian. */
static const uint8_t order[32] = { 0xed, 0xd3, 0xf5, 0x5c, 0x1a,       0x63,
                                   0x12, 0x58, 0xd6, 0x9c, 0xf7,       0xa2,
                                   0xde, 0xf9, 0xde, 0x14, [31] = 0x10 };

static void a_signature_with_s_above_the_order_is_refused(void **state)
{
    (void)state;
    json_t *known = vector_load("log/note-keys.json");
    uint8_t sig[64] = { 0 }, key[32];
    struct bytes text = vector_text(known, "note_text");
    vector_hex(sig, sizeof sig, vector_text(known, "log_signature"));
    vector_hex(key, sizeof key, vector_text(known, "log_pub"));
    assert_true(ed25519_verify(sig, text, key));
    unsigned carry = 0;
    for (size_t i = 0; i < 32; i++) {
        carry += sig[32 + i] + (unsigned)order[i];
        sig[32 + i] = (uint8_t)carry;
        carry >>= 8;
    }
    assert_false(ed25519_verify(sig, text, key));
    json_decref(known);
}

static void keys_of_small_order_are_refused(void **state)
{
    (void)state;
    /* For the neutral element as key and R, S = 0 satisfies the equation. */
    uint8_t sig[64] = { 1 }, key[32] = { 1 };
    assert_false(ed25519_verify(sig, bytes_text("text"), key));
    assert_false(ed25519_verify(sig, bytes_of(NULL, 0), key));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_known_keys_and_notes_agree),
        cmocka_unit_test(a_key_is_made_of_its_parts),
        cmocka_unit_test(a_note_that_is_none_is_refused),
        cmocka_unit_test(the_last_empty_line_divides_a_note),
        cmocka_unit_test(a_note_may_have_so_many_lines_and_no_more),
        cmocka_unit_test(a_signature_may_be_so_long_and_no_longer),
        cmocka_unit_test(a_note_may_be_so_long_and_no_longer),
        cmocka_unit_test(a_verifier_key_has_one_spelling),
        cmocka_unit_test(a_signature_with_s_above_the_order_is_refused),
        cmocka_unit_test(keys_of_small_order_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
