/*
 * arena — memory for one piece of work, given back all at once.
 *
 *     struct arena arena = { 0 };
 *     struct hash *out = arena_take(&arena, count * sizeof *out);
 *     ...
 *     arena_release(&arena);
 *
 * Once memory is short, is_short stays set; callers may look at it late.
 * Source: the rules of this house.
 */
#ifndef HOST_ARENA_H
#define HOST_ARENA_H

#include "core/bytes.h"

struct arena_block;

/* All zero: empty. */
struct arena {
    struct arena_block *blocks;
    uint8_t *room; /* what is left of the newest small block */
    size_t left;
    bool is_short;
};

/*
 * `count` times `len` zeroed bytes, aligned as malloc does it.  NULL: there
 * is no memory, and is_short is set.  Borrowed: until arena_release().
 */
void *arena_take(struct arena *arena, size_t count, size_t len);
/* The same without zeroing, for what is filled at once. */
void *arena_take_raw(struct arena *arena, size_t len);
/*
 * Takes back what stands behind the first `used` of the `len` bytes that
 * arena_take_raw() gave at `at`, if nothing was taken since.
 */
void arena_trim(struct arena *arena, void *at, size_t len, size_t used);
/* A copy of `bytes`; empty where there is no memory. */
struct bytes arena_copy(struct arena *arena, struct bytes bytes);
/* Gives back all that was taken since `*arena` was as `mark` is. */
void arena_rewind(struct arena *arena, struct arena mark);
void arena_release(struct arena *arena);

#endif
