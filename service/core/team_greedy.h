/*
 * team_greedy — phase A: each post in turn to one of the least loaded.
 *
 * Private to service/core/team*.c.  Source: FORMAT 6.1.
 */
#ifndef CORE_TEAM_GREEDY_H
#define CORE_TEAM_GREEDY_H

#include "core/team_state.h"

/* Fills holders and loads; the posts for which there is nobody stay open. */
void team_greedy_run(struct team *team);

#endif
