/* tile_test — paths, widths and bundles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/merkle.h"
#include "core/tile.h"
#include "tests/vector.h"

static void assert_path(struct tile tile, struct bytes want)
{
    uint8_t room[TILE_PATH_MAX];
    struct tile back;
    struct writer w = writer_into(room, sizeof room);
    tile_write(&w, tile);
    assert_false(w.is_full);
    assert_bytes(writer_bytes(&w), want);
    assert_int_equal(tile_read(&back, want), OK);
    assert_int_equal(back.is_entries, tile.is_entries);
    assert_int_equal(back.level, tile.level);
    assert_int_equal(back.index, tile.index);
    assert_int_equal(back.width, tile.width);
}

static void a_known_path_is_written_and_read_back(void **state)
{
    (void)state;
    json_t *paths = vector_load("log/paths.json");
    for (size_t i = 0; i < json_array_size(paths); i++) {
        const json_t *vector = json_array_get(paths, i);
        struct tile tile = { .index = vector_number(vector, "n"),
                             .width = TILE_WIDTH };
        assert_path(tile, vector_text(vector, "tile0"));
        tile.width = 7;
        assert_path(tile, vector_text(vector, "tile0_p7"));
        tile.width = TILE_WIDTH;
        tile.is_entries = true;
        assert_path(tile, vector_text(vector, "entries"));
    }
    json_decref(paths);
    struct tile last = { true, 0, TILE_INDEX_MAX, TILE_WIDTH - 1 };
    assert_path(last, bytes_text("tile/entries/x036/x028/x797/x018/x963/"
                                 "967.p/255"));
    last = (struct tile){ false, TILE_LEVEL_MAX, 0, 1 };
    assert_path(last, bytes_text("tile/63/000.p/1"));
}

static void every_other_spelling_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        enum err err;
    } cases[] = {
        { "", ERR_FORMAT },
        { "tile", ERR_FORMAT },
        { "tile/", ERR_FORMAT },
        { "tile/0", ERR_FORMAT },
        { "tile/0/", ERR_FORMAT },
        { "/tile/0/000", ERR_FORMAT },
        { "tile//000", ERR_FORMAT },
        { "tile/00/000", ERR_FORMAT },
        { "tile/01/000", ERR_FORMAT },
        { "tile/-1/000", ERR_FORMAT },
        { "tile/64/000", ERR_RANGE },
        { "tile/0/0", ERR_FORMAT },
        { "tile/0/00", ERR_FORMAT },
        { "tile/0/0000", ERR_FORMAT },
        { "tile/0/1000", ERR_FORMAT },
        { "tile/0/x000", ERR_FORMAT },
        { "tile/0/x000/000", ERR_FORMAT },
        { "tile/0/x000/x001/000", ERR_FORMAT },
        { "tile/0/001/000", ERR_FORMAT },
        { "tile/0/x001/x000", ERR_FORMAT },
        { "tile/0/X001/000", ERR_FORMAT },
        { "tile/0/x001000", ERR_FORMAT },
        { "tile/0/x001/000/", ERR_FORMAT },
        { "tile/0/000.p", ERR_FORMAT },
        { "tile/0/000.p/", ERR_FORMAT },
        { "tile/0/000.p/0", ERR_FORMAT },
        { "tile/0/000.p/07", ERR_FORMAT },
        { "tile/0/000.p/256", ERR_FORMAT },
        { "tile/0/000.p/7/", ERR_FORMAT },
        { "tile/0/000.P/7", ERR_FORMAT },
        { "tile/0/000.p/+7", ERR_FORMAT },
        { "tile/0/000 ", ERR_FORMAT },
        { "tile/0/../000", ERR_FORMAT },
        { "tile/entries", ERR_FORMAT },
        { "tile/Entries/000", ERR_FORMAT },
        { "tile/entries/0/000", ERR_FORMAT },
        { "tile/0/x036/x028/x797/x018/x963/968", ERR_RANGE },
        { "tile/0/x001/x036/x028/x797/x018/x963/967", ERR_FORMAT },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tile tile;
        assert_int_equal(tile_read(&tile, bytes_text(cases[i].path)),
                         cases[i].err);
    }
    struct tile tile;
    assert_int_equal(tile_read(&tile, bytes_of("tile/0/000\0", 11)),
                     ERR_FORMAT);
}

/* The widths of every tile of a tree of 70,000 leaves. */
static void a_tree_of_70000_has_277_tiles(void **state)
{
    (void)state;
    uint32_t full = 0, partial[3] = { 0 };
    for (uint32_t level = 0; level <= TILE_LEVEL_MAX; level++) {
        for (uint64_t index = 0; index < 300; index++) {
            struct tile tile = { .level = level, .index = index };
            uint32_t width = tile_width(tile, 70000);
            full += width == TILE_WIDTH;
            if (width > 0 && width < TILE_WIDTH) partial[level] += width;
        }
    }
    assert_int_equal(full, 274);
    assert_int_equal(partial[0], 112);
    assert_int_equal(partial[1], 17);
    assert_int_equal(partial[2], 1);
}

