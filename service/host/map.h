/*
 * map — a large file seen as memory, without reading it in.
 *
 *     err = map_open(&file, "targets.csv", 4 * GIB);
 *     … map_release(the part that was read) …
 *     map_close(&file);
 *
 * Source: POSIX mmap; Linux MADV_PAGEOUT.
 */
#ifndef HOST_MAP_H
#define HOST_MAP_H

#include "core/bytes.h"

/*
 * All of a regular file, read-only.  Valid until map_close().  The file must
 * not be shortened meanwhile.
 *   ERR_ABSENT  no such file      ERR_LIMIT  more than `max` bytes
 *   ERR_INPUT   not a regular file   ERR_IO, ERR_MEMORY
 */
MUST_CHECK enum err map_open(struct bytes *whole, const char *path, size_t max);
void map_close(struct bytes *whole);

/* This part is not needed soon: its memory may be used for other things.
 * It stays readable.  Any memory may be named. */
void map_release(struct bytes part);
/* This part, of memory from malloc(), will not be read again: what stands in
 * it is lost.  It is freed as ever. */
void map_discard(struct bytes part);

#endif
