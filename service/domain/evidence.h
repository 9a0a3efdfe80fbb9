/*
 * evidence — what the log shows to readers: entries, tiles, bundles, signed
 * heads, and proofs between them.  Every function needs a database only, so
 * that it serves a reader without keys as well as a proof in the making.
 *
 * Source: FORMAT 2 and 8; c2sp.org/tlog-tiles.
 */
#ifndef DOMAIN_EVIDENCE_H
#define DOMAIN_EVIDENCE_H

#include "core/policy.h"
#include "core/tile.h"
#include "store/store_head.h"

/* Bytes of the longest note of one of our heads. */
#define EVIDENCE_NOTE_MAX                                                      \
    (CHECKPOINT_PLAIN_MAX + 1 +                                                \
     (1 + POLICY_WITNESSES_MAX) * (size_t)STORE_HEAD_LINE_MAX)

/* The head that readers see.  ERR_ABSENT: there is no log. */
MUST_CHECK enum err evidence_published(struct merkle_head *head, struct db *db);
/* The published head of exactly this size.  ERR_ABSENT. */
MUST_CHECK enum err evidence_head(struct merkle_head *head, struct db *db,
                                  uint64_t size);
/* The smallest published head that contains entry `index`.  ERR_ABSENT. */
MUST_CHECK enum err evidence_head_with(struct merkle_head *head, struct db *db,
                                       uint64_t index);

/*
 * Writes the exact bytes of an entry, checked against the tree.
 *   ERR_ABSENT   no such entry      ERR_FULL   no room (TILE_ENTRY_MAX)
 *   ERR_PROOF    the stored bytes are not those that were logged
 */
MUST_CHECK enum err evidence_entry(struct writer *text, struct db *db,
                                   uint64_t index);

/* For merkle_prove_…: nodes from stored tiles.  Borrowed: db. */
struct merkle_source evidence_source(struct db *db);
/* As merkle_prove_inclusion and merkle_prove_consistency, from tiles. */
MUST_CHECK enum err evidence_inclusion(struct merkle_path *path, struct db *db,
                                       uint64_t index, uint64_t size);
MUST_CHECK enum err evidence_consistency(struct merkle_path *path,
                                         struct db *db,
                                         struct merkle_growth growth);

/*
 * The body of a tile or bundle, at the width asked for.  Owned by the
 * caller: evidence_release().
 *   ERR_ABSENT   not within the published head     ERR_MEMORY
 */
MUST_CHECK enum err evidence_tile(struct bytes *body, struct db *db,
                                  struct tile tile);
void evidence_release(struct bytes *body);

/* Which head, and which lines behind ours. */
struct evidence_wish {
    uint64_t size;
    enum store_head_end end;     /* earliest or latest cosignatures        */
    const struct policy *policy; /* whose witnesses, in its order; NULL: no
                                    cosignatures                           */
};
/*
 * The signed checkpoint: text, our line, one line of each witness that
 * cosigned.  At most EVIDENCE_NOTE_MAX bytes.
 *   ERR_ABSENT   no published head of this size     ERR_FULL
 */
MUST_CHECK enum err evidence_note(struct writer *note, struct db *db,
                                  const struct evidence_wish *wish);
/* `checkpoint` (latest lines) and `heads/<size>` (earliest lines), under the
 * policy in force.  Errors as evidence_note. */
MUST_CHECK enum err evidence_checkpoint(struct writer *note, struct db *db);
MUST_CHECK enum err evidence_heads(struct writer *note, struct db *db,
                                   uint64_t size);

#endif
