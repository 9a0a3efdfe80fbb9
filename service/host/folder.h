/*
 * folder — a directory as a whole: its numbered files, and its removal.
 *
 *     heads/  9  1  4  x        1 4 9
 *
 * Source: FORMAT 2, `heads/<size>`.
 */
#ifndef HOST_FOLDER_H
#define HOST_FOLDER_H

#include "core/bytes.h"

/*
 * All numbers that name something in `path`, written as decimal digits
 * without a leading zero, ascending.  Allocated; the caller frees them.
 *   ERR_ABSENT   no such directory   ERR_MEMORY
 */
MUST_CHECK enum err folder_numbers(uint64_t **numbers, size_t *count,
                                   const char *path);

/*
 * Remove the directory `path` with all that is in it; links are not followed.
 *   ERR_ABSENT   no such directory   ERR_IO   something could not be removed
 */
MUST_CHECK enum err folder_remove(const char *path);

#endif
