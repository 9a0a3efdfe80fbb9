/* checkpoint_test — what a log signs, against 23 known cases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/checkpoint.h"
#include "core/note_check.h"
#include "tests/vector.h"

#define ROOT "cl1SMNto9VdHDcNfHYhlgTrNfrsHrRUndBQd7LrnEyc=\n"
#define EMPTY_ROOT "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"

static struct note_key log_key(const json_t *known)
{
    struct note_key key;
    assert_int_equal(note_key_read(&key, vector_text(known, "log_vkey")), OK);
    return key;
}

static void assert_written_as(const struct checkpoint *checkpoint,
                              struct bytes want)
{
    uint8_t room[CHECKPOINT_TEXT_MAX];
    struct writer w = writer_into(room, sizeof room);
    checkpoint_write(&w, checkpoint);
    assert_bytes(writer_bytes(&w), want);
}

static enum err open_case(const json_t *vector, const struct note_key *key)
{
    struct note note;
    struct checkpoint checkpoint;
    enum err err = note_read(&note, vector_text(vector, "note"));
    if (err != OK) return err;
    err = checkpoint_open(&checkpoint, &note, key);
    if (err != OK) return err;
    assert_written_as(&checkpoint, note.text);
    return OK;
}

static void the_known_cases_are_accepted_and_refused(void **state)
{
    (void)state;
    json_t *known = vector_load("log/note-keys.json");
    json_t *cases = vector_load("log/checkpoint-cases.json");
    struct note_key key = log_key(known);
    assert_int_equal(json_array_size(cases), 23);
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *vector = json_array_get(cases, i);
        const json_t *accept = json_object_get(vector, "accept");
        enum err err = open_case(vector, &key);
        /* "either": a good line beside a broken one of the same key.  We
           refuse it. */
        bool is_accepted = json_is_true(accept);
        if ((err == OK) != is_accepted)
            fail_msg("%s: %s",
                     json_string_value(json_object_get(vector, "name")),
                     err_name(err));
    }
    json_decref(cases);
    json_decref(known);
}

static void a_line_of_another_algorithm_is_passed_over(void **state)
{
    (void)state;
    uint8_t room[1024];
    json_t *known = vector_load("log/note-keys.json");
    FILE *file = fopen("tests/vectors/log/checkpoint-with-sm2-line.txt", "rb");
    assert_non_null(file);
    size_t len = fread(room, 1, sizeof room, file);
    fclose(file);

    struct note note;
    struct checkpoint checkpoint;
    struct note_key witness, key = log_key(known);
    assert_int_equal(note_read(&note, bytes_of(room, len)), OK);
    assert_int_equal(note.line_count, 3);
    assert_int_equal(checkpoint_open(&checkpoint, &note, &key), OK);
    assert_int_equal(checkpoint.head.size, 300);
    assert_int_equal(
        note_key_read(&witness, vector_text(known, "witness_vkey")), OK);
    assert_int_equal(note_check(&note, &witness), OK);
    json_decref(known);
}

static void a_checkpoint_has_one_spelling(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        { "a\n3\n" ROOT, OK },
        { "a\n3\n" ROOT "ext\nmore\n", OK },
        { "a\n0\n" EMPTY_ROOT, OK },
        { "a\n9223372036854775807\n" ROOT, OK },
        { "", ERR_FORMAT },
        { "a\n3\n", ERR_FORMAT },
        { "\n3\n" ROOT, ERR_FORMAT },
        { "a b\n3\n" ROOT, ERR_FORMAT },
        { "a+b\n3\n" ROOT, ERR_FORMAT },
        { "a\n\n" ROOT, ERR_FORMAT },
        { "a\n 3\n" ROOT, ERR_FORMAT },
        { "a\n03\n" ROOT, ERR_FORMAT },
        { "a\n-3\n" ROOT, ERR_FORMAT },
        { "a\n3\n" ROOT "\n", ERR_FORMAT },
        { "a\n3\n" ROOT "ext", ERR_FORMAT },
        { "a\n3\n" ROOT "ext\n\n", ERR_FORMAT },
        { "a\n9223372036854775808\n" ROOT, ERR_RANGE },
        { "a\n99999999999999999999999\n" ROOT, ERR_RANGE },
        { "a\n0\n" ROOT, ERR_PROOF },
        { "a\n3\ncl1SMNto9VdHDcNfHYhlgTrNfrsHrRUndBQd7LrnEyd=\n",
          ERR_CANONICAL },
        { "a\n3\ncl1SMNto9VdHDcNfHYhlgTrNfrsHrRUndBQd7LrnEyc\n", ERR_FORMAT },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct checkpoint checkpoint;
        struct bytes text = bytes_text(cases[i].text);
        assert_int_equal(checkpoint_read(&checkpoint, text), cases[i].err);
        if (cases[i].err == OK) assert_written_as(&checkpoint, text);
    }
}

