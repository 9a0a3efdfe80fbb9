/* merkle_test — roots, inclusion and consistency, made and checked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/merkle.h"
#include "tests/vector.h"

enum { CT_MAX = 8, DECIMAL_MAX = 70000 };

static struct merkle_path path_of(const json_t *vector)
{
    struct merkle_path path = { .count = 0 };
    const json_t *proof = json_object_get(vector, "proof");
    assert_true(json_array_size(proof) <= MERKLE_PATH_MAX);
    for (; path.count < json_array_size(proof); path.count++) {
        const char *text = json_string_value(json_array_get(proof, path.count));
        assert_int_equal(hash_read_hex(&path.at[path.count], bytes_text(text)),
                         OK);
    }
    return path;
}

static void assert_path(const struct merkle_path *got,
                        const struct merkle_path *want)
{
    assert_int_equal(got->count, want->count);
    for (size_t i = 0; i < want->count; i++)
        assert_hash(got->at[i], want->at[i]);
}

/* The eight leaves of certificate transparency, all their levels. */
struct ct {
    struct hash nodes[2 * CT_MAX];
    struct merkle_levels levels;
    struct merkle_source source;
};

static void ct_load(struct ct *ct)
{
    json_t *roots = vector_load("log/ct8-roots.json");
    for (size_t i = 1; i <= CT_MAX; i++) {
        uint8_t data[16];
        const json_t *vector = json_array_get(roots, i);
        struct bytes hex = vector_text(vector, "leaf_hex");
        ct->nodes[i - 1] = merkle_leaf(vector_hex(data, sizeof data, hex));
        assert_hash(ct->nodes[i - 1], vector_hash(vector, "leaf_hash"));
    }
    json_decref(roots);
    ct->levels = (struct merkle_levels){ CT_MAX, ct->nodes };
    merkle_levels_fill(&ct->levels);
    ct->source = merkle_levels_source(&ct->levels);
}

static void the_known_roots_come_out_in_three_ways(void **state)
{
    (void)state;
    struct ct ct;
    struct merkle_tree tree;
    ct_load(&ct);
    merkle_begin(&tree);
    json_t *roots = vector_load("log/ct8-roots.json");
    for (size_t size = 0; size <= CT_MAX; size++) {
        struct hash root,
            want = vector_hash(json_array_get(roots, size), "root");
        assert_hash(merkle_tree_root(&tree), want);
        assert_hash(merkle_root(ct.nodes, size), want);
        assert_int_equal(merkle_source_root(&root, &ct.source, size), OK);
        assert_hash(root, want);
        if (size < CT_MAX) merkle_push(&tree, ct.nodes[size]);
    }
    json_decref(roots);
}

static void every_known_inclusion_path_is_made_and_accepted(void **state)
{
    (void)state;
    struct ct ct;
    ct_load(&ct);
    json_t *vectors = vector_load("log/ct8-inclusion.json");
    assert_int_equal(json_array_size(vectors), 36);
    for (size_t i = 0; i < json_array_size(vectors); i++) {
        const json_t *vector = json_array_get(vectors, i);
        struct merkle_path made, want = path_of(vector);
        struct merkle_place place = { .index = vector_number(vector, "index") };
        struct merkle_head head = { vector_number(vector, "size"),
                                    vector_hash(vector, "root") };
        assert_int_equal(
            merkle_prove_inclusion(&made, &place, &ct.source, head.size), OK);
        assert_path(&made, &want);
        assert_hash(place.leaf, vector_hash(vector, "leaf_hash"));
        assert_int_equal(merkle_check_inclusion(&made, &place, &head), OK);
    }
    json_decref(vectors);
}

static void every_known_consistency_proof_is_made_and_accepted(void **state)
{
    (void)state;
    struct ct ct;
    ct_load(&ct);
    json_t *vectors = vector_load("log/ct8-consistency.json");
    assert_int_equal(json_array_size(vectors), 36);
    for (size_t i = 0; i < json_array_size(vectors); i++) {
        const json_t *vector = json_array_get(vectors, i);
        struct merkle_path made, want = path_of(vector);
        struct merkle_head from = { vector_number(vector, "size1"),
                                    vector_hash(vector, "root1") };
        struct merkle_head to = { vector_number(vector, "size2"),
                                  vector_hash(vector, "root2") };
        struct merkle_growth growth = { from.size, to.size };
        assert_int_equal(merkle_prove_consistency(&made, &ct.source, growth),
                         OK);
        assert_path(&made, &want);
        assert_int_equal(merkle_check_consistency(&made, &from, &to), OK);
    }
    json_decref(vectors);
}

