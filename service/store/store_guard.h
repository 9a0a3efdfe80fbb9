/*
 * store_guard — the second, tiny file that remembers the largest head ever
 * signed, so that a restored database cannot sign another one.
 *
 * It lies beside the database or, better, on another disk; no backup holds
 * it.  Its connection is opened with db_schema_guard.
 * Source: schema/guard/0001_guard.sql.
 */
#ifndef STORE_STORE_GUARD_H
#define STORE_STORE_GUARD_H

#include "core/merkle.h"

struct db;

/* Only `init` does this.  ERR_EXISTS: the guard knows this origin. */
MUST_CHECK enum err store_guard_create(struct db *guard, const char *origin,
                                       const struct merkle_head *head);
/* ERR_ABSENT: it does not know this origin. */
MUST_CHECK enum err store_guard_read(struct merkle_head *head, struct db *guard,
                                     const char *origin);

/* From which head to which. */
struct store_guard_step {
    struct merkle_head from, to;
};
/*
 * Compare and swap, durable when it returns.
 *   ERR_FORK   the guard holds another head than step->from: stop for good
 *   others     as query_end(); it is unknown what the guard holds
 */
MUST_CHECK enum err store_guard_swap(struct db *guard, const char *origin,
                                     const struct store_guard_step *step);

/* A reason to stop for good; it stays.  `note` may be empty. */
struct store_guard_alarm {
    uint64_t time; /* Unix seconds */
    const char *reason;
    struct bytes note;
};
MUST_CHECK enum err store_guard_alarm(struct db *guard, const char *origin,
                                      const struct store_guard_alarm *alarm);
/* The first alarm's reason, NUL-terminated and cut to `max` bytes.
 * ERR_ABSENT: there is none. */
MUST_CHECK enum err store_guard_reason(char *reason, size_t max,
                                       struct db *guard, const char *origin);

#endif
