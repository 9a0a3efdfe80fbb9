/* witness_test — cosignatures: kept when true, on time or late by their own
 * clocks; a head that we do not know stops the log. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "domain/witness.h"

#include "tests/log_fixture.h"

#define NOW UINT64_C(1798761600) /* 2027-01-01T00:00:00Z */

enum { WITNESSES = 3 };

static const uint8_t seeds[WITNESSES + 1][32] = { "first", "second", "third",
                                                  "stranger" };
static const char *const names[WITNESSES + 1] = { "sfj.example.gov/w",
                                                  "sjj.example.gov/w",
                                                  "gzc.example.gov/w",
                                                  "nobody.example/w" };

static struct note_key key_of(size_t i)
{
    struct note_key key;
    uint8_t public_key[32];
    crypto_public(public_key, seeds[i]);
    assert_int_equal(
        note_key_make(&key, bytes_text(names[i]), NOTE_COSIGNATURE, public_key),
        OK);
    return key;
}

/* A log with a quorum of two out of three. */
static void create_witnessed(struct directory *dir)
{
    static const char *const short_names[] = { "sfj", "sjj", "gzc" };
    uint8_t room[2048];
    struct writer w = writer_into(room, sizeof room);
    for (size_t i = 0; i < WITNESSES; i++) {
        struct note_key key = key_of(i);
        writer_text(&w, "witness ");
        writer_text(&w, short_names[i]);
        writer_text(&w, " ");
        note_key_write(&w, &key);
        writer_text(&w, "\n");
    }
    writer_text(&w, "group w 2 sfj sjj gzc\nquorum w\n");
    const struct directory_birth birth = { .origin = "draw.example.gov/log1",
                                           .is_rehearsal = true,
                                           .policy = writer_bytes(&w) };
    enum err err = directory_create(dir, &options, &birth);
    if (err != OK) print_message("%s\n", dir->why);
    assert_int_equal(err, OK);
}

static struct bytes text_of(struct writer *w, const struct directory *dir,
                            const struct merkle_head *head)
{
    struct checkpoint checkpoint = { .origin = bytes_text(dir->log.origin),
                                     .head = *head };
    size_t from = w->len;
    checkpoint_write(w, &checkpoint);
    return bytes_slice(writer_bytes(w), from, w->len);
}

static void add_line(struct writer *w, size_t witness, uint64_t time,
                     struct bytes text)
{
    uint8_t room[COSIGNATURE_MESSAGE_MAX], line[COSIGNATURE_LEN];
    struct writer message = writer_into(room, sizeof room);
    struct writer signature = writer_into(line, sizeof line);
    struct cosignature cosignature = { .time = time };
    cosignature_message(&message, time, text);
    crypto_signature(cosignature.signature, seeds[witness],
                     writer_bytes(&message));
    cosignature_write(&signature, &cosignature);
    struct note_key key = key_of(witness);
    assert_int_equal(note_line_write(w, &key, writer_bytes(&signature)), OK);
}

/* Only the lines, or the whole note, of one witness for one head. */
static enum err cosign(struct directory *dir, const struct merkle_head *head,
                       size_t witness, uint64_t time, bool is_whole)
{
    uint8_t room[2048], other[1024];
    struct writer w = writer_into(room, sizeof room);
    struct writer aside = writer_into(other, sizeof other);
    struct bytes text = text_of(is_whole ? &w : &aside, dir, head);
    if (is_whole) writer_text(&w, "\n");
    add_line(&w, witness, time, text);
    struct witness_report report;
    return witness_store(&report, &dir->log, writer_bytes(&w));
}

static struct witness_answer answer;

static enum err ask(struct directory *dir, bool is_late, uint64_t index,
                    uint64_t deadline)
{
    static struct policy policy;
    static uint8_t room[POLICY_TEXT_MAX];
    struct writer w = writer_into(room, sizeof room);
    assert_int_equal(store_log_policy_read(&w, dir->db, NULL), OK);
    assert_int_equal(policy_read_canonical(&policy, writer_bytes(&w)), OK);
    const struct witness_question question = { &policy, deadline, index };
    return is_late ? witness_late(&answer, dir->db, &question)
                   : witness_on_time(&answer, dir->db, &question);
}

static void a_quorum_before_the_deadline_is_on_time(void **state)
{
    (void)state;
    struct directory dir;
    create_witnessed(&dir);
    grow(&dir, 2);
    struct merkle_head head = dir.log.published;
    assert_int_equal(cosign(&dir, &head, 0, NOW + 10, true), OK);
    assert_int_equal(ask(&dir, false, 2, NOW + 100), ERR_ABSENT);
    assert_int_equal(cosign(&dir, &head, 2, NOW + 20, false), OK);
    assert_int_equal(ask(&dir, false, 2, NOW + 20), OK);
    assert_int_equal(answer.size, 3);
    assert_int_equal(answer.time, NOW + 20);
    assert_int_equal(ask(&dir, false, 2, NOW + 19), ERR_ABSENT);
    assert_int_equal(ask(&dir, false, 3, NOW + 20), ERR_ABSENT);
    directory_close(&dir);
}

static void a_later_head_can_prove_it_as_well(void **state)
{
    (void)state;
    struct directory dir;
    create_witnessed(&dir);
    grow(&dir, 2);
    grow(&dir, 2);
    struct merkle_head head = dir.log.published;
    assert_int_equal(cosign(&dir, &head, 0, NOW + 10, true), OK);
    assert_int_equal(cosign(&dir, &head, 1, NOW + 10, true), OK);
    assert_int_equal(ask(&dir, false, 1, NOW + 10), OK);
    assert_int_equal(answer.size, 5);
    directory_close(&dir);
}

