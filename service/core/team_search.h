/*
 * team_search — breadth-first search for somebody who can take one more
 * post, and the shift along the way to him. Repair and balance share it.
 *
 *     open post p  <- inspector i gives up q  <- j gives up r  <- k is free
 *
 * The queue keeps what an inspector holds as one entry and unfolds it when
 * its turn comes: the order of visits is the same, the work is not.
 *
 * Private to service/core/team*.c.  Source: FORMAT 6.2 and 6.3.
 */
#ifndef CORE_TEAM_SEARCH_H
#define CORE_TEAM_SEARCH_H

#include "core/team_state.h"

/* Before the first search: hands and loads are as in `holders`. */
void team_search_prepare(struct team *team);

/*
 * Looks for a way to fill the open post `p`, and shifts along it.  False:
 * there is none, and team_search_report() tells what was visited.
 */
bool team_search_fill(struct team *team, uint32_t p);

/*
 * Looks for a way from the posts of `a` to one who holds at least two fewer,
 * past the frozen, and shifts along it: returns who got a post.  TEAM_NOBODY:
 * there is none; `a` and all seen are frozen now.
 */
uint32_t team_search_relieve(struct team *team, uint32_t a);

/* What the last search visited.  Borrowed: valid until the next search. */
struct team_open team_search_report(struct team *team, uint32_t post);

#endif
