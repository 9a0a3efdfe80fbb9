/* log_test — the append path grows, and proves what it holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/log_fixture.h"

static void a_new_log_shows_size_0_and_then_entry_0(void **state)
{
    (void)state;
    struct directory dir;
    create(&dir);
    struct merkle_head head;
    assert_int_equal(evidence_head(&head, dir.db, 0), OK);
    assert_true(hash_equal(head.root, merkle_root(NULL, 0)));
    assert_int_equal(evidence_published(&head, dir.db), OK);
    assert_int_equal(head.size, 1);

    uint8_t room[2048];
    struct writer w = writer_into(room, sizeof room);
    assert_int_equal(evidence_checkpoint(&w, dir.db), OK);
    struct note note;
    struct note_key key;
    struct checkpoint checkpoint;
    assert_int_equal(note_read(&note, writer_bytes(&w)), OK);
    assert_int_equal(log_key(&key, &dir.log), OK);
    assert_int_equal(checkpoint_open(&checkpoint, &note, &key), OK);
    assert_int_equal(checkpoint.head.size, 1);
    assert_true(
        bytes_equal_text(checkpoint.origin, "draw.example.gov/log1/rehearsal"));
    directory_close(&dir);
    open_again(&dir, OK);
    directory_close(&dir);
}

static void a_second_init_is_refused(void **state)
{
    (void)state;
    struct directory dir;
    create(&dir);
    directory_close(&dir);
    const struct directory_birth birth = { .origin = "other",
                                           .is_rehearsal = true };
    assert_int_equal(directory_create(&dir, &options, &birth), ERR_EXISTS);
    directory_close(&dir);
}

static void overrides_are_for_rehearsals(void **state)
{
    (void)state;
    struct directory dir;
    const struct directory_birth birth = { .origin = "real.gov/log" };
    assert_int_equal(directory_create(&dir, &options, &birth), ERR_INPUT);
    directory_close(&dir);
}

/* Sizes around the edges of tiles, each step from the one before. */
static void stored_tiles_give_the_root_of_the_entries(void **state)
{
    (void)state;
    static const size_t sizes[] = { 1, 255, 256, 257, 512, 513, 65535, 65537 };
    struct directory dir;
    struct merkle_path path;
    struct merkle_head before, head;
    create(&dir);
    assert_int_equal(evidence_published(&before, dir.db), OK);
    for (size_t i = 1; i < sizeof sizes / sizeof *sizes; i++) {
        grow(&dir, sizes[i] - before.size);
        assert_int_equal(evidence_published(&head, dir.db), OK);
        assert_int_equal(head.size, sizes[i]);
        if (head.size != 65535) /* reading all again takes its time */
            assert_true(hash_equal(head.root, plain_root(dir.db, head.size)));
        struct merkle_growth growth = { before.size, head.size };
        assert_int_equal(evidence_consistency(&path, dir.db, growth), OK);
        assert_int_equal(merkle_check_consistency(&path, &before, &head), OK);
        before = head;
    }
    for (uint64_t i = 0; i < head.size; i += 4099) {
        uint8_t room[512];
        struct writer w = writer_into(room, sizeof room);
        assert_int_equal(evidence_entry(&w, dir.db, i), OK);
        struct merkle_place place = { i, merkle_leaf(writer_bytes(&w)) };
        assert_int_equal(evidence_inclusion(&path, dir.db, i, head.size), OK);
        assert_int_equal(merkle_check_inclusion(&path, &place, &head), OK);
    }
    directory_close(&dir);
    open_again(&dir, OK);
    grow(&dir, 3);
    directory_close(&dir);
}