/* ---- sizes at which something begins or ends -------------------------- */

struct decimal {
    struct hash *nodes;
    struct merkle_levels levels;
    struct merkle_source source;
    json_t *roots;
};

static void decimal_load(struct decimal *decimal)
{
    uint64_t count = merkle_levels_count(DECIMAL_MAX);
    decimal->nodes = calloc(count, sizeof *decimal->nodes);
    assert_non_null(decimal->nodes);
    for (uint64_t i = 0; i < DECIMAL_MAX; i++) {
        uint8_t room[20];
        struct writer w = writer_into(room, sizeof room);
        writer_u64(&w, i);
        decimal->nodes[i] = merkle_leaf(writer_bytes(&w));
    }
    decimal->levels = (struct merkle_levels){ DECIMAL_MAX, decimal->nodes };
    merkle_levels_fill(&decimal->levels);
    decimal->source = merkle_levels_source(&decimal->levels);
    decimal->roots = vector_load("log/decimal-roots.json");
}

static void decimal_release(struct decimal *decimal)
{
    json_decref(decimal->roots);
    free(decimal->nodes);
}

static void the_roots_of_awkward_sizes_are_known(void **state)
{
    (void)state;
    struct decimal decimal;
    struct merkle_tree tree;
    decimal_load(&decimal);
    merkle_begin(&tree);
    for (size_t i = 0; i < json_array_size(decimal.roots); i++) {
        const json_t *vector = json_array_get(decimal.roots, i);
        uint64_t size = vector_number(vector, "size");
        while (tree.size < size) merkle_push(&tree, decimal.nodes[tree.size]);
        assert_hash(merkle_tree_root(&tree), vector_hash(vector, "root"));
        assert_hash(merkle_root(decimal.nodes, size),
                    vector_hash(vector, "root"));
    }
    decimal_release(&decimal);
}

static void awkward_sizes_continue_each_other(void **state)
{
    (void)state;
    struct decimal decimal;
    decimal_load(&decimal);
    size_t count = json_array_size(decimal.roots);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i; j < count; j++) {
            const json_t *first = json_array_get(decimal.roots, i);
            const json_t *second = json_array_get(decimal.roots, j);
            struct merkle_head from = { vector_number(first, "size"),
                                        vector_hash(first, "root") };
            struct merkle_head to = { vector_number(second, "size"),
                                      vector_hash(second, "root") };
            struct merkle_path path;
            assert_int_equal(merkle_prove_consistency(
                                 &path, &decimal.source,
                                 (struct merkle_growth){ from.size, to.size }),
                             OK);
            assert_int_equal(merkle_check_consistency(&path, &from, &to), OK);
            if (from.size == 0 || from.size == to.size) continue;

            /* Too long, too short, another root. */
            path.at[path.count++] = from.root;
            assert_int_equal(merkle_check_consistency(&path, &from, &to),
                             ERR_PROOF);
            path.count -= 2;
            assert_int_equal(merkle_check_consistency(&path, &from, &to),
                             ERR_PROOF);
            path.count++;
            to.root.b[31] ^= 1;
            assert_int_equal(merkle_check_consistency(&path, &from, &to),
                             ERR_PROOF);
        }
    }
    decimal_release(&decimal);
}

static void a_leaf_stands_at_its_own_place_only(void **state)
{
    (void)state;
    struct decimal decimal;
    decimal_load(&decimal);
    for (size_t i = 1; i < json_array_size(decimal.roots); i++) {
        const json_t *vector = json_array_get(decimal.roots, i);
        struct merkle_head head = { vector_number(vector, "size"),
                                    vector_hash(vector, "root") };
        const uint64_t places[] = { 0, head.size / 2, head.size - 1 };
        for (size_t j = 0; j < 3; j++) {
            struct merkle_place place = { .index = places[j] };
            struct merkle_path path;
            assert_int_equal(merkle_prove_inclusion(&path, &place,
                                                    &decimal.source, head.size),
                             OK);
            assert_int_equal(merkle_check_inclusion(&path, &place, &head), OK);
            if (head.size == 1) continue;
            place.index = place.index == 0 ? 1 : place.index - 1;
            assert_int_equal(merkle_check_inclusion(&path, &place, &head),
                             ERR_PROOF);
            place.index = places[j];
            path.count--;
            assert_int_equal(merkle_check_inclusion(&path, &place, &head),
                             ERR_PROOF);
        }
    }
    decimal_release(&decimal);
}

