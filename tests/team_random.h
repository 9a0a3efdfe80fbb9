/*
 * team_random — small random team problems: caps, recusals, pools that nest,
 * overlap, repeat and are not in order, targets that are mixed up.
 *
 * The same number gives the same problem.  Source: the inputs of FORMAT 6.
 */
#ifndef TESTS_TEAM_RANDOM_H
#define TESTS_TEAM_RANDOM_H

#include "core/team.h"

enum {
    TEAM_RANDOM_POSTS = 40,
    TEAM_RANDOM_PEOPLE = 14,
    TEAM_RANDOM_POOLS = 4,
    TEAM_RANDOM_RECUSALS = 20
};

struct team_random {
    struct team_problem problem; /* points into what follows */
    struct hash seed;
    bool has_caps, has_recusals;
    uint64_t state;
    struct team_post posts[TEAM_RANDOM_POSTS];
    struct team_pool pools[TEAM_RANDOM_POOLS];
    uint32_t members[TEAM_RANDOM_POOLS][TEAM_RANDOM_PEOPLE];
    uint32_t caps[TEAM_RANDOM_PEOPLE];
    struct team_recusal recusals[TEAM_RANDOM_RECUSALS];
};

/* Makes problem `number` with at most so many posts and people in place. */
void team_random_make(struct team_random *random, uint64_t number,
                      uint32_t posts_max, uint32_t people_max);

/* The next number below `n`, n > 0. */
uint32_t team_random_below(uint64_t *state, uint32_t n);

#endif
