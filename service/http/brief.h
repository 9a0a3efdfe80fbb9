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
#include "http/words.h"

/* When it is asked, and what is known besides. */
struct brief {
    const struct gazette *plans;
    uint64_t now;
    uint64_t until;     /* in, out: lowered to the next deadline           */
    uint64_t next_draw; /* in, out: the draw whose next step is the first  */
    uint64_t next_time; /* to come, and when; UINT64_MAX: none             */
    enum words_step next_step;
};

/* How a draw stands; every draw is one of these. */
enum brief_end {
    BRIEF_UNDER_WAY, /* announced and not yet drawn                        */
    BRIEF_SEALED,    /* drawn and not yet opened                           */
    BRIEF_OPENED,    /* and not annulled                                   */
    BRIEF_ANNULLED,
    BRIEF_VOID,
    BRIEF_FAILED,    /* freeze or reveal missed its deadline, and no void  */
    BRIEF_END_COUNT
};

/* `until` is lowered to the moment when a failure would change the answer. */
enum brief_end brief_end(uint64_t *until, const struct draw *draw,
                         uint64_t now);

/*
 * Writes draw `number` as an object.
 *   ERR_ABSENT  no such draw     ERR_MEMORY, and others of draw_load()
 */
MUST_CHECK enum err brief_write(struct canon *c, struct brief *brief,
                                struct directory *dir, uint64_t number);
/* The same for what is known besides, and nothing is written. */
MUST_CHECK enum err brief_see(struct brief *brief, struct directory *dir,
                              uint64_t number);

#endif
