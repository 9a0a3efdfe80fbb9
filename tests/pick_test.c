/* pick_test — positions against known answers, and against the plain way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/pick.h"
#include "tests/vector.h"

static struct pick begin(const struct hash *seed, uint64_t count,
                         uint64_t steps)
{
    struct pick pick;
    size_t slot_count = pick_slots(steps);
    struct pick_slot *slots = calloc(slot_count, sizeof *slots);
    assert_non_null(slots);
    assert_int_equal(pick_begin(&pick, seed, count, slots, slot_count), OK);
    return pick;
}

static void positions_are_those_of_the_vectors(void **state)
{
    (void)state;
    json_t *root = vector_load("draw.json");
    const json_t *cases = json_object_get(root, "pick");
    assert_int_equal(json_array_size(cases), 6);
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *known = json_array_get(cases, i);
        struct hash seed = vector_hash(known, "seed");
        uint64_t take = vector_number(known, "take");
        struct pick pick = begin(&seed, vector_number(known, "count"), take);
        uint64_t *out = calloc(take, sizeof *out);
        assert_non_null(out);
        assert_int_equal(pick_take(out, &pick, take), OK);

        assert_hash(pick_digest(out, take),
                    vector_hash(known, "sha256_of_u64be_positions"));
        const json_t *first = json_object_get(known, "first");
        for (size_t j = 0; j < json_array_size(first); j++)
            assert_int_equal(out[j],
                             json_integer_value(json_array_get(first, j)));
        free(pick.slots);
        free(out);
    }
    json_decref(root);
}

/* Durstenfeld's shuffle on a whole array: slow, but nothing to go wrong. */
static void shuffle(uint64_t *out, const struct hash *seed, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) out[i] = i;
    for (uint64_t i = 0; i < count; i++) {
        uint64_t j = i + pick_u("draw", seed, i, count - i);
        uint64_t kept = out[i];
        out[i] = out[j];
        out[j] = kept;
    }
}

static void a_map_gives_what_a_whole_array_gives(void **state)
{
    (void)state;
    for (uint64_t count = 0; count < 400; count += 1 + count / 9) {
        struct hash seed = hash_sha256(bytes_of(&count, sizeof count));
        uint64_t plain[400];
        shuffle(plain, &seed, count);
        struct pick pick = begin(&seed, count, count);
        uint64_t position;
        for (uint64_t i = 0; i < count; i++) {
            assert_int_equal(pick_next(&position, &pick), OK);
            assert_int_equal(position, plain[i]);
        }
        assert_int_equal(pick_next(&position, &pick), ERR_ABSENT);
        free(pick.slots);
    }
}

static void reserves_continue_the_same_order(void **state)
{
    (void)state;
    struct hash seed = hash_sha256(bytes_text("reserves"));
    struct pick once = begin(&seed, 1000, 30), twice = begin(&seed, 1000, 30);
    uint64_t all[30], drawn[20], reserve;
    assert_int_equal(pick_take(all, &once, 30), OK);
    assert_int_equal(pick_take(drawn, &twice, 20), OK);
    assert_memory_equal(drawn, all, sizeof drawn);
    for (size_t i = 20; i < 30; i++) {
        assert_int_equal(pick_next(&reserve, &twice), OK);
        assert_int_equal(reserve, all[i]);
    }
    free(once.slots);
    free(twice.slots);
}

static void a_full_map_is_said_and_changes_nothing(void **state)
{
    (void)state;
    struct hash seed = hash_sha256(bytes_text("full"));
    struct pick_slot slots[4];
    struct pick pick;
    uint64_t position;
    enum err err;
    assert_int_equal(pick_begin(&pick, &seed, UINT64_C(1) << 50, slots, 4), OK);
    while ((err = pick_next(&position, &pick)) == OK) continue;
    assert_int_equal(err, ERR_FULL);
    assert_int_equal(pick.step, 3);
    assert_int_equal(pick_next(&position, &pick), ERR_FULL);
    assert_int_equal(pick.step, 3);
}

static void limits_hold_at_n_and_n_plus_one(void **state)
{
    (void)state;
    struct hash seed = hash_sha256(bytes_text("limits"));
    struct pick_slot slots[2];
    struct pick pick;
    uint64_t position;
    assert_int_equal(pick_begin(&pick, &seed, PICK_COUNT_MAX, slots, 2), OK);
    assert_int_equal(pick_next(&position, &pick), OK);
    assert_true(position < PICK_COUNT_MAX);
    assert_int_equal(pick_begin(&pick, &seed, PICK_COUNT_MAX + 1, slots, 2),
                     ERR_RANGE);
    assert_int_equal(pick_begin(&pick, &seed, 9, slots, 0), ERR_RANGE);
    assert_int_equal(pick_begin(&pick, &seed, 9, slots, 1), ERR_RANGE);
    assert_int_equal(pick_begin(&pick, &seed, 9, slots, 3), ERR_RANGE);
    assert_int_equal(pick_slots(0), 2);
    assert_int_equal(pick_slots(1), 2);
    assert_int_equal(pick_slots(2), 4);
    assert_int_equal(pick_slots(3), 4);
    assert_int_equal(pick_slots(4), 8);
    assert_int_equal(pick_slots(6), 8);
    assert_int_equal(pick_slots(7), 16);
    assert_int_equal(pick_slots(100000), 131072);
}

/* HASH("draw", 32 zeros, 0) is divided by hand, byte by byte and bit by bit. */
static void u_is_the_whole_integer_modulo_n(void **state)
{
    (void)state;
    static const uint64_t moduli[] = {
        1,          2,          3,          7,
        255,        256,        65537,      UINT32_MAX,
        1ULL << 32, 4294967297, 1ULL << 53, PICK_U_MAX - 1,
        PICK_U_MAX,
    };
    struct hash zero = { { 0 } };
    struct sha256 sum = hash_begin("draw");
    hash_add_hash(&sum, zero);
    hash_add_u64(&sum, 0);
    struct hash whole = hash_end(&sum);
    for (size_t m = 0; m < sizeof moduli / sizeof *moduli; m++) {
        uint64_t rest = 0;
        for (int bit = 0; bit < 256; bit++)
            rest = (rest * 2 + (whole.b[bit / 8] >> (7 - bit % 8) & 1)) %
                   moduli[m];
        assert_int_equal(pick_u("draw", &zero, 0, moduli[m]), rest);
    }
    assert_int_equal(pick_u("draw", &zero, 0, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions_are_those_of_the_vectors),
        cmocka_unit_test(a_map_gives_what_a_whole_array_gives),
        cmocka_unit_test(reserves_continue_the_same_order),
        cmocka_unit_test(a_full_map_is_said_and_changes_nothing),
        cmocka_unit_test(limits_hold_at_n_and_n_plus_one),
        cmocka_unit_test(u_is_the_whole_integer_modulo_n),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
