/*
 * parallel — one job over a range, on as many threads as there are cores.
 *
 *     0 ……………… count      ->  [0, a) [a, b) [b, count)
 *
 * Source: POSIX threads.
 */
#ifndef HOST_PARALLEL_H
#define HOST_PARALLEL_H

#include "core/bytes.h"

/* Does [from, to) of the range; what it shares with others it only reads. */
typedef enum err parallel_job(void *context, size_t from, size_t to);

/*
 * Returns when all of [0, count) is done: OK, or the error of the first part
 * that failed.  Where no thread can be had the caller's does the work.
 */
MUST_CHECK enum err parallel_run(size_t count, parallel_job *job,
                                 void *context);

#endif
