/*
 * brief — one draw in one line of a list.
 *
 *     {"batch_name":"…","count":8296,"draw":3,"icon":{"good":1},
 *      "say":"…","stage":"已公开","take":249,…}
 *
 * Taken from the log's entries without verifying anything: the draw's own
 * page does that.  A failed, void or annulled draw says why.
 * Source: FORMAT 3.
 */
#ifndef HTTP_BRIEF_H
#define HTTP_BRIEF_H

#include "core/canon.h"
#include "domain/draw.h"
#include "domain/gazette.h"

/* When it is asked, and what is known besides. */
struct brief {
    const struct gazette *plans;
    uint64_t now;
    uint64_t until;     /* in, out: lowered to the next deadline           */
    uint64_t next_draw; /* in, out: the draw whose next step is the first  */
    uint64_t next_time; /* to come, and when; UINT64_MAX: none             */
};

/*
 * Writes draw `number` as an object.
 *   ERR_ABSENT  no such draw     ERR_MEMORY, and others of draw_load()
 */
MUST_CHECK enum err brief_write(struct canon *c, struct brief *brief,
                                struct directory *dir, uint64_t number);

#endif
