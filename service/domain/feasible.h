/*
 * feasible — before the freeze: can a seat stay open?
 *
 *     each row alone   a matching of its seats to who may take them
 *     all outcomes     for every pool: what all its members but the largest
 *                      few can hold is at least what outcomes can ask for
 *     else             trial outcomes, counted
 *
 * When at a post everybody of its pool who is not on the target already and
 * not recused is at his cap, these caps are filled by posts of targets whose
 * pools meet this one: so the second test holds for every outcome.
 * Source: FORMAT 6.
 */
#ifndef DOMAIN_FEASIBLE_H
#define DOMAIN_FEASIBLE_H

#include "domain/outcome.h"

enum { FEASIBLE_NAME_MAX = 256 };

struct feasible {
    uint64_t recused_rows; /* rows for which somebody is recused        */
    uint64_t short_rows;   /* rows that alone cannot have a full team   */
    char district[FEASIBLE_NAME_MAX]; /* of the first of them           */
    char department[FEASIBLE_NAME_MAX];
    bool is_sure;     /* no outcome has an open seat                     */
    uint32_t trials;  /* outcomes tried, 0: none                         */
    uint32_t failed;  /* of them, with open seats                        */
};

/* ERR_MEMORY, ERR_LIMIT, and the errors of outcome_try(). */
MUST_CHECK enum err feasible_check(struct feasible *feasible,
                                   const struct frozen *frozen);

#endif
