/*
 * json_read — strict reading of JSON from outside, over jansson.
 *
 *     json_t *root = NULL;
 *     enum err err = json_read_text(&root, text);
 *     ...
 *     err = json_read_u64(&draw, json_read_member(root, "draw"), UINT32_MAX);
 *     ...
 *     json_decref(root);
 *
 * Refused: a key twice in an object, reals, integers outside
 * +-(2^53 - 1), more than eight levels, more than 512 MiB, bytes that are
 * not UTF-8, lone surrogates, anything behind the value.  Whether the bytes
 * are in the one permitted form is another question: print and compare.
 * Source: RFC 8259; I-JSON (RFC 7493); FORMAT rules on JSON.
 */
#ifndef FORMAT_JSON_READ_H
#define FORMAT_JSON_READ_H

#include <jansson.h>

#include "core/hash.h"

#define JSON_READ_MAX ((size_t)512 << 20) /* bytes of a document */
#define JSON_READ_DEPTH_MAX 8            /* objects and arrays, nested */
#define JSON_READ_INTEGER_MAX ((int64_t)9007199254740991) /* 2^53 - 1 */

/*
 * A document: one object or array, blanks around it allowed.  Owned:
 * json_decref().  Object members iterate in the order of the text.
 *   ERR_LIMIT   too large, or nested too deep
 *   ERR_FORMAT  not JSON, or one of the refusals above
 *   ERR_MEMORY  no room
 */
MUST_CHECK enum err json_read_text(json_t **root, struct bytes text);

/* Borrowed from their parent; NULL where there is none or a wrong type. */
json_t *json_read_member(const json_t *object, const char *key);
json_t *json_read_item(const json_t *array, size_t index);

/*
 * `object` is an object and its keys are exactly these `count`, in any
 * order.  ERR_FORMAT: not an object, a key missing or one too many.
 */
MUST_CHECK enum err json_read_keys(const json_t *object,
                                   const char *const *keys, size_t count);

/*
 * Typed values.  All take NULL and answer ERR_FORMAT for it and for a value
 * of another type; `max` bounds give ERR_RANGE.  Borrowed from the document.
 */
MUST_CHECK enum err json_read_string(struct bytes *text, const json_t *value);
MUST_CHECK enum err json_read_u64(uint64_t *number, const json_t *value,
                                  uint64_t max);
MUST_CHECK enum err json_read_bool(bool *claim, const json_t *value);
MUST_CHECK enum err json_read_array(size_t *count, const json_t *value);
MUST_CHECK enum err json_read_object(size_t *count, const json_t *value);
bool json_read_is_null(const json_t *value);
/* A member's string for comparing; "" where there is none.  Borrowed. */
const char *json_read_plain(const json_t *object, const char *key);
/* A string of exactly 2 * len lower-case hexadecimal digits. */
MUST_CHECK enum err json_read_hex(uint8_t *to, size_t len,
                                  const json_t *value);
/* The same for 32 bytes. */
MUST_CHECK enum err json_read_hash(struct hash *hash, const json_t *value);

#endif
