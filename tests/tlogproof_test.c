/* tlogproof_test — a proof of logging in one text file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/tlogproof.h"
#include "tests/signer.h"
#include "tests/vector.h"

enum { SIZE = 5, ROOM_MAX = 4096 };

/* A log of five leaves, one witness, a policy and the proof of leaf 2. */
struct scene {
    struct signer log, witness;
    struct hash nodes[2 * SIZE];
    struct policy policy;
    uint8_t policy_room[ROOM_MAX], note_room[ROOM_MAX], room[ROOM_MAX];
    struct bytes note, text;
    struct tlogproof proof;
    struct hash leaf;
};

static void sign(struct scene *scene, bool is_cosigned)
{
    uint8_t room[CHECKPOINT_PLAIN_MAX];
    struct writer text = writer_into(room, sizeof room);
    struct writer w = writer_into(scene->note_room, sizeof scene->note_room);
    const struct checkpoint checkpoint = {
        .origin = scene->log.key.name,
        .head = { SIZE, merkle_root(scene->nodes, SIZE) },
    };
    checkpoint_write(&text, &checkpoint);
    writer_add(&w, writer_bytes(&text));
    writer_byte(&w, '\n');
    signer_sign(&w, &scene->log, writer_bytes(&text), 0);
    if (is_cosigned) signer_sign(&w, &scene->witness, writer_bytes(&text), 100);
    scene->note = writer_bytes(&w);
}

static void write(struct scene *scene)
{
    struct writer w = writer_into(scene->room, sizeof scene->room);
    scene->proof.note = scene->note;
    tlogproof_write(&w, &scene->proof);
    assert_false(w.is_full);
    scene->text = writer_bytes(&w);
}

static void scene_begin(struct scene *scene)
{
    bytes_fill(scene, 0, sizeof *scene);
    scene->log = signer_make("log.example/1", NOTE_ED25519, 1);
    scene->witness = signer_make("w.example/1", NOTE_COSIGNATURE, 2);
    for (uint8_t i = 0; i < (uint8_t)SIZE; i++)
        scene->nodes[i] = merkle_leaf(bytes_of(&i, 1));
    struct merkle_levels levels = { SIZE, scene->nodes };
    merkle_levels_fill(&levels);

    struct writer w =
        writer_into(scene->policy_room, sizeof scene->policy_room);
    writer_text(&w, "log ");
    note_key_write(&w, &scene->log.key);
    writer_text(&w, "\nwitness w ");
    note_key_write(&w, &scene->witness.key);
    writer_text(&w, "\nquorum w\n");
    assert_int_equal(policy_read(&scene->policy, writer_bytes(&w)), OK);

    struct merkle_source source = merkle_levels_source(&levels);
    struct merkle_place place = { .index = scene->proof.index = 2 };
    assert_int_equal(
        merkle_prove_inclusion(&scene->proof.path, &place, &source, SIZE), OK);
    scene->leaf = place.leaf;
    sign(scene, true);
    write(scene);
}

static void a_proof_is_read_as_written_and_holds(void **state)
{
    (void)state;
    static struct scene scene;
    static const char *const extras[] = { "", "Zm9v", "Zm9vYg==" };
    for (size_t i = 0; i < 3; i++) {
        uint8_t room[ROOM_MAX];
        struct tlogproof proof;
        scene_begin(&scene);
        scene.proof.extra = bytes_text(extras[i]);
        write(&scene);
        assert_int_equal(tlogproof_read(&proof, scene.text), OK);
        assert_int_equal(proof.index, 2);
        assert_int_equal(proof.path.count, 3);
        assert_bytes(proof.extra, bytes_text(extras[i]));
        struct writer w = writer_into(room, sizeof room);
        tlogproof_write(&w, &proof);
        assert_bytes(writer_bytes(&w), scene.text);
        assert_int_equal(tlogproof_check(&proof, scene.leaf, &scene.policy),
                         OK);
    }
}

static void a_wrong_proof_is_refused(void **state)
{
    (void)state;
    static struct scene scene;
    scene_begin(&scene);
    struct tlogproof proof = scene.proof;
    struct policy *policy = &scene.policy;
    assert_int_equal(tlogproof_check(&proof, scene.nodes[3], policy),
                     ERR_PROOF);
    proof.index = 3;
    assert_int_equal(tlogproof_check(&proof, scene.leaf, policy), ERR_PROOF);
    proof.index = SIZE;
    assert_int_equal(tlogproof_check(&proof, scene.leaf, policy), ERR_RANGE);
    proof.index = 2;
    proof.path.count--;
    assert_int_equal(tlogproof_check(&proof, scene.leaf, policy), ERR_PROOF);

    sign(&scene, false);
    write(&scene);
    assert_int_equal(tlogproof_read(&proof, scene.text), OK);
    assert_int_equal(tlogproof_check(&proof, scene.leaf, policy), ERR_ABSENT);
    policy->quorum.who = POLICY_NONE;
    assert_int_equal(tlogproof_check(&proof, scene.leaf, policy), OK);
    policy->log_count = 0;
    assert_int_equal(tlogproof_check(&proof, scene.leaf, policy), ERR_ABSENT);
}

