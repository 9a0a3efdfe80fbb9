#include "audits/value.h"

#include <string.h>

#include "core/utf8.h"
#include "host/memory.h"

/* Where reading stands, and the room for what is found. */
struct reader {
    const uint8_t *at, *end;
    struct arena *arena;
    struct value *values;
    uint32_t count;
    uint8_t *letters; /* for strings with escapes; taken when first needed */
    size_t letters_len, text_len;
    enum canon_order order;
};

static bool take(struct reader *r, uint8_t byte)
{
    if (r->at == r->end || *r->at != byte) return false;
    r->at++;
    return true;
}

static struct value *add(struct reader *r, enum value_type type)
{
    struct value *value = &r->values[r->count++];
    *value = (struct value){ .at = r->at, .type = type, .span = 1 };
    return value;
}

static void close_value(struct reader *r, struct value *value)
{
    value->len = (uint32_t)(r->at - value->at);
    value->span = r->count - (uint32_t)(value - r->values);
}

/* One scalar value that stands for itself; returns its bytes, 0: refused. */
static size_t plain_len(const struct reader *r)
{
    if (*r->at < 0x20) return 0;
    if (*r->at < 0x80) return 1;
    uint32_t scalar;
    size_t left = (size_t)(r->end - r->at);
    return utf8_step(&scalar, bytes_of(r->at, left < 4 ? left : 4));
}

/* Behind a backslash. */
static bool take_escape(uint8_t *byte, struct reader *r)
{
    *byte = '"';
    if (take(r, '"')) return true;
    *byte = '\\';
    if (take(r, '\\')) return true;
    if (r->end - r->at < 5 || memcmp(r->at, "u00", 3) != 0) return false;
    if (bytes_read_hex(byte, 1, bytes_of(r->at + 3, 2)) != OK) return false;
    r->at += 5;
    return *byte < 0x20;
}

enum { WORD_LEN = 8 };

/* A string holds no more letters than its text has bytes. */
static bool has_letters(struct reader *r)
{
    if (r->letters != NULL) return true;
    r->letters = arena_take_raw(r->arena, r->text_len + WORD_LEN);
    if (r->letters == NULL) return false;
    memory_touch(r->letters, r->text_len);
    return true;
}

/* Not zero exactly where `word` has a byte of zero. */
static uint64_t zero_bytes(uint64_t word)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    return (word - ones) & ~word & (ones << 7);
}

/*
 * How many of the eight letters at `at` stand for themselves before the
 * first that does not.  A borrow may mark a letter above a marked one, never
 * below: the lowest mark is right.
 */
static size_t plain_run(const uint8_t *at)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t word;
    memcpy(&word, at, sizeof word);
    if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__) word = __builtin_bswap64(word);
    uint64_t below = (word - ones * 0x20) & ~word;
    uint64_t marks = ((word | below) & (ones << 7)) |
                     zero_bytes(word ^ (ones * '"')) |
                     zero_bytes(word ^ (ones * '\\'));
    return marks == 0 ? WORD_LEN : (size_t)__builtin_ctzll(marks) / 8;
}

static bool is_plain(uint8_t letter)
{
    return letter >= 0x20 && letter < 0x80 && letter != '"' && letter != '\\';
}

/* Moves on to what is no letter of ASCII that stands for itself. */
static void skip_plain(struct reader *r)
{
    while (r->end - r->at >= WORD_LEN) {
        size_t run = plain_run(r->at);
        r->at += run;
        if (run < WORD_LEN) return;
    }
    while (r->at < r->end && is_plain(*r->at)) r->at++;
}

/* The same, and copies them; `to` has room for a word more. */
static uint8_t *copy_plain(uint8_t *to, struct reader *r)
{
    while (r->end - r->at >= WORD_LEN) {
        size_t run = plain_run(r->at);
        memcpy(to, r->at, WORD_LEN);
        r->at += run;
        to += run;
        if (run < WORD_LEN) return to;
    }
    while (r->at < r->end && is_plain(*r->at)) *to++ = *r->at++;
    return to;
}

/* The rest of a string from its first escape; `start` is its first letter. */
static bool take_escaped(struct reader *r, struct value *value,
                         const uint8_t *start)
{
    if (!has_letters(r)) return false;
    uint8_t *first = r->letters + r->letters_len, *to = first;
    memcpy(to, start, (size_t)(r->at - start));
    to += r->at - start;
    while (!take(r, '"')) {
        if (r->at == r->end) return false;
        if (take(r, '\\')) {
            if (!take_escape(to++, r)) return false;
        } else {
            size_t step = plain_len(r);
            if (step == 0) return false;
            memcpy(to, r->at, step);
            to += step;
            r->at += step;
        }
        to = copy_plain(to, r);
    }
    value->as.text = first;
    value->count = (uint32_t)(to - first);
    r->letters_len += (size_t)(to - first);
    return true;
}

static bool take_string(struct reader *r)
{
    struct value *value = add(r, VALUE_STRING);
    if (!take(r, '"')) return false;
    const uint8_t *start = r->at;
    for (;;) {
        skip_plain(r);
        if (r->at == r->end) return false;
        if (*r->at == '"' || *r->at == '\\') break;
        size_t step = plain_len(r);
        if (step == 0) return false;
        r->at += step;
    }
    value->as.text = start;
    value->count = (uint32_t)(r->at - start);
    bool is_good = take(r, '"') || take_escaped(r, value, start);
    close_value(r, value);
    return is_good;
}

