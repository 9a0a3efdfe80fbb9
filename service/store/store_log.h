/*
 * store_log — the tables of the log: entries, tiles, edges, heads, and what
 * witnesses said of them.  No rule of the log is decided here.
 *
 *     entries 0 … 599      log_tile (0, 0) (0, 1)     log_edge 0: 88 hashes
 *                                                     log_edge 1:  2 hashes
 *
 * Source: schema/0002_log.sql; FORMAT 2.
 */
#ifndef STORE_STORE_LOG_H
#define STORE_STORE_LOG_H

#include "core/merkle.h"
#include "core/note.h"
#include "core/tile.h"

struct db;

#define STORE_LOG_LEVELS   8   /* tiles of levels 0 … 7: 2^64 leaves      */
#define STORE_LOG_KIND_MAX 33  /* bytes of a kind with its NUL            */
#define STORE_LOG_LINE_MAX 512 /* bytes of a stored signature line        */
#define STORE_LOG_TILE_LEN (TILE_WIDTH * 32)

/* ---- whose log ------------------------------------------------------- */

struct store_log_identity {
    char origin[NOTE_NAME_MAX + 1];
    char vkey[NOTE_VKEY_MAX + 1];
    char guard[4096]; /* path, or "" */
    uint64_t created; /* Unix seconds */
};
/* ERR_EXISTS: there is one. */
MUST_CHECK enum err store_log_identity_write(
    struct db *db, const struct store_log_identity *identity);
/* ERR_ABSENT: `init` did not finish. */
MUST_CHECK enum err store_log_identity_read(
    struct store_log_identity *identity, struct db *db);

MUST_CHECK enum err store_log_policy_write(struct db *db, struct bytes text,
                                           uint64_t time);
/* The text with this digest, or, for NULL, the one in force.
 * ERR_ABSENT, ERR_FULL. */
MUST_CHECK enum err store_log_policy_read(struct writer *text, struct db *db,
                                          const struct hash *digest);

/* ---- entries --------------------------------------------------------- */

struct store_log_entry {
    uint64_t seq;
    char kind[STORE_LOG_KIND_MAX];
    uint64_t draw;
    uint64_t time;     /* Unix seconds */
    struct bytes body; /* borrowed when written; not filled when read */
};

/* ERR_STATE: not the next one, or time runs back; ERR_EXISTS: a second one
 * of what a draw has once. */
MUST_CHECK enum err store_log_append(struct db *db,
                                     const struct store_log_entry *entry);
/* The bytes of entry `seq`.  ERR_ABSENT, ERR_FULL. */
MUST_CHECK enum err store_log_body(struct writer *body, struct db *db,
                                   uint64_t seq);
/* All but the bytes.  ERR_ABSENT. */
MUST_CHECK enum err store_log_about(struct store_log_entry *entry,
                                    struct db *db, uint64_t seq);
/* The first entry at or after wish->seq of wish->draw and, unless it is "",
 * of wish->kind.  ERR_ABSENT. */
MUST_CHECK enum err store_log_find(struct store_log_entry *found,
                                   struct db *db,
                                   const struct store_log_entry *wish);
/* How many entries there are. */
MUST_CHECK enum err store_log_count(uint64_t *count, struct db *db);
/*
 * Leaf hashes of entries start … start+count-1, recomputed from their bytes.
 * ERR_ABSENT: not all of them are there.
 */
MUST_CHECK enum err store_log_leaves(struct hash *leaves, struct db *db,
                                     uint64_t start, uint32_t count);
/* Bytes of a bundle, and the bundle itself: tile.index and .width count.
 * ERR_ABSENT: not all entries are there; ERR_FULL. */
MUST_CHECK enum err store_log_bundle_len(size_t *len, struct db *db,
                                         struct tile tile);
MUST_CHECK enum err store_log_bundle(struct writer *bundle, struct db *db,
                                     struct tile tile);

/* ---- tiles ----------------------------------------------------------- */

/*
 * Hashes of tile (level, index), full or at the right edge; their number
 * goes to `count`, 0 where there is no such tile.
 *   ERR_FORMAT   a stored tile has an impossible length
 */
MUST_CHECK enum err store_log_tile(struct hash hashes[TILE_WIDTH],
                                   uint32_t *count, struct db *db,
                                   struct tile tile);
MUST_CHECK enum err store_log_tile_write(struct db *db, struct tile tile,
                                         const struct hash *hashes);
/* How many full tiles are stored. */
MUST_CHECK enum err store_log_tile_count(uint64_t *count, struct db *db,
                                         uint32_t level);
/* The unfinished tile of a level, `count` below TILE_WIDTH. */
MUST_CHECK enum err store_log_edge_write(struct db *db, uint32_t level,
                                         const struct hash *hashes,
                                         uint32_t count);
MUST_CHECK enum err store_log_edge(struct hash hashes[TILE_WIDTH],
                                   uint32_t *count, struct db *db,
                                   uint32_t level);

/* ---- heads ----------------------------------------------------------- */

struct store_log_head {
    struct merkle_head head;
    bool is_published;
    char line[STORE_LOG_LINE_MAX]; /* ours, with newline; "" = not signed */
};

/* An unsigned head.  ERR_EXISTS, ERR_STATE: not larger than all others. */
MUST_CHECK enum err store_log_head_write(struct db *db,
                                         const struct merkle_head *head);
/* Signs and publishes it.  ERR_STATE: it was published before. */
MUST_CHECK enum err store_log_head_publish(struct db *db, uint64_t size,
                                           const char *line);
/* Which head is meant. */
enum store_log_which {
    STORE_LOG_EXACT,  /* of this size                                    */
    STORE_LOG_AFTER,  /* the smallest published one above this size      */
    STORE_LOG_BEFORE, /* the largest published one below this size       */
    STORE_LOG_LAST,   /* the largest published one; size does not count  */
    STORE_LOG_WAITING /* the one that is not signed; size does not count */
};
/* ERR_ABSENT. */
MUST_CHECK enum err store_log_head(struct store_log_head *head, struct db *db,
                                   enum store_log_which which, uint64_t size);

/* ---- cosignatures ---------------------------------------------------- */

struct store_log_cosignature {
    uint64_t size;
    const char *vkey; /* of the witness                      */
    uint64_t time;    /* Unix seconds                        */
    const char *line; /* with newline, below STORE_LOG_LINE_MAX */
};
/* The same one again is OK. */
MUST_CHECK enum err store_log_cosignature_write(
    struct db *db, const struct store_log_cosignature *cosignature);

/* The earliest or the latest line of a witness for a head. */
enum store_log_end { STORE_LOG_EARLIEST, STORE_LOG_LATEST };
/* Writes the line.  ERR_ABSENT: none; ERR_FULL. */
MUST_CHECK enum err store_log_cosignature(
    struct writer *line, struct db *db, const struct store_log_cosignature *of,
    enum store_log_end end);

#endif