static void a_width_follows_from_the_size(void **state)
{
    (void)state;
    static const struct {
        uint64_t size;
        struct tile tile;
        uint32_t width;
    } cases[] = {
        { 0, { false, 0, 0, 0 }, 0 },
        { 1, { false, 0, 0, 0 }, 1 },
        { 255, { false, 0, 0, 0 }, 255 },
        { 255, { false, 1, 0, 0 }, 0 },
        { 256, { false, 0, 0, 0 }, 256 },
        { 256, { false, 0, 1, 0 }, 0 },
        { 256, { false, 1, 0, 0 }, 1 },
        { 257, { false, 0, 1, 0 }, 1 },
        { 511, { true, 0, 1, 0 }, 255 },
        { 512, { true, 0, 1, 0 }, 256 },
        { 513, { true, 0, 2, 0 }, 1 },
        { 65535, { false, 1, 0, 0 }, 255 },
        { 65536, { false, 1, 0, 0 }, 256 },
        { 65536, { false, 1, 1, 0 }, 0 },
        { 65536, { false, 2, 0, 0 }, 1 },
        /* Tessera 1178: tile/1/001 does not exist at 65,537 and has one
           hash at 66,000; served as a full tile it stays wrong for ever. */
        { 65537, { false, 1, 1, 0 }, 0 },
        { 65537, { false, 0, 256, 0 }, 1 },
        { 66000, { false, 1, 1, 0 }, 1 },
        { 66000, { false, 0, 257, 0 }, 208 },
        { INT64_MAX, { false, 7, 0, 0 }, 127 },
        { INT64_MAX, { false, 8, 0, 0 }, 0 },
        { INT64_MAX, { false, 63, 0, 0 }, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tile tile = cases[i].tile;
        uint32_t width = cases[i].width;
        assert_int_equal(tile_width(tile, cases[i].size), width);
        tile.width = width;
        assert_int_equal(tile_is_within(tile, cases[i].size), width > 0);
        tile.width = width + 1;
        assert_false(tile_is_within(tile, cases[i].size));
    }
}

/* A prover that sees nothing but tiles, cut at the widths of `size`. */
struct served {
    uint64_t size;
    struct merkle_levels levels;
    size_t asked;
};

static const struct hash *level_at(const struct served *served, uint32_t level)
{
    const struct hash *at = served->levels.nodes;
    uint64_t count = served->levels.size;
    for (; level > 0; level--, count /= 2) at += count;
    return at;
}

static enum err served_node(struct hash *hash, void *context, uint32_t level,
                            uint64_t index)
{
    struct served *served = context;
    struct tile_part part = tile_of_node(level, index);
    if (!tile_is_within(part.tile, served->size)) return ERR_ABSENT;
    const struct hash *row = level_at(served, part.tile.level * TILE_HEIGHT);
    *hash = merkle_root(row + part.tile.index * TILE_WIDTH + part.start,
                        part.count);
    served->asked++;
    return OK;
}

static void the_tiles_of_a_size_prove_everything_up_to_it(void **state)
{
    (void)state;
    enum { COUNT = 66000 };
    static const uint64_t sizes[] = { 1,   255,   256,   257,   511,  512,
                                      513, 65535, 65536, 65537, COUNT };
    struct served served = { .levels = { .size = COUNT } };
    served.levels.nodes =
        calloc(merkle_levels_count(COUNT), sizeof *served.levels.nodes);
    assert_non_null(served.levels.nodes);
    for (uint64_t i = 0; i < COUNT; i++) {
        uint8_t data[8];
        bytes_put_u64(data, i);
        served.levels.nodes[i] = merkle_leaf(bytes_of(data, sizeof data));
    }
    merkle_levels_fill(&served.levels);
    const struct merkle_source source = { served_node, &served };

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct merkle_head head = { .size = served.size = sizes[i] };
        head.root = merkle_root(served.levels.nodes, head.size);
        for (uint64_t at = 0; at < head.size; at += 1 + at) {
            struct merkle_place place = { .index = at };
            struct merkle_path path;
            assert_int_equal(
                merkle_prove_inclusion(&path, &place, &source, head.size), OK);
            assert_int_equal(merkle_check_inclusion(&path, &place, &head), OK);
        }
        for (size_t j = 0; j <= i; j++) {
            struct merkle_head from = { .size = sizes[j] };
            struct merkle_path path;
            from.root = merkle_root(served.levels.nodes, from.size);
            assert_int_equal(
                merkle_prove_consistency(
                    &path, &source,
                    (struct merkle_growth){ from.size, head.size }),
                OK);
            assert_int_equal(merkle_check_consistency(&path, &from, &head), OK);
        }
    }
    assert_true(served.asked > 0);
    free(served.levels.nodes);
}

