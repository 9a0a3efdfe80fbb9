#include "format/zip_write.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    BODY_MAX = 1 << 30,
    LOCAL_LEN = 30,
    CENTRAL_LEN = 46,
    END_LEN = 22,
    VERSION = 20,
    DEFLATED = 8,
    DAY_ONE = 0x21 /* 1980-01-01 */
};

struct entry {
    uint32_t crc, packed, offset;
};

static void put16(struct writer *w, uint32_t value)
{
    writer_byte(w, (uint8_t)value);
    writer_byte(w, (uint8_t)(value >> 8));
}

static void put32(struct writer *w, uint32_t value)
{
    put16(w, value & 0xffff);
    put16(w, value >> 16);
}

/* What a local header and the central directory say alike. */
static void put_common(struct writer *w, const struct zip_part *part,
                       const struct entry *entry)
{
    put16(w, VERSION);
    put16(w, 0);
    put16(w, DEFLATED);
    put16(w, 0);
    put16(w, DAY_ONE);
    put32(w, entry->crc);
    put32(w, entry->packed);
    put32(w, (uint32_t)part->body.len);
    put16(w, (uint32_t)strlen(part->name));
    put16(w, 0);
}

/* Deflates into what is left of `w`. */
static enum err pack(struct writer *w, struct entry *entry, struct bytes body)
{
    z_stream z = { 0 };
    if (deflateInit2(&z, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return ERR_MEMORY;
    z.next_in = (Bytef *)(uintptr_t)body.at;
    z.avail_in = (uInt)body.len;
    z.next_out = w->at + w->len;
    z.avail_out = (uInt)(w->max - w->len);
    int result = deflate(&z, Z_FINISH);
    entry->packed = (uint32_t)z.total_out;
    entry->crc = (uint32_t)crc32(0, body.at, (uInt)body.len);
    w->len += z.total_out;
    deflateEnd(&z);
    return result == Z_STREAM_END ? OK : ERR_LIMIT;
}

static enum err put_part(struct writer *w, struct entry *entry,
                         const struct zip_part *part)
{
    entry->offset = (uint32_t)w->len;
    struct writer head = writer_into(w->at + w->len, LOCAL_LEN);
    w->len += LOCAL_LEN;
    writer_text(w, part->name);
    enum err err = pack(w, entry, part->body);
    if (err != OK) return err;
    put32(&head, 0x04034b50);
    put_common(&head, part, entry);
    return OK;
}

static void put_central(struct writer *w, const struct zip_part *part,
                        const struct entry *entry)
{
    put32(w, 0x02014b50);
    put16(w, VERSION);
    put_common(w, part, entry);
    put16(w, 0); /* comment */
    put16(w, 0); /* disk */
    put16(w, 0);
    put32(w, 0);
    put32(w, entry->offset);
    writer_text(w, part->name);
}

static void put_end(struct writer *w, size_t count, size_t start)
{
    uint32_t len = (uint32_t)(w->len - start);
    put32(w, 0x06054b50);
    put32(w, 0);
    put16(w, (uint32_t)count);
    put16(w, (uint32_t)count);
    put32(w, len);
    put32(w, (uint32_t)start);
    put16(w, 0);
}

enum err zip_write(struct bytes *file, const struct zip_part *parts,
                   size_t count)
{
    struct entry entries[ZIP_PARTS_MAX];
    size_t max = END_LEN;
    if (count > ZIP_PARTS_MAX) return ERR_LIMIT;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].body.len > BODY_MAX) return ERR_LIMIT;
        max += LOCAL_LEN + CENTRAL_LEN + 2 * strlen(parts[i].name) +
               compressBound((uLong)parts[i].body.len) + 64;
    }
    if (max > UINT32_MAX) return ERR_LIMIT;
    uint8_t *room = malloc(max);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, max);
    enum err err = OK;
    for (size_t i = 0; i < count && err == OK; i++)
        err = put_part(&w, &entries[i], &parts[i]);
    size_t start = w.len;
    for (size_t i = 0; i < count && err == OK; i++)
        put_central(&w, &parts[i], &entries[i]);
    if (err == OK) put_end(&w, count, start);
    if (err == OK && w.is_full) err = ERR_LIMIT;
    if (err == OK) *file = writer_bytes(&w);
    else free(room);
    return err;
}
