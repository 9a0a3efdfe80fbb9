/*
 * team_hand — the posts that each inspector holds, ascending.
 *
 *     inspector 7:  [ 2 5 9 … ] -> [ 80 81 … ] -> end
 *
 * Chunks in a list: adding and removing moves a few dozen numbers, the n-th
 * post is found by counting chunks.  An inspector's first chunk is always
 * there, number `inspector`; no other one is empty, and two neighbours hold
 * together more than half of what one can, so that lent memory is bounded.
 *
 * Private to service/core/team*.c.  Pure.  Source: FORMAT 6.
 */
#ifndef CORE_TEAM_HAND_H
#define CORE_TEAM_HAND_H

#include "core/bytes.h"

#define TEAM_HAND_POSTS 62 /* in a chunk, which is 256 bytes then */
#define TEAM_HAND_END UINT32_MAX

struct team_chunk {
    uint32_t next, count;
    uint32_t posts[TEAM_HAND_POSTS];
};

struct team_hands {
    struct team_chunk *chunks; /* lent: team_hand_chunks() of them */
    uint32_t used, unused;     /* taken so far; head of the returned ones */
};

/* Chunks that suffice for so many inspectors and posts. */
uint32_t team_hand_chunks(uint32_t inspectors, uint32_t posts);

/* All hands are empty. */
void team_hand_begin(struct team_hands *hands, uint32_t inspectors);

/* `i` gets `post`, which he does not hold; or gives it up, which he holds. */
void team_hand_add(struct team_hands *hands, uint32_t i, uint32_t post);
void team_hand_remove(struct team_hands *hands, uint32_t i, uint32_t post);

/* His post number `index`, below how many he holds. */
uint32_t team_hand_post(const struct team_hands *hands, uint32_t i,
                        uint32_t index);

#endif
