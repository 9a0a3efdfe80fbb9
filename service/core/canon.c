#include "core/canon.h"

#include "core/utf8.h"

struct canon canon_into(struct writer *w)
{
    return (struct canon){ w, false };
}

/* What begins a value, a key or a bracket: a comma after a value. */
static void begin(struct canon *j)
{
    if (j->is_after) writer_byte(j->w, ',');
    j->is_after = true;
}

static void open_bracket(struct canon *j, uint8_t bracket)
{
    begin(j);
    writer_byte(j->w, bracket);
    j->is_after = false;
}

static void close_bracket(struct canon *j, uint8_t bracket)
{
    writer_byte(j->w, bracket);
    j->is_after = true;
}

void canon_object(struct canon *j)
{
    open_bracket(j, '{');
}

void canon_object_end(struct canon *j)
{
    close_bracket(j, '}');
}

void canon_array(struct canon *j)
{
    open_bracket(j, '[');
}

void canon_array_end(struct canon *j)
{
    close_bracket(j, ']');
}

static bool is_plain(uint8_t c)
{
    return c >= 0x20 && c != '"' && c != '\\';
}

static void write_escaped(struct writer *w, uint8_t c)
{
    if (c < 0x20) {
        writer_text(w, "\\u00");
        writer_hex(w, bytes_of(&c, 1));
        return;
    }
    writer_byte(w, '\\');
    writer_byte(w, c);
}

void canon_string(struct canon *j, struct bytes text)
{
    begin(j);
    writer_byte(j->w, '"');
    for (size_t at = 0; at < text.len;) {
        size_t run = at;
        while (run < text.len && is_plain(text.at[run])) run++;
        writer_add(j->w, bytes_slice(text, at, run - at));
        if (run < text.len) write_escaped(j->w, text.at[run]);
        at = run + 1;
    }
    writer_byte(j->w, '"');
}

size_t canon_string_len(struct bytes text)
{
    size_t len = 2;
    for (size_t i = 0; i < text.len; i++)
        len += is_plain(text.at[i]) ? 1 : text.at[i] < 0x20 ? 6 : 2;
    return len;
}

void canon_text(struct canon *j, const char *text)
{
    canon_string(j, bytes_text(text));
}

void canon_u64(struct canon *j, uint64_t number)
{
    begin(j);
    writer_u64(j->w, number);
}

void canon_i64(struct canon *j, int64_t number)
{
    begin(j);
    if (number < 0) writer_byte(j->w, '-');
    writer_u64(j->w, number < 0 ? 0 - (uint64_t)number : (uint64_t)number);
}

void canon_hex(struct canon *j, struct bytes bytes)
{
    begin(j);
    writer_byte(j->w, '"');
    writer_hex(j->w, bytes);
    writer_byte(j->w, '"');
}

void canon_hash(struct canon *j, struct hash hash)
{
    canon_hex(j, hash_bytes(&hash));
}

void canon_null(struct canon *j)
{
    canon_raw(j, bytes_text("null"));
}

void canon_raw(struct canon *j, struct bytes value)
{
    begin(j);
    writer_add(j->w, value);
}

void canon_key_bytes(struct canon *j, struct bytes key)
{
    canon_string(j, key);
    writer_byte(j->w, ':');
    j->is_after = false;
}

void canon_key(struct canon *j, const char *key)
{
    canon_key_bytes(j, bytes_text(key));
}

void canon_member_string(struct canon *j, const char *key, struct bytes text)
{
    canon_key(j, key);
    canon_string(j, text);
}

void canon_member_text(struct canon *j, const char *key, const char *text)
{
    canon_key(j, key);
    canon_text(j, text);
}

void canon_member_u64(struct canon *j, const char *key, uint64_t number)
{
    canon_key(j, key);
    canon_u64(j, number);
}

void canon_member_hex(struct canon *j, const char *key, struct bytes bytes)
{
    canon_key(j, key);
    canon_hex(j, bytes);
}

void canon_member_hash(struct canon *j, const char *key, struct hash hash)
{
    canon_key(j, key);
    canon_hash(j, hash);
}

void canon_member_raw(struct canon *j, const char *key, struct bytes value)
{
    canon_key(j, key);
    canon_raw(j, value);
}

/* ---- recognising ----------------------------------------------------- */

struct cursor {
    struct bytes text;
    size_t at;
    enum canon_order order;
};

static bool take(struct cursor *c, uint8_t byte)
{
    if (c->at >= c->text.len || c->text.at[c->at] != byte) return false;
    c->at++;
    return true;
}

