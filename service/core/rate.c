#include "core/rate.h"

enum { DECIMALS = 6, COUNT_DIGITS = 9, WHOLE_DIGITS = 3, MILLION = 1000000 };

static size_t digits(struct bytes text)
{
    size_t len = 0;
    while (len < text.len && text.at[len] >= '0' && text.at[len] <= '9') len++;
    return len;
}

/* The part behind the point, of 1 to 6 digits, in millionths. */
static enum err read_millionths(uint64_t *millionths, struct bytes text)
{
    if (text.len == 0 || text.len > DECIMALS) return ERR_FORMAT;
    if (digits(text) != text.len) return ERR_FORMAT;
    *millionths = 0;
    for (size_t i = 0; i < DECIMALS; i++) {
        uint64_t digit = i < text.len ? (uint64_t)(text.at[i] - '0') : 0;
        *millionths = *millionths * 10 + digit;
    }
    return OK;
}

static enum err read_percent(struct rate *rate, struct bytes text)
{
    size_t len = digits(text);
    if (len > WHOLE_DIGITS) return ERR_FORMAT;
    uint64_t whole, millionths = 0;
    enum err err = bytes_read_u64(&whole, bytes_slice(text, 0, len), 999);
    if (err != OK) return err;
    if (len < text.len) {
        if (text.at[len] != '.') return ERR_FORMAT;
        err =
            read_millionths(&millionths, bytes_slice(text, len + 1, text.len));
        if (err != OK) return err;
    }
    uint64_t amount = whole * (RATE_WHOLE / 100) + millionths;
    if (amount > RATE_WHOLE) return ERR_RANGE;
    *rate = (struct rate){ .is_percent = true, .amount = amount };
    return OK;
}

enum err rate_read(struct rate *rate, struct bytes text)
{
    if (text.len == 0) return ERR_FORMAT;
    if (text.at[text.len - 1] == '%')
        return read_percent(rate, bytes_slice(text, 0, text.len - 1));

    uint64_t count;
    if (text.len > COUNT_DIGITS) return ERR_FORMAT;
    enum err err = bytes_read_u64(&count, text, RATE_COUNT_MAX);
    if (err != OK) return err;
    *rate = (struct rate){ .is_percent = false, .amount = count };
    return OK;
}

uint64_t rate_take(const struct rate *rate, uint64_t count, bool is_least_one)
{
    uint64_t take = rate->amount;
    if (rate->is_percent) {
        /* Split, because count * amount does not fit into 64 bits. */
        uint64_t rest = count % RATE_WHOLE * rate->amount;
        take = count / RATE_WHOLE * rate->amount + rest / RATE_WHOLE +
               (rest % RATE_WHOLE != 0);
    }
    if (is_least_one && take == 0) take = 1;
    return take < count ? take : count;
}

uint64_t rate_share(uint64_t take, uint64_t count)
{
    return count == 0 ? 0 : (take * MILLION + count / 2) / count;
}
