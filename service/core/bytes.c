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

/* ---- hexadecimal digits, eight at a time ------------------------------ */

enum { WORD_LEN = 8 };

/* A byte in each of the eight of a word. */
static uint64_t in_each(uint8_t byte)
{
    return byte * UINT64_C(0x0101010101010101);
}

/* Eight letters, the first in the lowest byte. */
static uint64_t word_of(const uint8_t *at)
{
    uint64_t word;
    __builtin_memcpy(&word, at, sizeof word);
    if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__) word = __builtin_bswap64(word);
    return word;
}

/* The upper bit of each byte that is at least `least`; all are below 0x80,
 * so that with the bit set no byte borrows from the next. */
static uint64_t from(uint64_t word, uint8_t least)
{
    return ((word | in_each(0x80)) - in_each(least)) & in_each(0x80);
}

/* Eight digits as numbers, a byte each.  Not zero: one of them is none. */
static uint64_t read_digits(uint64_t *numbers, uint64_t word)
{
    uint64_t letters = from(word, 'a') & ~from(word, 'f' + 1);
    uint64_t figures = from(word, '0') & ~from(word, '9' + 1);
    /* A letter's lower half counts from 1, and an `a` is ten. */
    *numbers = (word & in_each(0x0f)) + (letters >> 7) * 9;
    return ((letters | figures) ^ in_each(0x80)) | (word & in_each(0x80));
}

/* Fewer than eight letters, behind them noughts. */
static uint64_t padded(struct bytes text)
{
    uint8_t room[WORD_LEN];
    bytes_fill(room, '0', sizeof room);
    bytes_copy(room, text.at, text.len);
    return word_of(room);
}

bool bytes_is_hex(struct bytes text)
{
    uint64_t numbers, wrong = 0;
    size_t i = 0;
    for (; text.len - i >= WORD_LEN; i += WORD_LEN)
        wrong |= read_digits(&numbers, word_of(text.at + i));
    if (i < text.len)
        wrong |= read_digits(&numbers, padded(bytes_slice(text, i, WORD_LEN)));
    return wrong == 0;
}

/* Two digits a byte, the first byte lowest. */
static uint32_t join(uint64_t numbers)
{
    uint64_t at = numbers << 4 | numbers >> 8;
    at = (at & 0xff) | (at >> 8 & 0xff00) | (at >> 16 & 0xff0000) |
         (at >> 24 & 0xff000000);
    if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
        return __builtin_bswap32((uint32_t)at);
    return (uint32_t)at;
}

enum err bytes_read_hex(uint8_t *to, size_t len, struct bytes text)
{
    uint64_t numbers, wrong = 0;
    size_t i = 0;
    if (text.len % 2 != 0 || text.len / 2 != len) return ERR_FORMAT;
    for (; len - i >= sizeof(uint32_t); i += sizeof(uint32_t)) {
        wrong |= read_digits(&numbers, word_of(text.at + 2 * i));
        uint32_t joined = join(numbers);
        bytes_copy(to + i, &joined, sizeof joined);
    }
    if (i < len) {
        wrong |= read_digits(&numbers,
                             padded(bytes_slice(text, 2 * i, WORD_LEN)));
        uint32_t joined = join(numbers);
        bytes_copy(to + i, &joined, len - i);
    }
    return wrong == 0 ? OK : ERR_FORMAT;
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
