/*
 * file — whole files in, whole files out.
 *
 *     write:  path.tmp-XXXXXX -> fsync -> rename to path -> fsync(directory)
 *
 * After a crash there is the old file or the new one, never a part.
 * Source: POSIX rename, fsync.
 */
#ifndef HOST_FILE_H
#define HOST_FILE_H

#include "core/bytes.h"

#define FILE_PATH_MAX 4096 /* bytes of a path with its NUL */

/*
 * All of a regular file (or of a pipe that somebody writes to; "-" is
 * standard input), at most `max` bytes.  A NUL stands behind the last byte.
 * Owned by the caller: file_release().
 *   ERR_ABSENT  no such file         ERR_LIMIT   more than max bytes
 *   ERR_MEMORY  no room              ERR_IO      anything else
 */
MUST_CHECK enum err file_read(struct bytes *whole, const char *path,
                              size_t max);
/*
 * A regular file opened for reading, `len` bytes long; the caller closes it.
 *   ERR_ABSENT  no such file     ERR_IO  anything else, a folder too
 */
MUST_CHECK enum err file_open(int *descriptor, uint64_t *len,
                              const char *path);
void file_close(int descriptor);
/* Zero and free what file_read() gave; `whole` is empty afterwards. */
void file_release(struct bytes *whole);

/*
 * Replace `path` by these bytes, durable when it returns.  `mode` as in
 * chmod, e.g. 0600.  A pipe or a device stays and is written to.
 *   ERR_DISK  disk full, over quota or read-only; the old file stands
 *   ERR_ABSENT  no such directory    ERR_IO  anything else
 */
MUST_CHECK enum err file_write(const char *path, struct bytes whole,
                               unsigned mode);
/* The same, but ERR_EXISTS where the path is taken. */
MUST_CHECK enum err file_create(const char *path, struct bytes whole,
                                unsigned mode);

/*
 * For what others write: path.part, where they write it, and then its own
 * name for it, durable when it returns.  The part is gone afterwards.
 *   ERR_LIMIT   a longer path than FILE_PATH_MAX
 *   ERR_EXISTS  the path is taken    ERR_DISK, ERR_ABSENT, ERR_IO
 */
MUST_CHECK enum err file_beside(char beside[FILE_PATH_MAX], const char *path);
MUST_CHECK enum err file_adopt(const char *path, const char *beside);
/* A file that is not there is no error.  ERR_DISK, ERR_IO. */
MUST_CHECK enum err file_remove(const char *path);

/* One directory, 0700, durable.  ERR_EXISTS, ERR_DISK, ERR_ABSENT, ERR_IO. */
MUST_CHECK enum err file_make_dir(const char *path);
/* Is there anything at this path? */
bool file_exists(const char *path);
/* Is it a directory? */
bool file_is_dir(const char *path);
/* Has this process no permission to list or enter it, or its parents? */
bool file_is_denied(const char *path);
/*
 * Zero the bytes in place, then remove the file.  A file that is not there
 * is no error.  ERR_DISK, ERR_IO.
 */
MUST_CHECK enum err file_wipe(const char *path);
/* dir/name.  ERR_LIMIT: longer than FILE_PATH_MAX. */
MUST_CHECK enum err file_path(char to[FILE_PATH_MAX], const char *dir,
                              const char *name);

#endif