/* Every bit counts: no altered file is read and holds. */
static void no_altered_byte_is_accepted(void **state)
{
    (void)state;
    static struct scene scene;
    scene_begin(&scene);
    uint8_t room[ROOM_MAX];
    bytes_copy(room, scene.text.at, scene.text.len);
    for (size_t i = 0; i < 8 * scene.text.len; i++) {
        struct tlogproof proof;
        room[i / 8] ^= (uint8_t)(1 << i % 8);
        enum err err = tlogproof_read(&proof, bytes_of(room, scene.text.len));
        if (err == OK) err = tlogproof_check(&proof, scene.leaf, &scene.policy);
        assert_int_not_equal(err, OK);
        room[i / 8] ^= (uint8_t)(1 << i % 8);
    }
}

static void a_file_that_is_no_proof_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        { "", ERR_FORMAT },
        { "c2sp.org/tlog-proof@v1", ERR_FORMAT },
        { "c2sp.org/tlog-proof@v1\n", ERR_FORMAT },
        { "c2sp.org/tlog-proof@v2\nindex 2\n\n", ERR_FORMAT },
        { "c2sp.org/tlog-proof@v1\r\nindex 2\n\n", ERR_FORMAT },
        { "c2sp.org/tlog-proof@v1\nindex\n\n", ERR_FORMAT },
        { "c2sp.org/tlog-proof@v1\nindex 02\n\n", ERR_FORMAT },
        { "c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\n", ERR_RANGE },
        { "c2sp.org/tlog-proof@v1\nextra \nindex 2\n\n", ERR_FORMAT },
        { "c2sp.org/tlog-proof@v1\nextra Zg\nindex 2\n\n", ERR_FORMAT },
        { "c2sp.org/tlog-proof@v1\nextra Zh==\nindex 2\n\n", ERR_CANONICAL },
        { "c2sp.org/tlog-proof@v1\nextra Zg==\n", ERR_FORMAT },
        { "c2sp.org/tlog-proof@v1\nindex 2\nextra Zg==\n\n", ERR_FORMAT },
        { "c2sp.org/tlog-proof@v1\nindex 2\nAAAA\n\n", ERR_FORMAT },
        { "c2sp.org/tlog-proof@v1\nindex 2\n", ERR_FORMAT },
        { "c2sp.org/tlog-proof@v1\nindex 2\n\n", ERR_FORMAT },
        { "c2sp.org/tlog-proof@v1\nindex 2\n\nnot a note\n", ERR_FORMAT },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tlogproof proof;
        assert_int_equal(tlogproof_read(&proof, bytes_text(cases[i].text)),
                         cases[i].err);
    }
}

static void a_path_may_be_so_long_and_no_longer(void **state)
{
    (void)state;
    static struct scene scene;
    struct tlogproof proof;
    uint8_t room[ROOM_MAX * 2];
    scene_begin(&scene);
    for (size_t count = 64; count <= 65; count++) {
        struct writer w = writer_into(room, sizeof room);
        writer_text(&w, "c2sp.org/tlog-proof@v1\nindex 2\n");
        for (size_t i = 0; i < count; i++)
            writer_text(&w, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
        writer_byte(&w, '\n');
        writer_add(&w, scene.note);
        assert_int_equal(tlogproof_read(&proof, writer_bytes(&w)),
                         count == 64 ? OK : ERR_LIMIT);
    }
    static uint8_t extra[TLOGPROOF_EXTRA_MAX + 100];
    for (size_t over = 0; over <= 4; over += 4) {
        struct writer w = writer_into(extra, sizeof extra);
        writer_text(&w, "c2sp.org/tlog-proof@v1\nextra ");
        for (size_t i = 0; i < TLOGPROOF_EXTRA_MAX + over; i++)
            writer_byte(&w, 'A');
        writer_text(&w, "\nindex x\n");
        assert_int_equal(tlogproof_read(&proof, writer_bytes(&w)),
                         over == 0 ? ERR_FORMAT : ERR_LIMIT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_proof_is_read_as_written_and_holds),
        cmocka_unit_test(a_wrong_proof_is_refused),
        cmocka_unit_test(no_altered_byte_is_accepted),
        cmocka_unit_test(a_file_that_is_no_proof_is_refused),
        cmocka_unit_test(a_path_may_be_so_long_and_no_longer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
