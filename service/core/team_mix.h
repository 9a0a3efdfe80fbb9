/*
 * team_mix — phase D: a long random walk over assignments that are equally
 * good, so that chance and not the order of work decides.
 *
 *     swap    two posts of one pool exchange their holders
 *     move    a post goes to one who holds one fewer
 *     chain   p goes from a to b, a post q of b goes to c (or to a)
 *
 * Private to service/core/team*.c.  Source: FORMAT 6.4.
 */
#ifndef CORE_TEAM_MIX_H
#define CORE_TEAM_MIX_H

#include "core/team_state.h"

/* 32 steps a filled post.  Hands and loads are as in `holders`. */
void team_mix_run(struct team *team);

#endif