/* Behind a backslash: a quote, a backslash, or u00 and a control's digits. */
static bool take_escape(struct cursor *c)
{
    if (take(c, '"') || take(c, '\\')) return true;
    uint8_t control;
    if (!bytes_starts(bytes_slice(c->text, c->at, 3), "u00")) return false;
    if (bytes_read_hex(&control, 1, bytes_slice(c->text, c->at + 3, 2)) != OK)
        return false;
    c->at += 5;
    return control < 0x20;
}

/* A string; `inside` is what stands between its quotes, still escaped. */
static bool take_string(struct bytes *inside, struct cursor *c)
{
    if (!take(c, '"')) return false;
    size_t start = c->at;
    while (c->at < c->text.len) {
        uint8_t byte = c->text.at[c->at];
        uint32_t scalar;
        if (byte == '"') {
            *inside = bytes_slice(c->text, start, c->at - start);
            c->at++;
            return true;
        }
        size_t len = 1;
        if (byte == '\\') {
            c->at++;
            if (!take_escape(c)) return false;
            continue;
        }
        if (byte < 0x20) return false;
        if (byte >= 0x80)
            len = utf8_step(&scalar, bytes_slice(c->text, c->at, 4));
        if (len == 0) return false;
        c->at += len;
    }
    return false;
}

static bool take_integer(struct cursor *c)
{
    bool is_negative = take(c, '-');
    size_t start = c->at;
    while (c->at < c->text.len && c->text.at[c->at] >= '0' &&
           c->text.at[c->at] <= '9')
        c->at++;

    uint64_t number;
    struct bytes digits = bytes_slice(c->text, start, c->at - start);
    if (bytes_read_u64(&number, digits, (uint64_t)CANON_INTEGER_MAX) != OK)
        return false;
    return !is_negative || number != 0;
}

static bool take_null(struct cursor *c)
{
    if (!bytes_starts(bytes_slice(c->text, c->at, 4), "null")) return false;
    c->at += 4;
    return true;
}

/* The first character an escaped key stands for; removes it from `key`. */
static uint8_t key_shift(struct bytes *key)
{
    uint8_t first = key->at[0];
    size_t len = 1;
    if (first == '\\') {
        first = key->at[1];
        len = 2;
        if (first == 'u') {
            /* take_escape() has seen the two digits. */
            if (bytes_read_hex(&first, 1, bytes_slice(*key, 4, 2)) != OK)
                first = 0;
            len = 6;
        }
    }
    *key = bytes_slice(*key, len, key->len);
    return first;
}

/* Orders two escaped keys by the bytes they stand for. */
static int key_compare(struct bytes a, struct bytes b)
{
    while (a.len != 0 && b.len != 0) {
        int order = (int)key_shift(&a) - (int)key_shift(&b);
        if (order != 0) return order;
    }
    return (a.len != 0) - (b.len != 0);
}

static bool is_ascii(struct bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] >= 0x80) return false;
    return true;
}

/* May `keys[count]` follow the keys before it? */
static bool key_follows(const struct bytes *keys, size_t count,
                        enum canon_order order)
{
    if (!is_ascii(keys[count])) return false;
    if (order == CANON_SORTED)
        return count == 0 || key_compare(keys[count - 1], keys[count]) < 0;
    for (size_t i = 0; i < count; i++)
        if (key_compare(keys[i], keys[count]) == 0) return false;
    return true;
}

static bool take_value(struct cursor *c, int depth);

static bool take_object(struct cursor *c, int depth)
{
    struct bytes keys[CANON_FREE_KEYS_MAX];
    size_t count = 0;
    if (take(c, '}')) return true;
    do {
        if (count == CANON_FREE_KEYS_MAX) {
            if (c->order == CANON_FREE) return false;
            keys[0] = keys[count - 1];
            count = 1;
        }
        if (!take_string(&keys[count], c)) return false;
        if (!key_follows(keys, count, c->order)) return false;
        count++;
        if (!take(c, ':') || !take_value(c, depth)) return false;
    } while (take(c, ','));
    return take(c, '}');
}

static bool take_array(struct cursor *c, int depth)
{
    if (take(c, ']')) return true;
    do {
        if (!take_value(c, depth)) return false;
    } while (take(c, ','));
    return take(c, ']');
}

/* `depth` arrays and objects are open around the value. */
static bool take_value(struct cursor *c, int depth)
{
    struct bytes inside;
    if (c->at >= c->text.len) return false;
    switch (c->text.at[c->at]) {
    case '{':
        c->at++;
        return depth < CANON_DEPTH_MAX && take_object(c, depth + 1);
    case '[':
        c->at++;
        return depth < CANON_DEPTH_MAX && take_array(c, depth + 1);
    case '"':
        return take_string(&inside, c);
    case 'n':
        return take_null(c);
    default:
        return take_integer(c);
    }
}

bool canon_is_canonical(struct bytes text, enum canon_order order)
{
    struct cursor c = { text, 0, order };
    return take_value(&c, 0) && c.at == text.len;
}
