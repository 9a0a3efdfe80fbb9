/*
 * draw_check — may this announcement be logged: times, strata, and the plan.
 *
 * Source: FORMAT 4.06 … 4.11.
 */
#ifndef DOMAIN_DRAW_CHECK_H
#define DOMAIN_DRAW_CHECK_H

#include "domain/draw.h"

/*
 * `batch` is the plan's batch, `text` the complete entry.
 *   ERR_INPUT   dir->why names what does not fit, and what to do
 */
MUST_CHECK enum err draw_check_announcement(struct directory *dir,
                                            const json_t *batch,
                                            struct bytes text);

#endif
