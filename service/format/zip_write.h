/*
 * zip_write — several small files in one, all in memory.
 *
 * Every entry is deflated and dated 1980-01-01, so that the same contents
 * give the same bytes.
 * Source: APPNOTE.TXT 4.3; RFC 1951.
 */
#ifndef FORMAT_ZIP_WRITE_H
#define FORMAT_ZIP_WRITE_H

#include "core/bytes.h"

struct zip_part {
    const char *name; /* its path inside, ASCII, at most 255 bytes */
    struct bytes body;
};

enum { ZIP_PARTS_MAX = 64 };

/*
 * *file is from malloc, the caller frees it.
 *   ERR_LIMIT   a body over 1 GiB, or more than ZIP_PARTS_MAX parts
 *   ERR_MEMORY
 */
MUST_CHECK enum err zip_write(struct bytes *file, const struct zip_part *parts,
                              size_t count);

#endif
