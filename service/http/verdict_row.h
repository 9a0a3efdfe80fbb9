/*
 * verdict_row — strata, drawn rows with their teams, and what changed after
 * the draw.
 *
 * Source: FORMAT 3.5 … 3.15 and 4; http/profile.h for the fields.
 */
#ifndef HTTP_VERDICT_ROW_H
#define HTTP_VERDICT_ROW_H

#include "http/verdict.h"

enum { VERDICT_ROW_PAGE = 50 /* rows of one page */ };

/*
 * The member strata: [{count, drop_count, is_internal, is_small, name,
 * planned, positions, reserve_count, share, take}]; share in millionths,
 * planned as the plan has it; positions is the digest, after D only.
 */
void verdict_row_strata(struct canon *c, const struct verdict *verdict);

/* How many rows there are; before the opening none. */
uint64_t verdict_row_count(const struct verdict *verdict);
/*
 * The rows of a page, from 1, as elements of an array that is open in `c`:
 * {crew: [{certificate, department, is_open, seat, unit}], index, is_dropped,
 * is_reserve, later_count, position, row: {…}, stratum}.
 */
void verdict_row_page(struct canon *c, const struct verdict *verdict,
                      uint64_t page);

/*
 * The member changes: [{is_…, position, stratum, time, …}], one for every
 * replacement, stand-in and direct assignment, void and annulment.
 */
void verdict_row_changes(struct canon *c, const struct verdict *verdict);

#endif
