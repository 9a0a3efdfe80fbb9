/*
 * publish — the item list and the plan, with its seed book, go into the log.
 *
 * Source: FORMAT 3.2, 3.3, 3.4.
 */
#ifndef DOMAIN_PUBLISH_H
#define DOMAIN_PUBLISH_H

#include "domain/directory.h"

/*
 * The latest imported version becomes the one in force.
 *   ERR_STATE   nothing imported, or it is published already; no items yet
 */
MUST_CHECK enum err publish_items(struct directory *dir);
/* `slots`: of the seed book; 0: twice the batches and ten. */
MUST_CHECK enum err publish_plan(struct directory *dir, uint32_t slots);

#endif
