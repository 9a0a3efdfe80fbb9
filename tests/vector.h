/*
 * vector — known answers for tests: tests/vectors/NAME, read with jansson.
 *
 *     json_t *root = vector_load("draw.json");
 *     struct hash seed = vector_hash(root, "seed");
 *     json_decref(root);
 *
 * A missing file, key or digit fails the test that asked.  Include after
 * cmocka.h.
 * Source: tests/vectors.
 */
#ifndef TESTS_VECTOR_H
#define TESTS_VECTOR_H

#include <jansson.h>

#include "core/hash.h"

static inline json_t *vector_load(const char *name)
{
    char path[200];
    snprintf(path, sizeof path, "tests/vectors/%s", name);
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    if (root == NULL) fail_msg("cannot read %s", path);
    return root;
}

/* Borrowed from `object`. */
static inline struct bytes vector_text(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value)) fail_msg("no string %s", key);
    return bytes_of(json_string_value(value), json_string_length(value));
}

static inline uint64_t vector_number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value)) fail_msg("no number %s", key);
    return (uint64_t)json_integer_value(value);
}

/* Hexadecimal digits of any even length into `room`; the part that is used. */
static inline struct bytes vector_hex(uint8_t *room, size_t max,
                                      struct bytes digits)
{
    size_t len = digits.len / 2;
    if (len > max || bytes_read_hex(room, len, digits) != OK)
        fail_msg("not hexadecimal");
    return bytes_of(room, len);
}

static inline struct hash vector_hash(const json_t *object, const char *key)
{
    struct hash hash = { { 0 } };
    vector_hex(hash.b, sizeof hash.b, vector_text(object, key));
    return hash;
}

static inline void assert_hash(struct hash got, struct hash want)
{
    assert_memory_equal(got.b, want.b, sizeof want.b);
}

static inline void assert_bytes(struct bytes got, struct bytes want)
{
    assert_int_equal(got.len, want.len);
    if (want.len != 0) assert_memory_equal(got.at, want.at, want.len);
}

#endif
