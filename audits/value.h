/*
 * value — canonical JSON as a tree, read and checked in one pass.
 *
 *     {"a":[1,null],"b":"x"}       the values in the order of the text:
 *
 *     object  "a"  array  1  null  "b"  "x"
 *        |          `-- span 3 --'
 *        `------------- span 7 -------------'
 *
 * A key stands before its value as a string of its own.  The next brother
 * of a value stands `span` places behind it, its first child one place.
 * Why not jansson: it builds a tree of a proof of 300 targets in 24 ms, and
 * the whole verification has 20; and it reads what is not canonical.
 * Source: FORMAT 1.1.
 */
#ifndef AUDITS_VALUE_H
#define AUDITS_VALUE_H

#include "host/arena.h"
#include "core/hash.h"
#include "core/canon.h"

#define VALUE_TEXT_MAX ((size_t)512 << 20) /* bytes, FORMAT 1.01 */

enum value_type {
    VALUE_NULL,
    VALUE_INT,
    VALUE_STRING,
    VALUE_ARRAY,
    VALUE_OBJECT
};

/* Borrowed from the text and the arena it was read with. */
struct value {
    const uint8_t *at; /* its first byte in the text */
    union {
        int64_t number;      /* of an integer               */
        const uint8_t *text; /* of a string, escapes undone */
    } as;
    uint32_t len;   /* bytes in the text                                  */
    uint32_t count; /* bytes of a string; elements; members of an object  */
    uint32_t span;  /* values from this one to the end of what it holds   */
    enum value_type type;
};

/*
 * The tree of `text`; NULL where it is not exactly one value in canonical
 * form, is longer than VALUE_TEXT_MAX, or memory is short.
 * CANON_FREE lets keys stand in any order and does not look for a second key
 * of one name: only for texts whose keys are then compared one by one.
 */
const struct value *value_read(struct arena *arena, struct bytes text,
                               enum canon_order order);

/*
 * What follows takes NULL and values of another type as if they were empty:
 * a caller who has checked the form need not ask again.
 */

/* The text it was read from. */
struct bytes value_source(const struct value *value);
/* The first element or key, NULL where there is none. */
const struct value *value_first(const struct value *value);
/* The brother behind `child` of `parent`; NULL behind the last one. */
const struct value *value_next(const struct value *parent,
                               const struct value *child);
/* The value behind a key, and the key behind that value. */
const struct value *value_of_key(const struct value *key);
const struct value *value_next_key(const struct value *object,
                                   const struct value *key);
/* A member of an object; NULL where there is none. */
const struct value *value_member(const struct value *object, const char *key);
/* Element `index` of an array; costs as many steps. */
const struct value *value_item(const struct value *array, uint64_t index);

uint32_t value_count(const struct value *value);
uint64_t value_u64(const struct value *value);
struct bytes value_text(const struct value *value);
struct hash value_hash(const struct value *value);
bool value_is_null(const struct value *value);
bool value_is_text(const struct value *value, const char *text);

/* The same of a member. */
uint64_t value_member_u64(const struct value *object, const char *key);
struct bytes value_member_text(const struct value *object, const char *key);
struct hash value_member_hash(const struct value *object, const char *key);

#endif
