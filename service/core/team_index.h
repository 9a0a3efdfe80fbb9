/*
 * team_index — the lists of a problem, turned so that every question of the
 * search has its answer in one place, and all lent memory laid out.
 *
 *     posts      target -> posts          recusals   target -> inspectors
 *     pools      inspector -> pools       members    pool -> inspectors
 *
 * Private to service/core/team*.c.  Pure.  Source: FORMAT 6.
 */
#ifndef CORE_TEAM_INDEX_H
#define CORE_TEAM_INDEX_H

#include "core/team_state.h"

/*
 * Lays `team` out in the workspace; returns the bytes needed.  With a NULL
 * workspace it only counts.  0: the problem is beyond a limit.
 */
size_t team_index_lay_out(struct team *team, const struct team_problem *problem,
                          void *workspace);

/*
 * Fills the indexes; nobody holds anything.  Errors as team_solve().
 */
MUST_CHECK enum err team_index_build(struct team *team);

/* `i` is recused for `target`. */
bool team_index_is_recused(const struct team *team, uint32_t target,
                           uint32_t i);

/* The place of `i` among the members of `pool`, or TEAM_NOBODY. */
uint32_t team_index_place(const struct team *team, uint32_t pool, uint32_t i);

/* The post of `target` that `i` holds, or TEAM_NOBODY. */
uint32_t team_index_beside(const struct team *team, uint32_t target,
                           uint32_t i);

#endif
