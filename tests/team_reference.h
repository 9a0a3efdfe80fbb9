/*
 * team_reference — FORMAT 6 word by word, slow and without a clever thought:
 * what the fast choice of teams in core is measured against.
 *
 * Takes the same problem as core/team.h and answers in the same form, with
 * the same listener.  Every question walks all posts or all inspectors.
 * Source: FORMAT 6.1 to 6.4.
 */
#ifndef TESTS_TEAM_REFERENCE_H
#define TESTS_TEAM_REFERENCE_H

#include "core/team.h"

/* Solves a problem that core accepts; ends the program without memory. */
void team_reference_solve(uint32_t *holders, const struct team_problem *problem,
                          const struct hash *seed,
                          const struct team_listener *listener);

/* The inequality of a certificate, counted person by person. */
bool team_reference_holds(const struct team_problem *problem,
                          const uint32_t *posts, uint32_t count);

#endif
