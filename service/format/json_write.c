#include "format/json_write.h"

#include <stdlib.h>
#include <string.h>

static int compare_keys(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum err write_value(struct canon *c, const json_t *value, int depth);

static enum err write_object(struct canon *c, const json_t *object, int depth)
{
    const char *keys[JSON_WRITE_KEYS_MAX];
    size_t count = 0;
    if (json_object_size(object) > JSON_WRITE_KEYS_MAX) return ERR_LIMIT;
    json_t *borrowed = (json_t *)(uintptr_t)object;
    for (void *at = json_object_iter(borrowed); at != NULL;
         at = json_object_iter_next(borrowed, at))
        keys[count++] = json_object_iter_key(at);
    qsort(keys, count, sizeof keys[0], compare_keys);

    canon_object(c);
    for (size_t i = 0; i < count; i++) {
        canon_key(c, keys[i]);
        enum err err =
            write_value(c, json_object_get(object, keys[i]), depth + 1);
        if (err != OK) return err;
    }
    canon_object_end(c);
    return OK;
}

static enum err write_array(struct canon *c, const json_t *array, int depth)
{
    canon_array(c);
    for (size_t i = 0; i < json_array_size(array); i++) {
        enum err err = write_value(c, json_array_get(array, i), depth + 1);
        if (err != OK) return err;
    }
    canon_array_end(c);
    return OK;
}

static enum err write_value(struct canon *c, const json_t *value, int depth)
{
    if (depth > CANON_DEPTH_MAX) return ERR_LIMIT;
    switch (json_typeof(value)) {
    case JSON_OBJECT: return write_object(c, value, depth);
    case JSON_ARRAY: return write_array(c, value, depth);
    case JSON_STRING:
        canon_string(c, bytes_of(json_string_value(value),
                                 json_string_length(value)));
        return OK;
    case JSON_INTEGER:
        if (llabs(json_integer_value(value)) > CANON_INTEGER_MAX)
            return ERR_FORMAT;
        canon_i64(c, json_integer_value(value));
        return OK;
    case JSON_NULL: canon_null(c); return OK;
    case JSON_REAL:
    case JSON_TRUE:
    case JSON_FALSE:
    default: return ERR_FORMAT;
    }
}

enum err json_write_value(struct canon *c, const json_t *value)
{
    return value == NULL ? ERR_FORMAT : write_value(c, value, 1);
}
