/*
 * team_balance — phase C: the least sum of squared loads, by relieving the
 * most loaded as long as somebody can be reached who holds two fewer.
 *
 * Private to service/core/team*.c.  Source: FORMAT 6.3.
 */
#ifndef CORE_TEAM_BALANCE_H
#define CORE_TEAM_BALANCE_H

#include "core/team_state.h"

/* After team_search_prepare() and repair. */
void team_balance_run(struct team *team);

#endif