static void tiles_are_served_below_the_published_size_only(void **state)
{
    (void)state;
    struct directory dir;
    create(&dir);
    grow(&dir, 299);
    static const struct {
        struct tile tile;
        enum err want;
        size_t len;
    } cases[] = {
        { { false, 0, 0, 256 }, OK, 8192 },
        { { false, 0, 0, 7 }, OK, 7 * 32 },
        { { false, 0, 1, 44 }, OK, 44 * 32 },
        { { false, 0, 1, 45 }, ERR_ABSENT, 0 },
        { { false, 1, 0, 1 }, OK, 32 },
        { { false, 1, 0, 2 }, ERR_ABSENT, 0 },
        { { false, 2, 0, 1 }, ERR_ABSENT, 0 },
        { { false, 63, 0, 1 }, ERR_ABSENT, 0 },
        { { true, 0, 1, 45 }, ERR_ABSENT, 0 },
    };
    struct bytes body;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(evidence_tile(&body, dir.db, cases[i].tile),
                         cases[i].want);
        if (cases[i].want != OK) continue;
        assert_int_equal(body.len, cases[i].len);
        evidence_release(&body);
    }
    struct tile bundle = { true, 0, 1, 44 };
    assert_int_equal(evidence_tile(&body, dir.db, bundle), OK);
    assert_int_equal(tile_check_bundle(body, 44), OK);
    evidence_release(&body);
    directory_close(&dir);
}

static void an_entry_must_be_canonical_and_not_too_long(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum err want;
    } cases[] = {
        { "", ERR_FORMAT },
        { "{}", ERR_FORMAT },
        { "[1]", ERR_FORMAT },
        { "{\"draw\":0,\"kind\":\"k\",\"prev\":\"00\",\"time\":1}",
          ERR_FORMAT },
        { "{\"kind\":\"k\",\"draw\":0,\"prev\":\"00000000000000000000000000"
          "00000000000000000000000000000000000000\",\"time\":1798761600}",
          ERR_CANONICAL },
        { "{\"draw\":0,\"kind\":\"k\",\"prev\":\"00000000000000000000000000"
          "00000000000000000000000000000000000000\",\"time\":1}",
          ERR_STATE },
        { "{\"draw\":0,\"kind\":\"log\",\"prev\":\"000000000000000000000000"
          "0000000000000000000000000000000000000000\",\"time\":1798761600}",
          ERR_EXISTS },
    };
    struct directory dir;
    uint64_t index = 0;
    create(&dir);
    assert_int_equal(log_append(&index, &dir.log, entry(1, 0)), ERR_STATE);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(log_begin(&dir.log), OK);
        struct bytes text = bytes_text(cases[i].text);
        enum err err = log_append(&index, &dir.log, text);
        assert_int_equal(err, cases[i].want);
        assert_int_equal(log_finish(&dir.log, err), err);
    }
    size_t frame =
        entry(1, 0).len - strlen("{\"draw\":0,\"kind\":\"test\",\"number\":1,"
                                 "\"pad\":\"");
    assert_int_equal(log_begin(&dir.log), OK);
    struct bytes text = entry(1, TILE_ENTRY_MAX - frame + 1);
    assert_int_equal(text.len, TILE_ENTRY_MAX + 1);
    assert_int_equal(log_append(&index, &dir.log, text), ERR_LIMIT);
    text = entry(1, TILE_ENTRY_MAX - frame);
    assert_int_equal(text.len, TILE_ENTRY_MAX);
    assert_int_equal(log_append(&index, &dir.log, text), OK);
    assert_int_equal(log_finish(&dir.log, OK), OK);
    assert_int_equal(log_publish(&dir.log), OK);
    directory_close(&dir);
}

static void a_step_given_up_leaves_nothing(void **state)
{
    (void)state;
    struct directory dir;
    uint64_t index = 0;
    create(&dir);
    assert_int_equal(log_begin(&dir.log), OK);
    assert_int_equal(log_append(&index, &dir.log, entry(1, 0)), OK);
    assert_int_equal(log_finish(&dir.log, ERR_INPUT), ERR_INPUT);
    grow(&dir, 2);
    assert_int_equal(dir.log.published.size, 3);
    assert_true(hash_equal(dir.log.published.root, plain_root(dir.db, 3)));
    directory_close(&dir);
}

#define TEST(f) cmocka_unit_test_teardown(f, clear_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_log_shows_size_0_and_then_entry_0),
        TEST(a_second_init_is_refused),
        TEST(overrides_are_for_rehearsals),
        TEST(stored_tiles_give_the_root_of_the_entries),
        TEST(tiles_are_served_below_the_published_size_only),
        TEST(an_entry_must_be_canonical_and_not_too_long),
        TEST(a_step_given_up_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