/* One byte more or less decides which way a leaf is hashed. */
static void a_leaf_of_any_length_is_the_hash_of_its_tagged_bytes(void **state)
{
    (void)state;
    for (size_t len = 0; len < 299; len++) {
        uint8_t tagged[300];
        for (size_t i = 0; i < sizeof tagged; i++) tagged[i] = (uint8_t)(7 * i);
        assert_hash(merkle_leaf(bytes_of(tagged + 1, len)),
                    hash_sha256(bytes_of(tagged, 1 + len)));
    }
}

/* ---- refusals ---------------------------------------------------------- */

static void an_index_or_size_out_of_range_is_refused(void **state)
{
    (void)state;
    struct ct ct;
    struct merkle_path path = { .count = 0 };
    struct merkle_place place = { .index = 8 };
    struct merkle_head head = { 8, { { 0 } } }, small = { 7, { { 0 } } };
    struct merkle_head vast = { UINT64_MAX, { { 0 } } };
    struct hash root;
    ct_load(&ct);
    assert_int_equal(merkle_prove_inclusion(&path, &place, &ct.source, 8),
                     ERR_RANGE);
    assert_int_equal(merkle_check_inclusion(&path, &place, &head), ERR_RANGE);
    assert_int_equal(merkle_check_inclusion(&path, &place, &vast), ERR_RANGE);
    assert_int_equal(merkle_check_consistency(&path, &head, &small), ERR_RANGE);
    assert_int_equal(merkle_check_consistency(&path, &head, &vast), ERR_RANGE);
    assert_int_equal(merkle_prove_consistency(&path, &ct.source,
                                              (struct merkle_growth){ 8, 7 }),
                     ERR_RANGE);
    assert_int_equal(merkle_source_root(&root, &ct.source, UINT64_MAX),
                     ERR_RANGE);
    /* The source itself ends at eight leaves. */
    assert_int_equal(merkle_source_root(&root, &ct.source, 9), ERR_RANGE);
}

static void an_empty_list_has_one_root(void **state)
{
    (void)state;
    struct ct ct;
    struct merkle_path path = { .count = 0 };
    struct merkle_head none = { 0, merkle_root(NULL, 0) },
                       one = { 1, none.root };
    ct_load(&ct);
    one.root = ct.nodes[0];
    assert_int_equal(merkle_check_consistency(&path, &none, &none), OK);
    assert_int_equal(merkle_check_consistency(&path, &none, &one), OK);
    path.count = 1;
    path.at[0] = one.root;
    assert_int_equal(merkle_check_consistency(&path, &none, &one), ERR_PROOF);
    path.count = 0;
    none.root.b[0] ^= 1;
    assert_int_equal(merkle_check_consistency(&path, &none, &one), ERR_PROOF);
}

static void a_path_longer_than_any_tree_is_refused(void **state)
{
    (void)state;
    struct ct ct;
    ct_load(&ct);
    struct merkle_path path = { .count = MERKLE_PATH_MAX + 1 };
    struct merkle_place place = { 0, ct.nodes[0] };
    struct merkle_head one = { 1, ct.nodes[0] }, two = { 2, ct.nodes[1] };
    assert_int_equal(merkle_check_inclusion(&path, &place, &one), ERR_PROOF);
    assert_int_equal(merkle_check_consistency(&path, &one, &two), ERR_PROOF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_known_roots_come_out_in_three_ways),
        cmocka_unit_test(every_known_inclusion_path_is_made_and_accepted),
        cmocka_unit_test(every_known_consistency_proof_is_made_and_accepted),
        cmocka_unit_test(the_roots_of_awkward_sizes_are_known),
        cmocka_unit_test(awkward_sizes_continue_each_other),
        cmocka_unit_test(a_leaf_stands_at_its_own_place_only),
        cmocka_unit_test(a_leaf_of_any_length_is_the_hash_of_its_tagged_bytes),
        cmocka_unit_test(an_index_or_size_out_of_range_is_refused),
        cmocka_unit_test(an_empty_list_has_one_root),
        cmocka_unit_test(a_path_longer_than_any_tree_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
