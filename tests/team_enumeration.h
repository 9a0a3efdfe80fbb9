/*
 * team_enumeration — every lawful assignment of a small problem, and of them
 * the best: most posts filled, then the least sum of squared loads.
 *
 * Source: what FORMAT 6.2 and 6.3 promise to reach.
 */
#ifndef TESTS_TEAM_ENUMERATION_H
#define TESTS_TEAM_ENUMERATION_H

#include "core/team.h"

enum {
    TEAM_ENUMERATION_POSTS = 8,
    TEAM_ENUMERATION_PEOPLE = 8,
    TEAM_ENUMERATION_STATES = 4096
};

/* Holders by post; TEAM_NOBODY where open. */
struct team_state {
    uint32_t holders[TEAM_ENUMERATION_POSTS];
};

struct team_enumeration {
    uint32_t filled;
    uint64_t squares;
    size_t count; /* best assignments; only so many are kept as there is room */
    struct team_state states[TEAM_ENUMERATION_STATES];
};

/* For problems within the limits above. */
void team_enumeration_run(struct team_enumeration *best,
                          const struct team_problem *problem);

/* Filled posts, and the sum of squared loads. */
uint32_t team_enumeration_filled(const struct team_problem *problem,
                                 const uint32_t *holders);
uint64_t team_enumeration_squares(const struct team_problem *problem,
                                  const uint32_t *holders);

/* Eligible, within caps, nobody twice on a target. */
bool team_enumeration_is_lawful(const struct team_problem *problem,
                                const uint32_t *holders);

/* The index of a best assignment, or `count`. */
size_t team_enumeration_find(const struct team_enumeration *best,
                             const struct team_problem *problem,
                             const uint32_t *holders);

#endif
