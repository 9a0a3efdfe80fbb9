/*
 * team_answer — a team problem solved, as text for strangers.
 *
 *     {"holders":[i|null,…],
 *      "open":[{"post":p,"posts":[…],"inspectors":[…]},…]}
 *
 * Source: FORMAT 6.
 */
#ifndef FORMAT_TEAM_ANSWER_H
#define FORMAT_TEAM_ANSWER_H

#include "core/team.h"

/*
 * Solves the problem and writes the answer, compact, without a line end.
 * Owned by the caller: free(answer->at).
 *   ERR_INPUT   the problem is unusable: a pool names somebody twice
 *   ERR_LIMIT   beyond a limit of team.h, or an answer above 1 GiB
 *   ERR_MEMORY  no room
 */
MUST_CHECK enum err team_answer_text(struct bytes *answer,
                                     const struct team_problem *problem,
                                     const struct hash *seed);

#endif
