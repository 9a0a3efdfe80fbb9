/*
 * chance — how often luck alone draws one and the same firm so often.
 *
 *     listed at 3/100 in two draws, drawn in both:   0.03 * 0.03 = 0.0009
 *     8,296 firms stand in both lists:               about 7.5 share it
 *
 * Draws are independent: each has a seed of its own.
 * Source: the Poisson binomial distribution.  Pure: no I/O, no allocation.
 */
#ifndef CORE_CHANCE_H
#define CORE_CHANCE_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum { CHANCE_DRAWS_MAX = 4096 };

/* `take` of `count` rows are drawn; 1 <= count, take <= count. */
struct chance_share {
    uint64_t take, count;
};

/*
 * The probability that a row with these shares is drawn in `times` or more
 * of them.  `room` holds count + 1 numbers.
 *   ERR_RANGE  a share that is none     ERR_LIMIT  too many of them
 */
MUST_CHECK enum err chance_at_least(double *probability, double *room,
                                    const struct chance_share *shares,
                                    size_t count, size_t times);

#endif