/* A refreshed time proves late, and takes nothing from on time. */
static void the_earliest_and_the_latest_lines_are_kept(void **state)
{
    (void)state;
    struct directory dir;
    create_witnessed(&dir);
    struct merkle_head head = dir.log.published;
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(cosign(&dir, &head, i, NOW + 10, true), OK);
        assert_int_equal(cosign(&dir, &head, i, NOW + 10, true), OK);
    }
    assert_int_equal(ask(&dir, true, 1, NOW + 50), ERR_ABSENT);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(cosign(&dir, &head, i, NOW + 60, true), OK);
    assert_int_equal(ask(&dir, true, 1, NOW + 50), OK);
    assert_int_equal(answer.time, NOW + 60);
    assert_int_equal(ask(&dir, true, 1, NOW + 60), ERR_ABSENT);
    assert_int_equal(ask(&dir, true, 0, NOW + 50), ERR_ABSENT);
    assert_int_equal(ask(&dir, false, 0, NOW + 10), OK);

    uint8_t room[EVIDENCE_NOTE_MAX];
    struct writer w = writer_into(room, sizeof room);
    struct note note;
    assert_int_equal(evidence_heads(&w, dir.db, 1), OK);
    assert_int_equal(note_read(&note, writer_bytes(&w)), OK);
    assert_int_equal(note.line_count, 3);
    directory_close(&dir);
}

static void a_false_or_foreign_line_is_not_kept(void **state)
{
    (void)state;
    struct directory dir;
    create_witnessed(&dir);
    grow(&dir, 1);
    struct merkle_head head = dir.log.published, other = head;
    assert_int_equal(cosign(&dir, &head, WITNESSES, NOW, true), ERR_ABSENT);
    assert_int_equal(cosign(&dir, &head, WITNESSES, NOW, false), ERR_ABSENT);

    /* A line for a head that we do not have, without the head. */
    other.root.b[0] ^= 1;
    assert_int_equal(cosign(&dir, &other, 0, NOW, false), ERR_SIGNATURE);

    /* One true and one false line: none is kept. */
    uint8_t room[2048];
    struct writer w = writer_into(room, sizeof room);
    struct bytes text = text_of(&w, &dir, &head);
    writer_text(&w, "\n");
    add_line(&w, 0, NOW, text);
    add_line(&w, 1, NOW, bytes_text("another text\n"));
    struct witness_report report;
    assert_int_equal(witness_store(&report, &dir.log, writer_bytes(&w)),
                     ERR_SIGNATURE);
    assert_int_equal(ask(&dir, false, 0, NOW), ERR_ABSENT);
    assert_int_equal(witness_store(&report, &dir.log, bytes_text("rubbish")),
                     ERR_FORMAT);
    assert_int_equal(dir.log.stop, OK);
    directory_close(&dir);
}

/* Whoever restored database and guard together is told by a witness. */
static void a_head_that_we_do_not_know_stops_the_log_for_good(void **state)
{
    (void)state;
    struct directory dir;
    create_witnessed(&dir);
    grow(&dir, 1);
    struct merkle_head head = dir.log.published;
    head.size += 7;
    head.root.b[0] ^= 1;
    assert_int_equal(cosign(&dir, &head, WITNESSES, NOW, true), ERR_ABSENT);
    assert_int_equal(dir.log.stop, OK);
    assert_int_equal(cosign(&dir, &head, 1, NOW, true), ERR_FORK);
    assert_int_equal(log_begin(&dir.log), ERR_FORK);
    directory_close(&dir);
    open_again(&dir, ERR_FORK);
    directory_close(&dir);
}

static void another_root_for_our_size_stops_the_log(void **state)
{
    (void)state;
    struct directory dir;
    create_witnessed(&dir);
    grow(&dir, 1);
    struct merkle_head head = dir.log.published;
    head.root.b[31] ^= 1;
    assert_int_equal(cosign(&dir, &head, 0, NOW, true), ERR_FORK);
    directory_close(&dir);
}

static void without_a_quorum_nothing_is_proved(void **state)
{
    (void)state;
    struct directory dir;
    create(&dir);
    assert_int_equal(ask(&dir, false, 0, NOW), ERR_STATE);
    assert_int_equal(ask(&dir, true, 1, NOW), ERR_STATE);
    directory_close(&dir);
}

static void a_policy_in_another_form_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "quorum none",
        "quorum  none\n",
        "# none\nquorum none\n",
        "quorum w\n",
        "witness a b\nquorum none\n",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct directory dir;
        const struct directory_birth birth = { .origin = "x",
                                               .is_rehearsal = true,
                                               .policy = bytes_text(cases[i]) };
        assert_int_equal(directory_create(&dir, &options, &birth), ERR_INPUT);
        directory_close(&dir);
        clear_folder(NULL);
    }
}

#define TEST(f) cmocka_unit_test_teardown(f, clear_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_quorum_before_the_deadline_is_on_time),
        TEST(a_later_head_can_prove_it_as_well),
        TEST(the_earliest_and_the_latest_lines_are_kept),
        TEST(a_false_or_foreign_line_is_not_kept),
        TEST(a_head_that_we_do_not_know_stops_the_log_for_good),
        TEST(another_root_for_our_size_stops_the_log),
        TEST(without_a_quorum_nothing_is_proved),
        TEST(a_policy_in_another_form_is_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
