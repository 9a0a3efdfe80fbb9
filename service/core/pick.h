/*
 * pick — the draw: a random order of 0 … count-1, as much of it as is asked.
 *
 *     j = step + U("draw", seed, step, count - step)
 *     out[step] = what stands at j;   at j now stands what stood at step
 *
 * Only the places that differ from 0, 1, 2 … are kept, in a map lent by the
 * caller: a few positions of a very long list cost nothing but themselves.
 * Steps 0 … k-1 are drawn; the following ones are the reserves.
 *
 *     size_t slot_count = pick_slots(steps);
 *     struct pick pick;                             slots: calloc, arena …
 *     err = pick_begin(&pick, &seed, count, slots, slot_count);
 *     err = pick_next(&position, &pick);
 *
 * Source: FORMAT 5; Fisher and Yates, Durstenfeld.  Pure.
 */
#ifndef CORE_PICK_H
#define CORE_PICK_H

#include "core/hash.h"

#define PICK_COUNT_MAX UINT64_C(9007199254740991) /* 2^53 - 1 */
#define PICK_U_MAX (UINT64_C(1) << 56)            /* `n` of pick_u() */

/* One displaced place: `position` stands at `place`.  Opaque to callers. */
struct pick_slot {
    uint64_t place; /* plus one; 0 where the slot is empty */
    uint64_t position;
};

struct pick {
    struct hash seed;
    uint64_t count;
    uint64_t step; /* positions given out so far */
    struct pick_slot *slots;
    size_t slot_count, used;
};

/*
 * The integer of HASH(tag, seed, u64be t) modulo n, 1 <= n <= PICK_U_MAX;
 * 0 for n = 0.
 */
uint64_t pick_u(const char *tag, const struct hash *seed, uint64_t t,
                uint64_t n);

/* Slots that suffice for so many steps: a power of two. */
size_t pick_slots(uint64_t steps);

/*
 * Begins the order of `count` positions under a stratum's seed.
 * `slot_count` is a power of two; the slots are cleared here.  Borrowed:
 * they must outlive `pick`.
 *   ERR_RANGE  count above PICK_COUNT_MAX, or slots not a power of two
 */
MUST_CHECK enum err pick_begin(struct pick *pick, const struct hash *seed,
                               uint64_t count, struct pick_slot *slots,
                               size_t slot_count);

/*
 * The next position of the order, counted from 0.
 *   ERR_ABSENT  all have been given out
 *   ERR_FULL    the map holds no more; nothing was changed
 */
MUST_CHECK enum err pick_next(uint64_t *position, struct pick *pick);

/* The next `take` positions at once.  The same errors. */
MUST_CHECK enum err pick_take(uint64_t *positions, struct pick *pick,
                              uint64_t take);

/* SHA-256 of the positions as u64be in the order given. */
struct hash pick_digest(const uint64_t *positions, size_t count);

#endif
