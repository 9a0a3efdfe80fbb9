#include "format/gzip.h"

#include <stdlib.h>
#include <zlib.h>

enum { WINDOW_GZIP = 15 + 16, MEMORY_LEVEL = 8 };

enum err gzip_pack(struct bytes *packed, struct bytes whole)
{
    if (whole.len < 2) return ERR_FULL;
    if (whole.len > UINT32_MAX) return ERR_FULL;
    z_stream z = { 0 };
    if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, WINDOW_GZIP,
                     MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        return ERR_MEMORY;
    uint8_t *room = malloc(whole.len - 1);
    if (room == NULL) {
        deflateEnd(&z);
        return ERR_MEMORY;
    }
    z.next_in = (uint8_t *)(uintptr_t)whole.at;
    z.avail_in = (uInt)whole.len;
    z.next_out = room;
    z.avail_out = (uInt)(whole.len - 1);
    int code = deflate(&z, Z_FINISH);
    size_t len = z.total_out;
    deflateEnd(&z);
    if (code != Z_STREAM_END) {
        free(room);
        return ERR_FULL;
    }
    *packed = bytes_of(room, len);
    return OK;
}
