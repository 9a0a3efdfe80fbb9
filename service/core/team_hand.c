#include "core/team_hand.h"

enum { HALF = TEAM_HAND_POSTS / 2 };

uint32_t team_hand_chunks(uint32_t inspectors, uint32_t posts)
{
    /* Of any two neighbours, HALF + 1 posts; and a split under way. */
    return inspectors + 2 * (posts / (HALF + 1)) + 2;
}

void team_hand_begin(struct team_hands *hands, uint32_t inspectors)
{
    for (uint32_t i = 0; i < inspectors; i++) {
        hands->chunks[i].next = TEAM_HAND_END;
        hands->chunks[i].count = 0;
    }
    hands->used = inspectors;
    hands->unused = TEAM_HAND_END;
}

static uint32_t take_chunk(struct team_hands *hands)
{
    uint32_t c = hands->unused;
    if (c == TEAM_HAND_END) return hands->used++;
    hands->unused = hands->chunks[c].next;
    return c;
}

static void split(struct team_hands *hands, struct team_chunk *chunk)
{
    uint32_t c = take_chunk(hands);
    struct team_chunk *right = &hands->chunks[c];
    /* Posts are mostly dealt in ascending order: leave the left one full. */
    uint32_t kept = chunk->next == TEAM_HAND_END ? TEAM_HAND_POSTS - 1 : HALF;
    right->count = chunk->count - kept;
    bytes_copy(right->posts, chunk->posts + kept,
               right->count * sizeof right->posts[0]);
    right->next = chunk->next;
    chunk->count = kept;
    chunk->next = c;
}

static void join(struct team_hands *hands, struct team_chunk *left)
{
    uint32_t c = left->next;
    if (c == TEAM_HAND_END) return;
    struct team_chunk *right = &hands->chunks[c];
    bool is_empty = left->count == 0 || right->count == 0;
    if (!is_empty && left->count + right->count > HALF) return;

    bytes_copy(left->posts + left->count, right->posts,
               right->count * sizeof right->posts[0]);
    left->count += right->count;
    left->next = right->next;
    right->next = hands->unused;
    hands->unused = c;
}

static uint32_t place(const struct team_chunk *chunk, uint32_t post)
{
    uint32_t low = 0, high = chunk->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (chunk->posts[middle] < post)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void team_hand_add(struct team_hands *hands, uint32_t i, uint32_t post)
{
    struct team_chunk *chunk = &hands->chunks[i];
    while (chunk->next != TEAM_HAND_END &&
           hands->chunks[chunk->next].posts[0] <= post)
        chunk = &hands->chunks[chunk->next];

    if (chunk->count == TEAM_HAND_POSTS) {
        split(hands, chunk);
        struct team_chunk *right = &hands->chunks[chunk->next];
        if (right->posts[0] <= post) chunk = right;
    }
    uint32_t at = place(chunk, post);
    bytes_copy(chunk->posts + at + 1, chunk->posts + at,
               (chunk->count - at) * sizeof chunk->posts[0]);
    chunk->posts[at] = post;
    chunk->count++;
}

void team_hand_remove(struct team_hands *hands, uint32_t i, uint32_t post)
{
    struct team_chunk *before = NULL, *chunk = &hands->chunks[i];
    while (chunk->posts[chunk->count - 1] < post) {
        before = chunk;
        chunk = &hands->chunks[chunk->next];
    }
    uint32_t at = place(chunk, post);
    chunk->count--;
    bytes_copy(chunk->posts + at, chunk->posts + at + 1,
               (chunk->count - at) * sizeof chunk->posts[0]);
    join(hands, chunk);
    if (before != NULL) join(hands, before);
}

uint32_t team_hand_post(const struct team_hands *hands, uint32_t i,
                        uint32_t index)
{
    const struct team_chunk *chunk = &hands->chunks[i];
    while (index >= chunk->count) {
        index -= chunk->count;
        chunk = &hands->chunks[chunk->next];
    }
    return chunk->posts[index];
}
