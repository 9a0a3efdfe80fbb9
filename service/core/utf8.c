#include "core/utf8.h"

/* One row per length: which first bytes, and the least scalar it may hold. */
struct utf8_length {
    uint8_t mask, lead;
    uint32_t least;
};

static const struct utf8_length lengths[] = {
    { 0x80, 0x00, 0 },
    { 0xe0, 0xc0, 0x80 },
    { 0xf0, 0xe0, 0x800 },
    { 0xf8, 0xf0, 0x10000 },
};

size_t utf8_step(uint32_t *scalar, struct bytes text)
{
    *scalar = 0;
    if (text.len == 0) return 0;

    size_t len = 0;
    while (len < 4 && (text.at[0] & lengths[len].mask) != lengths[len].lead)
        len++;
    if (len == 4 || text.len < len + 1) return 0;

    uint32_t sum = text.at[0] & (uint8_t)~lengths[len].mask;
    for (size_t i = 1; i <= len; i++) {
        if ((text.at[i] & 0xc0) != 0x80) return 0;
        sum = sum << 6 | (text.at[i] & 0x3f);
    }
    if (sum < lengths[len].least || sum > 0x10ffff) return 0;
    if (sum >= 0xd800 && sum <= 0xdfff) return 0;
    *scalar = sum;
    return len + 1;
}

/* Length of the valid part, and how many scalar values it holds. */
static size_t walk(size_t *count, struct bytes text)
{
    size_t at = 0;
    *count = 0;
    while (at < text.len) {
        uint32_t scalar;
        size_t len = utf8_step(&scalar, bytes_slice(text, at, 4));
        if (len == 0) break;
        at += len;
        *count += 1;
    }
    return at;
}

bool utf8_is_valid(struct bytes text)
{
    size_t count;
    return walk(&count, text) == text.len;
}

size_t utf8_count(struct bytes text)
{
    size_t count;
    walk(&count, text);
    return count;
}
