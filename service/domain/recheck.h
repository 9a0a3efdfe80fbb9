/*
 * recheck — do the stored bytes still give the roots that were signed?
 *
 *     entry bytes -> tile of level 0 -> tile of level 1 -> … -> root
 *
 * A flipped bit in an entry, a tile, an edge or a head is found before the
 * next signature, not after it.
 * Source: c2sp.org/tlog-tiles; RFC 6962 section 2.1.
 */
#ifndef DOMAIN_RECHECK_H
#define DOMAIN_RECHECK_H

#include "core/checkpoint.h"
#include "store/store_head.h"

struct db;

/* What is looked at: everything from these entries to the end of the tree. */
struct recheck_span {
    uint64_t entries; /* bytes of entries from this one on               */
    uint64_t tiles;   /* tiles that cover an entry from this one on      */
};
/*
 * Against one head, which is the whole tree.
 *   ERR_PROOF   something is missing, left over, or gives another hash
 *   ERR_FORMAT  a stored tile has an impossible length
 *   others      as query_end()
 */
MUST_CHECK enum err recheck_tree(struct db *db, const struct merkle_head *head,
                                 struct recheck_span span);
/* Is `to` an append-only continuation of `from`?  ERR_PROOF, as above. */
MUST_CHECK enum err recheck_growth(struct db *db,
                                   const struct merkle_head *from,
                                   const struct merkle_head *to);
/*
 * Does the line of a published head verify under our key?
 *   ERR_SIGNATURE   no
 */
MUST_CHECK enum err recheck_signature(const struct store_head *head,
                                      const struct note_key *key);

#endif
