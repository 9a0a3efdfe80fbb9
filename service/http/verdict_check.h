/*
 * verdict_check — the rules of the verifier under names for everybody.
 *
 *     信标是真的，而且最后才来   4.08 4.21 4.22     通过
 *
 * Every rule belongs to exactly one of these checks.
 * Source: FORMAT 9.
 */
#ifndef HTTP_VERDICT_CHECK_H
#define HTTP_VERDICT_CHECK_H

#include "http/verdict.h"

/*
 * The member checks: [{is_bad, is_later, is_never, is_ok, is_untested, name,
 * proves, rules: [{rule, step}]}].
 */
void verdict_check(struct canon *c, const struct verdict *verdict);

/* The check that a rule belongs to, from 0; SIZE_MAX: none. */
size_t verdict_check_of(const char *rule);

#endif
