#include "http/parameter.h"

#include <string.h>

#include "core/utf8.h"

static int digit(uint8_t c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

/* C0, DEL and C1. */
static bool has_control(struct bytes text)
{
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.at[i];
        if (c < 0x20 || c == 0x7f) return true;
        if (c == 0xc2 && text.at[i + 1] < 0xa0) return true;
    }
    return false;
}

enum err parameter_decode(struct writer *w, struct bytes text, bool is_query)
{
    size_t start = w->len;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.at[i];
        if (c == '%') {
            if (text.len - i < 3) return ERR_FORMAT;
            int high = digit(text.at[i + 1]), low = digit(text.at[i + 2]);
            if (high < 0 || low < 0) return ERR_FORMAT;
            c = (uint8_t)(high * 16 + low);
            i += 2;
        } else if (c == '+' && is_query) {
            c = ' ';
        }
        writer_byte(w, c);
    }
    if (w->is_full) return ERR_LIMIT;
    struct bytes whole = writer_bytes(w);
    struct bytes made = bytes_slice(whole, start, whole.len);
    return !utf8_is_valid(made) || has_control(made) ? ERR_FORMAT : OK;
}

static size_t find(struct bytes text, char c)
{
    size_t i = 0;
    while (i < text.len && text.at[i] != (uint8_t)c) i++;
    return i;
}

static bool is_accepted(struct bytes name, const char *accepted)
{
    if (accepted == NULL || name.len == 0) return false;
    if (find(name, ' ') != name.len) return false;
    struct bytes all = bytes_text(accepted);
    for (size_t i = 1; i + name.len < all.len; i++)
        if (all.at[i - 1] == ' ' && all.at[i + name.len] == ' ' &&
            bytes_equal(bytes_slice(all, i, name.len), name))
            return true;
    return false;
}

static const struct bytes *value_of(const struct parameters *parameters,
                                    struct bytes name)
{
    for (size_t i = 0; i < parameters->count; i++)
        if (bytes_equal(parameters->of[i].name, name))
            return &parameters->of[i].value;
    return NULL;
}

static enum err read_one(struct parameters *parameters, struct writer *w,
                         struct bytes pair, const char *accepted)
{
    size_t at = find(pair, '=');
    struct bytes name = bytes_slice(pair, 0, at);
    if (at == pair.len || !is_accepted(name, accepted) ||
        value_of(parameters, name) != NULL)
        return ERR_FORMAT;
    if (parameters->count == PARAMETER_COUNT_MAX) return ERR_LIMIT;
    size_t start = w->len;
    enum err err =
        parameter_decode(w, bytes_slice(pair, at + 1, pair.len), true);
    if (err != OK) return err;
    size_t i = parameters->count++;
    parameters->of[i].name = name;
    parameters->of[i].value =
        bytes_of(parameters->room + start, w->len - start);
    return OK;
}

enum err parameter_read(struct parameters *parameters, struct bytes query,
                        const char *accepted)
{
    parameters->count = 0;
    if (query.len > PARAMETER_QUERY_MAX) return ERR_LIMIT;
    struct writer w =
        writer_into(parameters->room, sizeof parameters->room);
    for (size_t i = 0; i <= query.len;) {
        struct bytes rest = bytes_slice(query, i, query.len);
        struct bytes pair = bytes_slice(rest, 0, find(rest, '&'));
        enum err err = read_one(parameters, &w, pair, accepted);
        if (err != OK) return err;
        i += pair.len + 1;
    }
    return OK;
}

size_t parameter_keep(uint8_t *query, size_t len, const char *accepted)
{
    size_t kept = 0;
    for (size_t i = 0; i < len;) {
        struct bytes rest = bytes_of(query + i, len - i);
        struct bytes pair = bytes_slice(rest, 0, find(rest, '&'));
        struct bytes name = bytes_slice(pair, 0, find(pair, '='));
        i += pair.len + 1;
        if (!is_accepted(name, accepted)) continue;
        if (kept != 0) query[kept++] = '&';
        memmove(query + kept, pair.at, pair.len);
        kept += pair.len;
    }
    return kept;
}

struct bytes parameter_find(const struct parameters *parameters,
                            const char *name)
{
    const struct bytes *value = value_of(parameters, bytes_text(name));
    return value == NULL ? bytes_text("") : *value;
}

enum err parameter_number(uint64_t *number,
                          const struct parameters *parameters,
                          const char *name, uint64_t max, uint64_t otherwise)
{
    const struct bytes *value = value_of(parameters, bytes_text(name));
    *number = otherwise;
    if (value == NULL) return OK;
    enum err err = bytes_read_u64(number, *value, max);
    return err != OK || *number == 0 ? ERR_INPUT : OK;
}

void parameter_encode(struct writer *w, struct bytes text)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.at[i];
        bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                        (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
                        c == '.';
        if (is_plain) {
            writer_byte(w, c);
            continue;
        }
        writer_byte(w, '%');
        writer_byte(w, (uint8_t)digits[c >> 4]);
        writer_byte(w, (uint8_t)digits[c & 15]);
    }
}
