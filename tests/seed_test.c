/* seed_test — commitments, seeds, and which round of a beacon decides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/chain.h"
#include "core/seed.h"
#include "tests/vector.h"

static void a_slot_is_committed_as_in_the_vectors(void **state)
{
    (void)state;
    json_t *root = vector_load("draw.json");
    const json_t *known = json_object_get(root, "commit");
    struct hash secret = vector_hash(known, "s");
    assert_hash(seed_commit(vector_text(known, "book_id"),
                            (uint32_t)vector_number(known, "slot"), &secret),
                vector_hash(known, "commit"));
    json_decref(root);
}

static void a_seed_is_that_of_the_vectors(void **state)
{
    (void)state;
    json_t *root = vector_load("draw.json");
    const json_t *known = json_object_get(root, "seed");
    const json_t *given = json_object_get(known, "contributions");
    assert_int_equal(json_array_size(given), 2);
    uint8_t rooms[2][64], signature[48];
    struct bytes values[2];
    for (size_t i = 0; i < 2; i++) {
        const json_t *value = json_array_get(given, i);
        values[i] = vector_hex(
            rooms[i], 64,
            bytes_of(json_string_value(value), json_string_length(value)));
    }
    assert_hash(seed_contrib(values, 2), vector_hash(known, "contrib"));

    const struct seed_parts parts = {
        .announcement = vector_hash(known, "H_A"),
        .freeze = vector_hash(known, "H_F"),
        .secret = vector_hash(known, "s"),
        .contrib = seed_contrib(values, 2),
        .chain = vector_hash(known, "chain_hash"),
        .round = vector_number(known, "round"),
        .signature = vector_hex(signature, sizeof signature,
                                vector_text(known, "signature")),
    };
    assert_hash(seed_make(&parts), vector_hash(known, "seed"));
    assert_hash(chain_quicknet()->hash, parts.chain);
    json_decref(root);
}

static void strata_and_teams_have_seeds_of_their_own(void **state)
{
    (void)state;
    json_t *root = vector_load("draw.json");
    const json_t *known = json_object_get(root, "stratum_seed");
    struct hash seed = vector_hash(known, "seed");
    assert_hash(seed_stratum(&seed, vector_text(known, "name")),
                vector_hash(known, "stratum_seed"));
    known = json_object_get(root, "team_seed");
    seed = vector_hash(known, "seed");
    assert_hash(seed_team(&seed), vector_hash(known, "team_seed"));
    json_decref(root);
}

static void without_contributors_contrib_is_zeros(void **state)
{
    (void)state;
    assert_hash(seed_contrib(NULL, 0), (struct hash){ { 0 } });
}

static void hash_is_that_of_the_vectors(void **state)
{
    (void)state;
    json_t *root = vector_load("draw.json");
    const json_t *known = json_object_get(root, "hash");
    const json_t *given = json_object_get(known, "args_hex");
    uint8_t rooms[3][8];
    struct bytes args[3];
    assert_int_equal(json_array_size(given), 3);
    for (size_t i = 0; i < 3; i++) {
        const json_t *value = json_array_get(given, i);
        args[i] = vector_hex(
            rooms[i], 8,
            bytes_of(json_string_value(value), json_string_length(value)));
    }
    assert_hash(hash_tagged("x/v1", args, 3), vector_hash(known, "hash"));
    json_decref(root);
}

static void a_keyed_hash_is_a_hash_of_two_arguments(void **state)
{
    (void)state;
    struct hash key = hash_sha256(bytes_text("key"));
    const struct bytes args[] = { hash_bytes(&key), bytes_text("甲") };
    assert_hash(hash_keyed("x/v1", &key, args[1]),
                hash_tagged("x/v1", args, 2));
}

static void the_round_is_the_first_after_the_delay(void **state)
{
    (void)state;
    static const struct {
        uint64_t time, round;
    } cases[] = {
        /* quicknet: round 1 at 1692803367, then every three seconds */
        { 1692803366, 1 }, { 1692803367, 1 }, { 1692803368, 2 },
        { 1692803370, 2 }, { 1692803371, 3 }, { 1692803373, 3 },
    };
    const struct chain *chain = chain_quicknet();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t t1 = cases[i].time - CHAIN_DELAY_S;
        uint64_t round = chain_round(chain, t1, CHAIN_DELAY_S);
        assert_int_equal(round, cases[i].round);
        assert_true(chain_time(chain, round) >= cases[i].time);
    }
    assert_int_equal(chain_time(chain, 1002), 1692803367 + 3003);
}

static void a_test_chain_is_named_by_its_parameters(void **state)
{
    (void)state;
    uint8_t key[CHAIN_KEY_LEN] = { 0x83 }, text[112] = { 0 };
    struct chain chain = chain_test(5, 1, key);
    text[3] = 1;
    text[11] = 5;
    text[12] = 0x83;
    bytes_copy(text + 108, "test", 4);
    assert_hash(chain.hash, hash_sha256(bytes_of(text, sizeof text)));
    assert_memory_equal(chain.key, key, sizeof key);
    assert_int_equal(chain_round(&chain, 7, CHAIN_DELAY_REHEARSAL_S), 6);
    assert_int_equal(chain_time(&chain, 6), 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slot_is_committed_as_in_the_vectors),
        cmocka_unit_test(a_seed_is_that_of_the_vectors),
        cmocka_unit_test(strata_and_teams_have_seeds_of_their_own),
        cmocka_unit_test(without_contributors_contrib_is_zeros),
        cmocka_unit_test(hash_is_that_of_the_vectors),
        cmocka_unit_test(a_keyed_hash_is_a_hash_of_two_arguments),
        cmocka_unit_test(the_round_is_the_first_after_the_delay),
        cmocka_unit_test(a_test_chain_is_named_by_its_parameters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
