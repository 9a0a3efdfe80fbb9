/*
 * rate — how many to draw: a count, or a percentage, computed exactly.
 *
 *     "0" "12"              a count, at most nine digits
 *     "3%" "0.5%" "100%"    a rate in millionths of a percent
 *
 *     k = ceil(N * p / 100), never above N, at least 1 where asked
 *
 * Source: FORMAT 1.2 (take) and 5.  Pure: no I/O, no allocation.
 */
#ifndef CORE_RATE_H
#define CORE_RATE_H

#include "core/bytes.h"

#define RATE_WHOLE UINT64_C(100000000) /* 100 % in millionths of a percent */
#define RATE_COUNT_MAX UINT64_C(999999999)

struct rate {
    bool is_percent;
    uint64_t amount; /* a count, or millionths of a percent <= RATE_WHOLE */
};

/*
 * Reads the grammar of `take`.  "0%" is a rate of nothing.
 *   ERR_FORMAT  another form      ERR_RANGE  above 100 %
 */
MUST_CHECK enum err rate_read(struct rate *rate, struct bytes text);

/* k of a list of `count` < 2^53 rows; `is_least_one` as the plan says. */
uint64_t rate_take(const struct rate *rate, uint64_t count, bool is_least_one);
/* What share of `count` was taken, to the nearest millionth; of none: 0. */
uint64_t rate_share(uint64_t take, uint64_t count);

#endif
