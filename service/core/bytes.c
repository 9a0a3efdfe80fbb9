#include "core/bytes.h"

struct bytes bytes_text(const char *text)
{
    return bytes_of(text, __builtin_strlen(text));
}

struct bytes bytes_of(const void *at, size_t len)
{
    return (struct bytes){ at, len };
}

struct bytes bytes_slice(struct bytes whole, size_t start, size_t len)
{
    if (start > whole.len) start = whole.len;
    if (len > whole.len - start) len = whole.len - start;
    if (whole.at == NULL) return (struct bytes){ NULL, 0 };
    return (struct bytes){ whole.at + start, len };
}

bool bytes_equal(struct bytes a, struct bytes b)
{
    if (a.len != b.len) return false;
    return a.len == 0 || __builtin_memcmp(a.at, b.at, a.len) == 0;
}

bool bytes_equal_text(struct bytes a, const char *text)
{
    return bytes_equal(a, bytes_text(text));
}

bool bytes_starts(struct bytes whole, const char *prefix)
{
    struct bytes p = bytes_text(prefix);
    return whole.len >= p.len && bytes_equal(bytes_slice(whole, 0, p.len), p);
}

bool bytes_take_line(struct bytes *line, struct bytes *rest)
{
    size_t len = 0;
    while (len < rest->len && rest->at[len] != '\n') len++;
    if (len == rest->len) return false;
    *line = bytes_slice(*rest, 0, len);
    *rest = bytes_slice(*rest, len + 1, rest->len);
    return true;
}

int bytes_compare(struct bytes a, struct bytes b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len == 0 ? 0 : __builtin_memcmp(a.at, b.at, len);
    if (order != 0) return order;
    return (a.len > b.len) - (a.len < b.len);
}

void bytes_copy(void *to, const void *from, size_t len)
{
    if (len != 0) __builtin_memmove(to, from, len);
}

void bytes_fill(void *to, uint8_t value, size_t len)
{
    if (len != 0) __builtin_memset(to, value, len);
}

void bytes_put_u32(uint8_t to[4], uint32_t value)
{
    for (int i = 0; i < 4; i++) to[i] = (uint8_t)(value >> (24 - 8 * i));
}

void bytes_put_u64(uint8_t to[8], uint64_t value)
{
    for (int i = 0; i < 8; i++) to[i] = (uint8_t)(value >> (56 - 8 * i));
}

uint32_t bytes_get_u32(const uint8_t from[4])
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) value = value << 8 | from[i];
    return value;
}

uint64_t bytes_get_u64(const uint8_t from[8])
{
    uint64_t value = 0;
    for (int i = 0; i < 8; i++) value = value << 8 | from[i];
    return value;
}

enum err bytes_read_u64(uint64_t *value, struct bytes text, uint64_t max)
{
    if (text.len == 0) return ERR_FORMAT;
    if (text.len > 1 && text.at[0] == '0') return ERR_FORMAT;

    uint64_t sum = 0;
    bool is_above = false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') return ERR_FORMAT;
        uint64_t digit = (uint64_t)(text.at[i] - '0');
        if (sum > (UINT64_MAX - digit) / 10) is_above = true;
        sum = sum * 10 + digit;
    }
    if (is_above || sum > max) return ERR_RANGE;
    *value = sum;
    return OK;
}

static int hex_digit(uint8_t c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

enum err bytes_read_hex(uint8_t *to, size_t len, struct bytes text)
{
    if (text.len % 2 != 0 || text.len / 2 != len) return ERR_FORMAT;
    for (size_t i = 0; i < len; i++) {
        int high = hex_digit(text.at[2 * i]);
        int low = hex_digit(text.at[2 * i + 1]);
        if (high < 0 || low < 0) return ERR_FORMAT;
        to[i] = (uint8_t)(high * 16 + low);
    }
    return OK;
}

struct writer writer_into(void *room, size_t max)
{
    return (struct writer){ room, 0, max, false };
}

void writer_add(struct writer *w, struct bytes bytes)
{
    if (w->is_full || bytes.len > w->max - w->len) {
        w->is_full = true;
        return;
    }
    bytes_copy(w->at + w->len, bytes.at, bytes.len);
    w->len += bytes.len;
}

void writer_text(struct writer *w, const char *text)
{
    writer_add(w, bytes_text(text));
}

void writer_byte(struct writer *w, uint8_t byte)
{
    writer_add(w, bytes_of(&byte, 1));
}

void writer_u64(struct writer *w, uint64_t decimal)
{
    uint8_t digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (uint8_t)('0' + decimal % 10);
        decimal /= 10;
    } while (decimal != 0);
    writer_add(w, bytes_of(digits + at, sizeof digits - at));
}

void writer_hex(struct writer *w, struct bytes bytes)
{
    static const char digit[] = "0123456789abcdef";
    for (size_t i = 0; i < bytes.len; i++) {
        writer_byte(w, (uint8_t)digit[bytes.at[i] >> 4]);
        writer_byte(w, (uint8_t)digit[bytes.at[i] & 15]);
    }
}

struct bytes writer_bytes(const struct writer *w)
{
    return (struct bytes){ w->at, w->len };
}
