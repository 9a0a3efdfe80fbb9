/*
 * entropy — where new secrets come from: the machine, or, in a rehearsal,
 * a given 32 bytes, so that a run can be repeated byte for byte.
 *
 *     block n = HASH("entropy/v1", seed, u64be n)
 *
 * Source: DECISIONS of this house on --entropy; core/hash.h for HASH.
 */
#ifndef HOST_ENTROPY_H
#define HOST_ENTROPY_H

#include "core/bytes.h"

struct entropy {
    bool is_fixed;
    uint8_t seed[32];
    uint64_t count; /* blocks taken so far */
};

struct entropy entropy_machine(void);
/* Rehearsals only: the caller has checked that it is one. */
struct entropy entropy_fixed(const uint8_t seed[32]);

/* `len` fresh bytes.  A fixed source starts each call on a new block. */
void entropy_take(struct entropy *entropy, void *to, size_t len);

#endif
