/*
 * lookup — where a code stands in an opening, without reading it again.
 *
 * The index of the last few openings that were asked for is kept; an
 * opening never changes.
 * Source: FORMAT 3.11.
 */
#ifndef HTTP_LOOKUP_H
#define HTTP_LOOKUP_H

#include "domain/directory.h"

enum { LOOKUP_KEPT = 8 /* openings */ };

struct lookup;

/* One of the opened targets.  Borrowed: until the next lookup_find(). */
struct lookup_place {
    struct bytes id, stratum;
    uint64_t position;
    bool is_reserve; /* was not drawn, but called in before the opening */
};

/* ERR_MEMORY. */
MUST_CHECK enum err lookup_create(struct lookup **lookup);
/* NULL is fine. */
void lookup_destroy(struct lookup *lookup);

/* The log entry of a draw's opening.
 *   ERR_ABSENT  no such draw     ERR_STATE  it is not opened */
MUST_CHECK enum err lookup_opening(uint64_t *seq, struct directory *dir,
                                   uint64_t draw);
/*
 * *place NULL: the code is not among the opened.  `id` in the one spelling.
 * The errors of lookup_opening(), of listing_read(), ERR_MEMORY.
 */
MUST_CHECK enum err lookup_find(const struct lookup_place **place,
                                struct lookup *lookup, struct directory *dir,
                                uint64_t draw, struct bytes id);

#endif