static void a_text_may_be_so_long_and_no_longer(void **state)
{
    (void)state;
    uint8_t room[CHECKPOINT_TEXT_MAX + 1];
    struct checkpoint checkpoint;
    struct bytes start = bytes_text("a\n3\n" ROOT);
    bytes_fill(room, 'x', sizeof room);
    bytes_copy(room, start.at, start.len);
    room[CHECKPOINT_TEXT_MAX - 1] = '\n';
    assert_int_equal(
        checkpoint_read(&checkpoint, bytes_of(room, CHECKPOINT_TEXT_MAX)), OK);
    room[CHECKPOINT_TEXT_MAX - 1] = 'x';
    room[CHECKPOINT_TEXT_MAX] = '\n';
    assert_int_equal(checkpoint_read(&checkpoint, bytes_of(room, sizeof room)),
                     ERR_LIMIT);
}

static void the_longest_plain_text_fits_its_room(void **state)
{
    (void)state;
    uint8_t room[CHECKPOINT_PLAIN_MAX], origin[CHECKPOINT_ORIGIN_MAX];
    bytes_fill(origin, 'a', sizeof origin);
    struct checkpoint checkpoint = { .origin = bytes_of(origin, sizeof origin),
                                     .head = { MERKLE_SIZE_MAX, { { 0 } } } };
    struct writer w = writer_into(room, sizeof room);
    checkpoint_write(&w, &checkpoint);
    assert_false(w.is_full);
    assert_int_equal(w.len, w.max);
}

static void a_log_answers_for_its_own_origin_only(void **state)
{
    (void)state;
    json_t *known = vector_load("log/note-keys.json");
    struct note note;
    struct checkpoint checkpoint;
    struct note_key key = log_key(known), witness, other;
    assert_int_equal(
        note_key_read(&witness, vector_text(known, "witness_vkey")), OK);
    assert_int_equal(note_read(&note, vector_text(known, "signed_note")), OK);
    assert_int_equal(checkpoint_open(&checkpoint, &note, &witness), ERR_KEY);

    /* The same key under another name: its line is not there. */
    assert_int_equal(
        note_key_make(&other, bytes_text("else"), NOTE_ED25519, key.key), OK);
    assert_int_equal(checkpoint_open(&checkpoint, &note, &other), ERR_ABSENT);
    /* The line is there, the origin is another one. */
    assert_int_equal(note_read(&note, vector_text(known, "c2sp_example_note")),
                     OK);
    assert_int_equal(
        note_key_read(&other, vector_text(known, "c2sp_example_vkey")), OK);
    assert_int_equal(checkpoint_open(&checkpoint, &note, &other), ERR_FORMAT);
    json_decref(known);
}

static void an_origin_does_not_end_in_a_slash(void **state)
{
    (void)state;
    assert_true(checkpoint_is_origin(bytes_text("draw.example.gov/log1")));
    assert_false(checkpoint_is_origin(bytes_text("draw.example.gov/")));
    assert_false(checkpoint_is_origin(bytes_text("draw example")));
    assert_false(checkpoint_is_origin(bytes_text("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_known_cases_are_accepted_and_refused),
        cmocka_unit_test(a_line_of_another_algorithm_is_passed_over),
        cmocka_unit_test(a_checkpoint_has_one_spelling),
        cmocka_unit_test(a_text_may_be_so_long_and_no_longer),
        cmocka_unit_test(the_longest_plain_text_fits_its_room),
        cmocka_unit_test(a_log_answers_for_its_own_origin_only),
        cmocka_unit_test(an_origin_does_not_end_in_a_slash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
