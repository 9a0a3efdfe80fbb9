/*
 * bytes — borrowed runs of bytes, and a writer into a lent buffer.
 *
 *     struct bytes name = bytes_text("全部");
 *     uint8_t room[64];
 *     struct writer w = writer_into(room, sizeof room);
 *     writer_add(&w, name);
 *     if (w.is_full) return ERR_FULL;
 *
 * Source: the rules of this house.  Pure: no I/O, no allocation.
 */
#ifndef CORE_BYTES_H
#define CORE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

/* Borrowed: whoever made it says for how long `at` is valid. */
struct bytes {
    const uint8_t *at;
    size_t len;
};

/* The bytes of a C string without its NUL.  Borrowed from `text`. */
struct bytes bytes_text(const char *text);
/* `len` bytes at `at`. */
struct bytes bytes_of(const void *at, size_t len);
/* The part from `start`, `len` bytes long; both are cut to what is there. */
struct bytes bytes_slice(struct bytes whole, size_t start, size_t len);

bool bytes_equal(struct bytes a, struct bytes b);
bool bytes_equal_text(struct bytes a, const char *text);
bool bytes_starts(struct bytes whole, const char *prefix);
/*
 * Takes the text before the next newline from the front of `rest`, and the
 * newline with it.  Borrowed from `rest`.  false: there is no newline.
 */
bool bytes_take_line(struct bytes *line, struct bytes *rest);
/* As memcmp, a shorter run before a longer one that begins with it. */
int bytes_compare(struct bytes a, struct bytes b);
/* Copy, set and compare without a header of the C library. */
void bytes_copy(void *to, const void *from, size_t len);
void bytes_fill(void *to, uint8_t value, size_t len);

/* Big-endian integers. */
void bytes_put_u32(uint8_t to[4], uint32_t value);
void bytes_put_u64(uint8_t to[8], uint64_t value);
uint32_t bytes_get_u32(const uint8_t from[4]);
uint64_t bytes_get_u64(const uint8_t from[8]);

/*
 * Decimal without sign, blanks or leading zero, at most `max`.
 *   ERR_FORMAT  not such a number     ERR_RANGE  above max
 */
MUST_CHECK enum err bytes_read_u64(uint64_t *value, struct bytes text,
                                   uint64_t max);
/* Lower-case hexadecimal digits and nothing else; also no letters at all. */
bool bytes_is_hex(struct bytes text);
/*
 * Exactly 2*len lower-case hexadecimal digits into `to`.
 *   ERR_FORMAT  another length or another character
 */
MUST_CHECK enum err bytes_read_hex(uint8_t *to, size_t len, struct bytes text);

/* Fills a buffer lent by the caller; once full it stays full. */
struct writer {
    uint8_t *at;
    size_t len, max;
    bool is_full;
};

struct writer writer_into(void *room, size_t max);
void writer_add(struct writer *w, struct bytes bytes);
void writer_text(struct writer *w, const char *text);
void writer_byte(struct writer *w, uint8_t byte);
void writer_u64(struct writer *w, uint64_t decimal);
void writer_hex(struct writer *w, struct bytes bytes);
/* What was written so far.  Borrowed from the lent buffer. */
struct bytes writer_bytes(const struct writer *w);

#endif
