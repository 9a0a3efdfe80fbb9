/*
 * store_log — whose log it is, its policies and its entries.  Tiles are in
 * store_tile, heads in store_head.  No rule of the log is decided here.
 *
 * Source: schema/0002_log.sql; FORMAT 2.
 */
#ifndef STORE_STORE_LOG_H
#define STORE_STORE_LOG_H

#include "core/merkle.h"
#include "core/note.h"
#include "core/tile.h"

struct db;

#define STORE_LOG_KIND_MAX 33 /* bytes of a kind with its NUL */

/* ---- whose log ------------------------------------------------------- */

struct store_log_identity {
    char origin[NOTE_NAME_MAX + 1];
    char vkey[NOTE_VKEY_MAX + 1];
    char guard[4096]; /* path, or "" */
    uint64_t created; /* Unix seconds */
};
/* ERR_EXISTS: there is one. */
MUST_CHECK enum err
store_log_identity_write(struct db *db,
                         const struct store_log_identity *identity);
/* ERR_ABSENT: `init` did not finish. */
MUST_CHECK enum err store_log_identity_read(struct store_log_identity *identity,
                                            struct db *db);

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
MUST_CHECK enum err store_log_find(struct store_log_entry *found, struct db *db,
                                   const struct store_log_entry *wish);
/* Has the draw an entry of this kind? */
MUST_CHECK enum err store_log_has(bool *is_there, struct db *db, uint64_t draw,
                                  const char *kind);
/* How many entries there are. */
MUST_CHECK enum err store_log_count(uint64_t *count, struct db *db);
/* Does one of the first `size` entries hold these bytes?  Reads them all. */
MUST_CHECK enum err store_log_holds(bool *is_held, struct db *db,
                                    struct bytes part, uint64_t size);
/* The highest draw number; 0: no draw was announced yet. */
MUST_CHECK enum err store_log_draws(uint64_t *count, struct db *db);
/* The next draw behind `after` that was neither drawn nor declared void.
 * ERR_ABSENT: there is none. */
MUST_CHECK enum err store_log_pending(uint64_t *draw, struct db *db,
                                      uint64_t after);
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

#endif
