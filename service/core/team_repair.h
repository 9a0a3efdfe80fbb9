/*
 * team_repair — phase B: fills open posts by moving others, or shows why
 * that is impossible.
 *
 * Private to service/core/team*.c.  Source: FORMAT 6.2.
 */
#ifndef CORE_TEAM_REPAIR_H
#define CORE_TEAM_REPAIR_H

#include "core/team_state.h"

/* After team_search_prepare().  Errors: what the listener answers. */
MUST_CHECK enum err team_repair_run(struct team *team,
                                    const struct team_listener *listener);

#endif
