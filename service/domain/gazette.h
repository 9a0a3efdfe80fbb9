/*
 * gazette — what was published that belongs to no draw: every version of
 * the items, every plan with its amendments, every seed book.
 *
 *     struct gazette plans;
 *     err = gazette_load(&plans, dir, "plan");
 *     batch = gazette_batch(gazette_find(&plans, digest), code);
 *     gazette_release(&plans);
 *
 * Source: FORMAT 3.2, 3.3 and 3.4.
 */
#ifndef DOMAIN_GAZETTE_H
#define DOMAIN_GAZETTE_H

#include "domain/listing.h"

#define GAZETTE_MAX 4096 /* issues of one kind that are read */

struct gazette_issue {
    uint64_t seq, time;
    struct hash digest;
    json_t *root; /* the entry               */
    json_t *list; /* its list, or NULL: none */
};

/* In the order of the log; what `issues` holds is released with it. */
struct gazette {
    size_t count;
    struct gazette_issue *issues;
};

/*
 * Reads the entries of this kind, "items", "plan" or "seed-book".
 * gazette_release() must follow, also after an error.
 *   ERR_LIMIT  more than GAZETTE_MAX     ERR_MEMORY
 *   others     as listing_entry() and listing_read()
 */
MUST_CHECK enum err gazette_load(struct gazette *gazette,
                                 const struct directory *dir,
                                 const char *kind);
void gazette_release(struct gazette *gazette);

/* NULL: there is none.  Borrowed. */
const struct gazette_issue *gazette_find(const struct gazette *gazette,
                                         struct hash digest);
/* The element of an issue's list with this code; takes NULL.  Borrowed. */
json_t *gazette_element(const struct gazette_issue *issue,
                        struct bytes code);

#endif