static void a_bundle_holds_entries_of_up_to_65535_bytes(void **state)
{
    (void)state;
    static const size_t lens[] = { 0, 1, TILE_ENTRY_MAX };
    uint8_t *room = calloc(1, 3 * (2 + TILE_ENTRY_MAX));
    uint8_t *data = calloc(1, TILE_ENTRY_MAX + 1);
    assert_non_null(room);
    assert_non_null(data);
    struct writer w = writer_into(room, 3 * 2 + 1 + TILE_ENTRY_MAX);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(tile_entry_write(&w, bytes_of(data, lens[i])), OK);
    assert_int_equal(tile_entry_write(&w, bytes_of(data, 0)), ERR_FULL);
    assert_int_equal(tile_entry_write(&w, bytes_of(data, TILE_ENTRY_MAX + 1)),
                     ERR_LIMIT);

    struct bytes entry, bundle = writer_bytes(&w);
    assert_int_equal(tile_check_bundle(bundle, 3), OK);
    assert_int_equal(tile_check_bundle(bundle, 2), ERR_FORMAT);
    assert_int_equal(tile_check_bundle(bundle, 4), ERR_FORMAT);
    assert_int_equal(
        tile_check_bundle(bytes_slice(bundle, 0, bundle.len - 1), 3),
        ERR_FORMAT);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(tile_entry_next(&entry, &bundle), OK);
        assert_int_equal(entry.len, lens[i]);
    }
    assert_int_equal(tile_entry_next(&entry, &bundle), ERR_ABSENT);
    bundle = bytes_of("\0", 1);
    assert_int_equal(tile_entry_next(&entry, &bundle), ERR_FORMAT);
    free(data);
    free(room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_known_path_is_written_and_read_back),
        cmocka_unit_test(every_other_spelling_is_refused),
        cmocka_unit_test(a_tree_of_70000_has_277_tiles),
        cmocka_unit_test(a_width_follows_from_the_size),
        cmocka_unit_test(the_tiles_of_a_size_prove_everything_up_to_it),
        cmocka_unit_test(a_bundle_holds_entries_of_up_to_65535_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
