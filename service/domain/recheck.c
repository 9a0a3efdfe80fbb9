#include "domain/recheck.h"

#include <stdlib.h>

#include "domain/evidence.h"
#include "core/note_check.h"
#include "store/store_log.h"
#include "store/store_tile.h"

/* Missing bytes are as bad as wrong ones. */
static enum err as_proof(enum err err)
{
    return err == ERR_ABSENT ? ERR_PROOF : err;
}

/* How many hashes level `level` has in all; above the last level none. */
static uint64_t level_count(uint64_t size, uint32_t level)
{
    if (level >= STORE_TILE_LEVELS) return 0;
    return size >> (TILE_HEIGHT * level);
}

/* The hashes of a tile as the tree of `size` has it, all of them. */
static enum err whole_tile(struct hash hashes[TILE_WIDTH], uint32_t *count,
                           struct db *db, struct tile tile, uint64_t size)
{
    enum err err = store_tile_read(hashes, count, db, tile);
    if (err != OK) return err;
    return *count == tile_width(tile, size) ? OK : ERR_PROOF;
}

/* The bytes of the entries below a tile of level 0. */
static enum err check_entries(struct db *db, struct tile tile, uint64_t size)
{
    struct hash stored[TILE_WIDTH], leaves[TILE_WIDTH];
    uint32_t count = 0;
    enum err err = whole_tile(stored, &count, db, tile, size);
    if (err != OK) return err;
    err = store_log_leaves(leaves, db, tile.index * TILE_WIDTH, count);
    if (err != OK) return as_proof(err);
    for (uint32_t i = 0; i < count; i++)
        if (!hash_equal(stored[i], leaves[i])) return ERR_PROOF;
    return OK;
}

/* A tile of level 1 or above against those below it, from number `from`. */
static enum err check_tile(struct db *db, struct tile tile, uint64_t size,
                           uint64_t from)
{
    struct hash above[TILE_WIDTH], below[TILE_WIDTH];
    uint32_t count = 0, below_count = 0;
    enum err err = whole_tile(above, &count, db, tile, size);
    for (uint32_t i = 0; i < count && err == OK; i++) {
        struct tile child = { .level = tile.level - 1,
                              .index = tile.index * TILE_WIDTH + i };
        if (child.index < from) continue;
        err = whole_tile(below, &below_count, db, child, size);
        if (err != OK) return err;
        struct hash sum = merkle_root(below, below_count);
        if (!hash_equal(sum, above[i])) return ERR_PROOF;
    }
    return err;
}

static enum err check_level(struct db *db, uint32_t level, uint64_t size,
                            struct recheck_span span)
{
    uint64_t hashes = level_count(size, level), full = 0;
    struct hash edge[TILE_WIDTH];
    uint32_t count = 0;
    enum err err = store_tile_count(&full, db, level);
    if (err == OK) err = store_tile_edge(edge, &count, db, level);
    if (err != OK) return err;
    if (full != hashes / TILE_WIDTH) return ERR_PROOF;
    if (count != hashes % TILE_WIDTH) return ERR_PROOF;

    uint64_t first = level == 0 ? span.entries / TILE_WIDTH
                                : level_count(span.tiles, level + 1);
    uint64_t from = level_count(span.tiles, level);
    uint64_t end = full + (count > 0 ? 1 : 0);
    for (uint64_t i = first; i < end && err == OK; i++) {
        struct tile tile = { .level = level, .index = i };
        err = level == 0 ? check_entries(db, tile, size)
                         : check_tile(db, tile, size, from);
    }
    return err;
}

enum err recheck_tree(struct db *db, const struct merkle_head *head,
                      struct recheck_span span)
{
    uint64_t count = 0;
    enum err err = store_log_count(&count, db);
    if (err != OK) return err;
    if (count != head->size) return ERR_PROOF;
    for (uint32_t level = 0; level < STORE_TILE_LEVELS && err == OK; level++)
        err = check_level(db, level, head->size, span);
    if (err != OK) return err;

    struct hash root;
    struct merkle_source source = evidence_source(db);
    err = merkle_source_root(&root, &source, head->size);
    if (err != OK) return as_proof(err);
    return hash_equal(root, head->root) ? OK : ERR_PROOF;
}

enum err recheck_growth(struct db *db, const struct merkle_head *from,
                        const struct merkle_head *to)
{
    struct merkle_path path;
    struct merkle_growth growth = { from->size, to->size };
    enum err err = evidence_consistency(&path, db, growth);
    if (err != OK) return err == ERR_RANGE ? ERR_PROOF : as_proof(err);
    return merkle_check_consistency(&path, from, to);
}

enum err recheck_signature(const struct store_head *head,
                           const struct note_key *key)
{
    uint8_t room[CHECKPOINT_PLAIN_MAX + 1 + STORE_HEAD_LINE_MAX];
    struct writer w = writer_into(room, sizeof room);
    struct checkpoint checkpoint = { .origin = key->name, .head = head->head };
    checkpoint_write(&w, &checkpoint);
    writer_text(&w, "\n");
    writer_text(&w, head->line);

    struct note *note = malloc(sizeof *note);
    if (note == NULL) return ERR_MEMORY;
    enum err err = note_read(note, writer_bytes(&w));
    if (err == OK) err = note_check(note, key);
    free(note);
    return err == OK || err == ERR_MEMORY ? err : ERR_SIGNATURE;
}