static bool take_integer(struct reader *r)
{
    struct value *value = add(r, VALUE_INT);
    bool is_negative = take(r, '-');
    const uint8_t *start = r->at;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9') r->at++;

    uint64_t number;
    struct bytes digits = bytes_of(start, (size_t)(r->at - start));
    if (bytes_read_u64(&number, digits, (uint64_t)CANON_INTEGER_MAX) != OK)
        return false;
    value->as.number = is_negative ? -(int64_t)number : (int64_t)number;
    close_value(r, value);
    return !is_negative || number != 0;
}

static bool take_null(struct reader *r)
{
    struct value *value = add(r, VALUE_NULL);
    if (r->end - r->at < 4 || memcmp(r->at, "null", 4) != 0) return false;
    r->at += 4;
    close_value(r, value);
    return true;
}

static bool is_ascii(struct bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] >= 0x80) return false;
    return true;
}

static bool take_value(struct reader *r, int depth);

static bool take_object(struct reader *r, int depth)
{
    struct value *object = add(r, VALUE_OBJECT);
    const struct value *last = NULL;
    if (!take(r, '{') || depth >= CANON_DEPTH_MAX) return false;
    if (!take(r, '}')) {
        do {
            const struct value *key = &r->values[r->count];
            if (!take_string(r) || !is_ascii(value_text(key))) return false;
            if (last != NULL && r->order == CANON_SORTED &&
                bytes_compare(value_text(last), value_text(key)) >= 0)
                return false;
            last = key;
            if (!take(r, ':') || !take_value(r, depth + 1)) return false;
            object->count++;
        } while (take(r, ','));
        if (!take(r, '}')) return false;
    }
    close_value(r, object);
    return true;
}

static bool take_array(struct reader *r, int depth)
{
    struct value *array = add(r, VALUE_ARRAY);
    if (!take(r, '[') || depth >= CANON_DEPTH_MAX) return false;
    if (!take(r, ']')) {
        do {
            if (!take_value(r, depth + 1)) return false;
            array->count++;
        } while (take(r, ','));
        if (!take(r, ']')) return false;
    }
    close_value(r, array);
    return true;
}

/* `depth` arrays and objects are open around the value. */
static bool take_value(struct reader *r, int depth)
{
    if (r->at == r->end) return false;
    switch (*r->at) {
    case '{': return take_object(r, depth);
    case '[': return take_array(r, depth);
    case '"': return take_string(r);
    case 'n': return take_null(r);
    default: return take_integer(r);
    }
}

const struct value *value_read(struct arena *arena, struct bytes text,
                               enum canon_order order)
{
    if (text.len == 0 || text.len > VALUE_TEXT_MAX) return NULL;
    /* Two values take three bytes and more; one begun and refused is room. */
    size_t most = text.len / 2 + 2;
    struct reader r = { .at = text.at, .end = text.at + text.len,
                        .arena = arena, .text_len = text.len,
                        .order = order };
    r.values = arena_take_raw(arena, most * sizeof *r.values);
    if (r.values == NULL) return NULL;
    bool is_good = take_value(&r, 0) && r.at == r.end;
    arena_trim(arena, r.values, most * sizeof *r.values,
               r.count * sizeof *r.values);
    return is_good ? r.values : NULL;
}

/* ---- looking at what was read ---------------------------------------- */

struct bytes value_source(const struct value *value)
{
    if (value == NULL) return (struct bytes){ NULL, 0 };
    return bytes_of(value->at, value->len);
}

const struct value *value_first(const struct value *value)
{
    if (value == NULL || value->span == 1) return NULL;
    return value + 1;
}

const struct value *value_next(const struct value *parent,
                               const struct value *child)
{
    const struct value *next = child + child->span;
    return next < parent + parent->span ? next : NULL;
}

const struct value *value_of_key(const struct value *key)
{
    return key + 1;
}

const struct value *value_next_key(const struct value *object,
                                   const struct value *key)
{
    return value_next(object, value_of_key(key));
}

const struct value *value_member(const struct value *object, const char *key)
{
    if (object == NULL || object->type != VALUE_OBJECT) return NULL;
    struct bytes wanted = bytes_text(key);
    const struct value *at = value_first(object);
    for (; at != NULL; at = value_next_key(object, at))
        if (at->count == wanted.len &&
            memcmp(at->as.text, wanted.at, wanted.len) == 0)
            return value_of_key(at);
    return NULL;
}

const struct value *value_item(const struct value *array, uint64_t index)
{
    if (array == NULL || array->type != VALUE_ARRAY) return NULL;
    if (index >= array->count) return NULL;
    const struct value *at = value_first(array);
    for (; index > 0; index--) at += at->span;
    return at;
}

uint32_t value_count(const struct value *value)
{
    return value == NULL ? 0 : value->count;
}

uint64_t value_u64(const struct value *value)
{
    if (value == NULL || value->type != VALUE_INT) return 0;
    return value->as.number < 0 ? 0 : (uint64_t)value->as.number;
}

struct bytes value_text(const struct value *value)
{
    if (value == NULL || value->type != VALUE_STRING)
        return (struct bytes){ NULL, 0 };
    return bytes_of(value->as.text, value->count);
}

struct hash value_hash(const struct value *value)
{
    struct hash hash;
    if (hash_read_hex(&hash, value_text(value)) != OK)
        bytes_fill(&hash, 0, sizeof hash);
    return hash;
}

bool value_is_null(const struct value *value)
{
    return value == NULL || value->type == VALUE_NULL;
}

bool value_is_text(const struct value *value, const char *text)
{
    if (value == NULL || value->type != VALUE_STRING) return false;
    return bytes_equal_text(value_text(value), text);
}

uint64_t value_member_u64(const struct value *object, const char *key)
{
    return value_u64(value_member(object, key));
}

struct bytes value_member_text(const struct value *object, const char *key)
{
    return value_text(value_member(object, key));
}

struct hash value_member_hash(const struct value *object, const char *key)
{
    return value_hash(value_member(object, key));
}
