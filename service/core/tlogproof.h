/*
 * tlogproof — a file that proves, off line, that something stands in a log.
 *
 *     c2sp.org/tlog-proof@v1
 *     extra YWdl…                         optional, vouched for by nobody
 *     index 73894
 *     gSKyXoYZUgZ6jduWYrkDOARinOMGJve…    the path, the leaf's sibling first
 *     B95lDa8R83lS8n0eG+o0buTxRKQTYFi…
 *
 *     example.com/fancylog                the signed checkpoint, verbatim
 *     109482
 *     …
 *
 * Source: c2sp.org/tlog-proof.
 */
#ifndef CORE_TLOGPROOF_H
#define CORE_TLOGPROOF_H

#include "core/policy.h"

#define TLOGPROOF_EXTRA_MAX 65536 /* bytes of base64 */

/* Borrowed from the text it was read from. */
struct tlogproof {
    struct bytes extra; /* base64; empty: no such line */
    uint64_t index;
    struct merkle_path path;
    struct bytes note;
};

/*
 * Reads a proof; neither signatures nor the path are checked.
 *   ERR_FORMAT      not a proof, or its checkpoint is not a note
 *   ERR_CANONICAL   base64 with bits set beyond the last byte
 *   ERR_RANGE       an index above MERKLE_SIZE_MAX
 *   ERR_LIMIT       a path, an extra or a note longer than its limit
 */
MUST_CHECK enum err tlogproof_read(struct tlogproof *proof, struct bytes text);
void tlogproof_write(struct writer *w, const struct tlogproof *proof);

/*
 * Checks that `leaf` (merkle_leaf of the entry) stands in a log of the
 * policy whose checkpoint a quorum has cosigned.
 *   ERR_ABSENT      not signed by a log of the policy, or no quorum
 *   ERR_SIGNATURE   a signature of a known key does not verify
 *   ERR_RANGE       the index is not below the size
 *   ERR_PROOF       the path does not lead to the root
 *   others          as note_read and checkpoint_read
 */
MUST_CHECK enum err tlogproof_check(const struct tlogproof *proof,
                                    struct hash leaf,
                                    const struct policy *policy);

#endif
