/*
 * standin — who goes instead: the least hash among those who may.
 *
 *     rank(i) = HASH("stand-in/v1", team seed, utf8 stratum,
 *                    u64be position, u32be seat, u64be i)
 *
 * One rule for recusal, illness, expiry, and for the seats of a reserve.
 * Caps do not enter.
 * Source: FORMAT 6.5.  Pure: no I/O, no allocation.
 */
#ifndef CORE_STANDIN_H
#define CORE_STANDIN_H

#include "core/team.h"

/* Inspectors by roster index, in any order.  Borrowed. */
struct standin_list {
    const uint32_t *at;
    size_t count;
};

/* One seat of one target. */
struct standin_post {
    struct hash team_seed;
    struct bytes stratum;
    uint64_t position;
    uint32_t seat;
};

struct hash standin_rank(const struct standin_post *post, uint32_t inspector);

/*
 * The member of `pool` with the least rank that stands in none of the
 * `bar_count` lists: the recused of the target, its crew, those removed
 * from it, the absent.  TEAM_NOBODY in a list bars nobody.
 *   ERR_ABSENT  nobody is left: the post is open
 */
MUST_CHECK enum err standin_choose(uint32_t *inspector,
                                   const struct standin_post *post,
                                   struct standin_list pool,
                                   const struct standin_list *bars,
                                   size_t bar_count);

/* A reserve takes the place of a dropped target. */
struct standin_reserve {
    struct hash team_seed;
    struct bytes stratum;
    uint64_t position; /* of the reserve */
    size_t seats;
    const uint32_t *dropped_holders;  /* per seat, or TEAM_NOBODY    */
    const uint32_t *dropped_posts;    /* pool index per seat          */
    const uint32_t *posts;            /* pool index per seat          */
    const struct standin_list *pools; /* by pool index               */
    size_t pool_count;
    struct standin_list recused; /* of the reserve */
    struct standin_list away;
};

/*
 * The reserve's crew, one inspector or TEAM_NOBODY per seat into `crew`.
 *   ERR_RANGE  a post names no pool
 */
MUST_CHECK enum err standin_crew(uint32_t *crew,
                                 const struct standin_reserve *reserve);

#endif
