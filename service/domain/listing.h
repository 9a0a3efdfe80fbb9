/*
 * listing — lists of logged entries: in place, or as an attachment by hash.
 *
 * Source: FORMAT 1.2, "LIST of T".
 */
#ifndef DOMAIN_LISTING_H
#define DOMAIN_LISTING_H

#include <jansson.h>

#include "domain/directory.h"
#include "host/arena.h"

/*
 * The array that a member of an entry stands for; json_decref() it.
 *   ERR_FORMAT  neither form       ERR_ABSENT  its file is missing
 *   ERR_PROOF   the file has another SHA-256
 */
MUST_CHECK enum err listing_read(json_t **array, const struct directory *dir,
                                 const json_t *member);
/* The exact text of an attachment; file_release() it.  The same errors. */
MUST_CHECK enum err listing_file(struct bytes *text,
                                 const struct directory *dir,
                                 struct hash digest);

/*
 * The id of a row (FORMAT 4): its code, or kind:code.  In `arena`.
 *   ERR_FORMAT  no code     ERR_MEMORY
 */
MUST_CHECK enum err listing_row_id(struct bytes *id, struct arena *arena,
                                   const json_t *row);

/* Finds the last entry of this kind that belongs to no draw.  ERR_ABSENT. */
MUST_CHECK enum err listing_last(struct store_log_entry *found,
                                 struct db *db, const char *kind);
/* The exact text of entry `index` and its value; json_decref(*root). */
struct listing_entry {
    json_t *root;
    struct hash digest;
};
MUST_CHECK enum err listing_entry(struct listing_entry *entry, struct db *db,
                                  uint64_t index);

#endif
