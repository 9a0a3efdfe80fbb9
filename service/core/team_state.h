/*
 * team_state — what the phases of team.h share while they work: the indexes
 * of the problem, who holds what, and lent memory for their searches.
 *
 *     lists   start  0  2  5        items of 0: a b   of 1: c d e
 *             item   a  b  c  d  e
 *     bits    one run of 64-bit words a pool, a bit a place; the places of
 *             a pool count its members in ascending order
 *
 * Private to service/core/team*.c.  Source: FORMAT 6.
 */
#ifndef CORE_TEAM_STATE_H
#define CORE_TEAM_STATE_H

#include "core/team.h"
#include "core/team_hand.h"

/* Lists one behind the other; list k ends where list k + 1 starts. */
struct team_lists {
    uint32_t *start, *item;
};

/* One entry of a search's queue: a post, or all that an inspector holds. */
struct team_lead {
    uint32_t number, from; /* `from`: the post that led here, or nobody */
    bool is_hand;
};

struct team {
    const struct team_problem *problem;
    struct hash seed;
    uint32_t *holders; /* by post, the caller's */
    uint32_t *load;    /* by inspector          */
    struct team_hands hands;

    struct team_lists posts_of;   /* target: its posts, ascending          */
    struct team_lists recused_of; /* target: its recused, ascending        */
    struct team_lists pools_of;   /* inspector: his pools, ascending       */
    struct team_lists members_of; /* pool: its members, ascending          */
    struct team_lists filled_of;  /* pool: its filled posts, ascending     */
    uint32_t *places;             /* beside pools_of.item: his place there */
    uint32_t *filled;             /* the filled posts                      */

    uint32_t *word_start;       /* pool: where its bits start           */
    uint64_t *bits, *open_bits; /* a working set, and what it begins as */
    uint32_t *level, *count;    /* pool: least load, how many have it   */
    uint32_t *below_count;      /* pool: members not known at their cap */
    uint32_t *below;            /* their places, at members_of.start    */
    uint32_t *spare;            /* by inspector, for whoever needs it   */
    uint32_t *people;           /* those whom a search has seen         */
    uint32_t people_count;

    struct team_lead *queue;
    size_t queue_count;
    uint32_t stamp;                    /* of the search under way         */
    uint32_t *from, *queued, *visited; /* by post                         */
    uint32_t *seen, *touched, *first;  /* by inspector; by pool           */
    uint32_t *posts;                   /* by post, for reports            */
    bool *is_frozen;                   /* by inspector                    */
    uint32_t frozen_count;
};

/* Words that hold the bits of so many places. */
static inline uint32_t team_words(uint32_t places)
{
    return places / 64 + (places % 64 != 0);
}

static inline bool team_is_below(const struct team *team, uint32_t i)
{
    return team->load[i] < team->problem->caps[i];
}

static inline uint64_t team_bit(uint32_t place)
{
    return UINT64_C(1) << place % 64;
}

static inline uint64_t *team_word(const struct team *team, uint32_t pool,
                                  uint32_t place)
{
    return team->bits + team->word_start[pool] + place / 64;
}

#endif
