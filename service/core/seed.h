/*
 * seed — from a commitment of last year to the seeds of a draw.
 *
 *     seed book:  commit = HASH("commit/v1", book, u32be slot, secret)
 *
 *     A, F, secret, contributions, beacon ──> seed ──> sub/v1, per stratum
 *                                               └────> team/v1
 *
 * Source: FORMAT 4.1 and 5.  Pure: no I/O, no allocation.
 */
#ifndef CORE_SEED_H
#define CORE_SEED_H

#include "core/hash.h"

/* The commitment to one slot of a seed book: leaf data of its tree. */
struct hash seed_commit(struct bytes book, uint32_t slot,
                        const struct hash *secret);

/* Contributions in A's order, 1 to 64 bytes each; none: 32 zero bytes. */
struct hash seed_contrib(const struct bytes *values, size_t count);

/* Everything a draw's seed is made of. */
struct seed_parts {
    struct hash announcement; /* H(A) */
    struct hash freeze;       /* H(F) */
    struct hash secret;       /* of the slot, revealed in V */
    struct hash contrib;      /* seed_contrib() */
    struct hash chain;        /* chain hash of the beacon */
    uint64_t round;
    struct bytes signature; /* of that round; borrowed */
};

struct hash seed_make(const struct seed_parts *parts);

/* The seed that pick_begin() takes for the stratum of this name. */
struct hash seed_stratum(const struct hash *seed, struct bytes stratum);
/* The seed of everything about inspectors. */
struct hash seed_team(const struct hash *seed);

#endif
