#include "domain/evidence.h"

#include <stdlib.h>

#include "store/store_log.h"
#include "store/store_tile.h"

enum err evidence_published(struct merkle_head *head, struct db *db)
{
    struct store_head stored;
    enum err err = store_head_read(&stored, db, STORE_HEAD_LAST, 0);
    if (err == OK) *head = stored.head;
    return err;
}

enum err evidence_head(struct merkle_head *head, struct db *db, uint64_t size)
{
    struct store_head stored;
    enum err err = store_head_read(&stored, db, STORE_HEAD_EXACT, size);
    if (err != OK) return err;
    *head = stored.head;
    return stored.is_published ? OK : ERR_ABSENT;
}

enum err evidence_head_with(struct merkle_head *head, struct db *db,
                            uint64_t index)
{
    struct store_head stored;
    enum err err = store_head_read(&stored, db, STORE_HEAD_AFTER, index);
    if (err == OK) *head = stored.head;
    return err;
}

/* ---- the tree -------------------------------------------------------- */

static enum err node_read(struct hash *hash, void *context, uint32_t level,
                          uint64_t index)
{
    struct tile_part part = tile_of_node(level, index);
    struct hash hashes[TILE_WIDTH];
    uint32_t count = 0;
    enum err err = store_tile_read(hashes, &count, context, part.tile);
    if (err != OK) return err;
    if (count < part.start + part.count) return ERR_ABSENT;
    *hash = merkle_root(hashes + part.start, part.count);
    return OK;
}

struct merkle_source evidence_source(struct db *db)
{
    return (struct merkle_source){ .node = node_read, .context = db };
}

enum err evidence_inclusion(struct merkle_path *path, struct db *db,
                            uint64_t index, uint64_t size)
{
    struct merkle_source source = evidence_source(db);
    struct merkle_place place = { .index = index };
    return merkle_prove_inclusion(path, &place, &source, size);
}

enum err evidence_consistency(struct merkle_path *path, struct db *db,
                              struct merkle_growth growth)
{
    struct merkle_source source = evidence_source(db);
    return merkle_prove_consistency(path, &source, growth);
}

enum err evidence_entry(struct writer *text, struct db *db, uint64_t index)
{
    size_t start = text->len;
    enum err err = store_log_body(text, db, index);
    if (err != OK) return err;

    struct hash leaf;
    err = node_read(&leaf, db, 0, index);
    if (err != OK) return err == ERR_ABSENT ? ERR_PROOF : err;
    struct bytes body = bytes_slice(writer_bytes(text), start, text->len);
    return hash_equal(leaf, merkle_leaf(body)) ? OK : ERR_PROOF;
}

/* ---- tiles ----------------------------------------------------------- */

static enum err bundle_make(struct bytes *body, struct db *db, struct tile tile)
{
    size_t len = 0;
    enum err err = store_log_bundle_len(&len, db, tile);
    if (err != OK) return err;
    uint8_t *room = malloc(len);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, len);
    err = store_log_bundle(&w, db, tile);
    if (err != OK) {
        free(room);
        return err;
    }
    *body = writer_bytes(&w);
    return OK;
}

static enum err hashes_make(struct bytes *body, struct db *db, struct tile tile)
{
    struct hash *hashes = malloc(TILE_WIDTH * sizeof *hashes);
    if (hashes == NULL) return ERR_MEMORY;
    uint32_t count = 0;
    enum err err = store_tile_read(hashes, &count, db, tile);
    if (err == OK && count < tile.width) err = ERR_PROOF;
    if (err != OK) {
        free(hashes);
        return err;
    }
    *body = bytes_of(hashes, tile.width * sizeof *hashes);
    return OK;
}

enum err evidence_tile(struct bytes *body, struct db *db, struct tile tile)
{
    struct merkle_head head;
    enum err err = evidence_published(&head, db);
    if (err != OK) return err;
    if (!tile_is_within(tile, head.size)) return ERR_ABSENT;
    return tile.is_entries ? bundle_make(body, db, tile)
                           : hashes_make(body, db, tile);
}

void evidence_release(struct bytes *body)
{
    union {
        const uint8_t *borrowed;
        void *owned;
    } at = { .borrowed = body->at };
    free(at.owned);
    *body = (struct bytes){ NULL, 0 };
}

/* ---- notes ----------------------------------------------------------- */

static enum err write_head(struct writer *note, struct db *db, uint64_t size)
{
    struct store_head stored;
    enum err err = store_head_read(&stored, db, STORE_HEAD_EXACT, size);
    if (err != OK) return err;
    if (!stored.is_published) return ERR_ABSENT;

    struct store_log_identity identity;
    err = store_log_identity_read(&identity, db);
    if (err != OK) return err;
    struct checkpoint checkpoint = { .origin = bytes_text(identity.origin),
                                     .head = stored.head };
    checkpoint_write(note, &checkpoint);
    writer_text(note, "\n");
    writer_text(note, stored.line);
    return OK;
}

static enum err write_witness(struct writer *note, struct db *db,
                              const struct evidence_wish *wish,
                              const struct note_key *key)
{
    char vkey[NOTE_VKEY_MAX + 1] = { 0 };
    struct writer w = writer_into(vkey, NOTE_VKEY_MAX);
    note_key_write(&w, key);
    struct store_head_cosignature of = { .size = wish->size, .vkey = vkey };
    enum err err = store_head_cosignature(note, db, &of, wish->end);
    return err == ERR_ABSENT ? OK : err;
}

enum err evidence_note(struct writer *note, struct db *db,
                       const struct evidence_wish *wish)
{
    enum err err = write_head(note, db, wish->size);
    uint32_t count = wish->policy == NULL ? 0 : wish->policy->witness_count;
    for (uint32_t i = 0; i < count && err == OK; i++)
        err = write_witness(note, db, wish, &wish->policy->witnesses[i].key);
    if (err != OK) return err;
    return note->is_full ? ERR_FULL : OK;
}

/* Under the policy in force.  The text lives as long as the policy. */
static enum err note_in_force(struct writer *note, struct db *db,
                              struct evidence_wish wish)
{
    struct policy *policy = malloc(sizeof *policy);
    uint8_t *text = malloc(POLICY_TEXT_MAX);
    enum err err = policy == NULL || text == NULL ? ERR_MEMORY : OK;
    if (err == OK) {
        struct writer w = writer_into(text, POLICY_TEXT_MAX);
        err = store_log_policy_read(&w, db, NULL);
        if (err == OK) err = policy_read_canonical(policy, writer_bytes(&w));
    }
    wish.policy = policy;
    if (err == OK) err = evidence_note(note, db, &wish);
    free(text);
    free(policy);
    return err;
}

enum err evidence_checkpoint(struct writer *note, struct db *db)
{
    struct merkle_head head;
    enum err err = evidence_published(&head, db);
    if (err != OK) return err;
    return note_in_force(
        note, db,
        (struct evidence_wish){ .size = head.size, .end = STORE_HEAD_LATEST });
}

enum err evidence_heads(struct writer *note, struct db *db, uint64_t size)
{
    return note_in_force(
        note, db,
        (struct evidence_wish){ .size = size, .end = STORE_HEAD_EARLIEST });
}
