#include "format/json_read.h"

/*
 * jansson's own limit of nesting is far above ours and fixed when it is
 * compiled, hence this look ahead: brackets outside strings.
 */
static enum err check_depth(struct bytes text)
{
    bool is_string = false;
    int depth = 0;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.at[i];
        if (is_string) {
            if (c == '\\') i++;
            if (c == '"') is_string = false;
            continue;
        }
        if (c == '"') is_string = true;
        if (c == '{' || c == '[') depth++;
        if (c == '}' || c == ']') depth--;
        if (depth > JSON_READ_DEPTH_MAX) return ERR_LIMIT;
    }
    return OK;
}

/* Recursion is at most JSON_READ_DEPTH_MAX deep. */
static bool numbers_fit(const json_t *value)
{
    size_t count = 0;
    void *at = NULL;
    switch (json_typeof(value)) {
    case JSON_REAL: return false;
    case JSON_INTEGER:
        return json_integer_value(value) <= JSON_READ_INTEGER_MAX &&
               json_integer_value(value) >= -JSON_READ_INTEGER_MAX;
    case JSON_ARRAY:
        count = json_array_size(value);
        for (size_t i = 0; i < count; i++)
            if (!numbers_fit(json_array_get(value, i))) return false;
        return true;
    case JSON_OBJECT:
        at = json_object_iter((json_t *)(uintptr_t)value);
        for (; at != NULL;
             at = json_object_iter_next((json_t *)(uintptr_t)value, at))
            if (!numbers_fit(json_object_iter_value(at))) return false;
        return true;
    case JSON_STRING:
    case JSON_TRUE:
    case JSON_FALSE:
    case JSON_NULL: return true;
    default: return false;
    }
}

enum err json_read_text(json_t **root, struct bytes text)
{
    *root = NULL;
    if (text.len > JSON_READ_MAX) return ERR_LIMIT;
    enum err err = check_depth(text);
    if (err != OK) return err;
    if (text.len == 0) return ERR_FORMAT;

    json_error_t error;
    json_t *value = json_loadb((const char *)text.at, text.len,
                               JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (value == NULL)
        return json_error_code(&error) == json_error_out_of_memory ?
                   ERR_MEMORY :
                   ERR_FORMAT;
    if (!numbers_fit(value)) {
        json_decref(value);
        return ERR_FORMAT;
    }
    *root = value;
    return OK;
}

json_t *json_read_member(const json_t *object, const char *key)
{
    return json_object_get(object, key);
}

json_t *json_read_item(const json_t *array, size_t index)
{
    return json_array_get(array, index);
}

enum err json_read_keys(const json_t *object, const char *const *keys,
                        size_t count)
{
    if (!json_is_object(object)) return ERR_FORMAT;
    if (json_object_size(object) != count) return ERR_FORMAT;
    for (size_t i = 0; i < count; i++)
        if (json_object_get(object, keys[i]) == NULL) return ERR_FORMAT;
    return OK;
}

enum err json_read_string(struct bytes *text, const json_t *value)
{
    if (!json_is_string(value)) return ERR_FORMAT;
    *text = bytes_of(json_string_value(value), json_string_length(value));
    return OK;
}

const char *json_read_plain(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

enum err json_read_u64(uint64_t *number, const json_t *value, uint64_t max)
{
    if (!json_is_integer(value)) return ERR_FORMAT;
    json_int_t integer = json_integer_value(value);
    if (integer < 0 || (uint64_t)integer > max) return ERR_RANGE;
    *number = (uint64_t)integer;
    return OK;
}

enum err json_read_bool(bool *claim, const json_t *value)
{
    if (!json_is_boolean(value)) return ERR_FORMAT;
    *claim = json_is_true(value);
    return OK;
}

enum err json_read_array(size_t *count, const json_t *value)
{
    if (!json_is_array(value)) return ERR_FORMAT;
    *count = json_array_size(value);
    return OK;
}

enum err json_read_object(size_t *count, const json_t *value)
{
    if (!json_is_object(value)) return ERR_FORMAT;
    *count = json_object_size(value);
    return OK;
}

bool json_read_is_null(const json_t *value)
{
    return json_is_null(value);
}

enum err json_read_hex(uint8_t *to, size_t len, const json_t *value)
{
    struct bytes text;
    enum err err = json_read_string(&text, value);
    return err == OK ? bytes_read_hex(to, len, text) : err;
}

enum err json_read_hash(struct hash *hash, const json_t *value)
{
    return json_read_hex(hash->b, sizeof hash->b, value);
}
