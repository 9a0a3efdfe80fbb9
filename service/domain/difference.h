/*
 * difference — what a new edition changes in the one in force.
 *
 *     8,201 as before · 12 new · 3 changed · 80 gone, with examples
 *
 * Source: the rules of `import` in the README.
 */
#ifndef DOMAIN_DIFFERENCE_H
#define DOMAIN_DIFFERENCE_H

#include "domain/edition.h"

enum { DIFFERENCE_EXAMPLE_MAX = 5, DIFFERENCE_LINE_MAX = 512 };

enum difference_sort {
    DIFFERENCE_SAME,
    DIFFERENCE_NEW,
    DIFFERENCE_CHANGED,
    DIFFERENCE_GONE,
    DIFFERENCE_SORT_COUNT
};

struct difference {
    uint64_t count[DIFFERENCE_SORT_COUNT];
    /* The first lines of each sort but SAME, cut, NUL-terminated; of a
     * changed one as it is now. */
    char examples[DIFFERENCE_SORT_COUNT][DIFFERENCE_EXAMPLE_MAX]
                 [DIFFERENCE_LINE_MAX];
};

/*
 * Compare two walks in the order of keys; both are ended.
 *   ERR_FORMAT and the errors of edition_walk_end()
 */
MUST_CHECK enum err difference_read(struct difference *difference,
                                    struct edition_walk *before,
                                    struct edition_walk *now);

#endif
