/*
 * folder — which files of a directory are named by a number.
 *
 *     heads/  1  4  9        after 1 comes 4
 *
 * Source: FORMAT 2, `heads/<size>`.
 */
#ifndef HOST_FOLDER_H
#define HOST_FOLDER_H

#include "core/bytes.h"

/*
 * The least number above `after` that names something in `path`, written as
 * decimal digits without a leading zero.
 *   ERR_ABSENT   none, or no such directory
 */
MUST_CHECK enum err folder_next_number(uint64_t *number, const char *path,
                                       uint64_t after);

#endif
