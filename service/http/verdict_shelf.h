/*
 * verdict_shelf — what is shown of a draw, kept while nothing is added to it.
 *
 *     verdict_shelf_take() -> a copy, held … verdict_shelf_give()
 *                             or an empty one: fill it, verdict_shelf_put()
 *
 * To verify a long list takes seconds, and a page shows fifty of its rows; so
 * the whole outcome stays, as JSON, for all pages and all threads.  Who comes
 * while it is made waits for it.  The least recently used go first.
 * Source: the rules of this house on limits.
 */
#ifndef HTTP_VERDICT_SHELF_H
#define HTTP_VERDICT_SHELF_H

#include "domain/opened.h"
#include "store/store_stamp.h"

enum {
    VERDICT_SHELF_MAX = 32 << 20 /* bytes of all but the one made last */
};

/* One draw's document in pieces; nothing changes once it is put. */
struct verdict_copy {
    struct opened_text members; /* of its object, but for the rows     */
    struct opened_text rows;    /* elements of an array, with commas   */
    size_t *ends;               /* in rows, of each page; from malloc  */
    uint64_t row_count, page_count;
    uint64_t until;             /* right before this, Unix seconds     */

    bool is_made; /* from here on: the shelf's */
    struct verdict_copy *older;
    unsigned holders;
    uint64_t draw;
    struct store_stamp stamp;
};

struct verdict_shelf;

/* ERR_MEMORY. */
MUST_CHECK enum err verdict_shelf_create(struct verdict_shelf **shelf);
/* Nothing is held any more.  NULL is fine. */
void verdict_shelf_destroy(struct verdict_shelf *shelf);

/* Which draw, and when. */
struct verdict_wish {
    uint64_t draw, now;
};
/*
 * A copy that is right for the draw as `db` sees it; where `is_made` is not
 * set the caller fills it and must put it.
 *   ERR_ABSENT  no such draw     ERR_MEMORY
 */
MUST_CHECK enum err verdict_shelf_take(struct verdict_copy **copy,
                                       struct verdict_shelf *shelf,
                                       struct db *db,
                                       const struct verdict_wish *wish);
/* It is filled, or could not be.  Still held. */
void verdict_shelf_put(struct verdict_shelf *shelf, struct verdict_copy *copy,
                       bool is_filled);
void verdict_shelf_give(struct verdict_shelf *shelf,
                        struct verdict_copy *copy);

#endif
