/*
 * team_json — a team problem as strangers write it.
 *
 *     {"posts":[[target,pool],…],"pools":[[i,…],…],"caps":[n|null,…],
 *      "recused":[[target,i],…]}
 *
 * Pools are taken as given, equal and unsorted ones too; targets by number.
 * Source: FORMAT 6.
 */
#ifndef FORMAT_TEAM_JSON_H
#define FORMAT_TEAM_JSON_H

#include "core/team.h"

#define TEAM_JSON_REASON_MAX 200 /* bytes of a reason, with its NUL */

/* A problem and all its lists. */
struct team_json {
    struct team_problem problem;
    void *room; /* the lists */
};

/*
 * Reads a problem; owned: team_json_release().  When it fails, `reason` says
 * in Chinese what is wrong and where.
 *   ERR_INPUT   not such a text, or it names what does not exist
 *   ERR_LIMIT   larger than the limits of json_read.h or team.h
 *   ERR_MEMORY  no room
 */
MUST_CHECK enum err team_json_read(struct team_json *read,
                                   char reason[TEAM_JSON_REASON_MAX],
                                   struct bytes text);

/* Frees the lists; also after a failed read. */
void team_json_release(struct team_json *read);

#endif
