/*
 * lock — one writer at a time in a data directory.
 *
 *     DIR/lock   flock(2) held for life, our process id in it in decimal
 *
 * Source: flock(2).
 */
#ifndef HOST_LOCK_H
#define HOST_LOCK_H

#include "core/bytes.h"

#define LOCK_WAIT_MS 5000 /* what a verb that writes waits */

/* Held until lock_release() or the end of the process. */
struct lock {
    int descriptor;
    uint64_t holder; /* after ERR_BUSY: the other process's id, 0 = unknown */
};

/*
 * Take the lock file at `path` (made if missing, 0600), waiting at most
 * `wait_ms`; our process id is written into it.
 *   ERR_BUSY  another process holds it, see lock->holder
 *   ERR_DISK, ERR_ABSENT, ERR_IO  as in host/file
 */
MUST_CHECK enum err lock_take(struct lock *lock, const char *path,
                              unsigned wait_ms);
void lock_release(struct lock *lock);

#endif
