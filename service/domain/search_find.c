#include "domain/search.h"

#include "format/day.h"

#include <stdlib.h>
#include <string.h>

/* 0 best, NO_HIT none. */
enum { NO_HIT = 4 };

static uint8_t rank(const struct search_firm *firm, struct bytes key)
{
    struct bytes code = search_text(firm, SEARCH_CODE_KEY);
    struct bytes name = search_text(firm, SEARCH_KEY);
    const uint8_t *at = memmem(code.at, code.len, key.at, key.len);
    if (at != NULL && key.len >= SEARCH_CODE_MIN) {
        if (code.len == key.len) return 0;
        return at == code.at ? 1 : 3;
    }
    at = memmem(name.at, name.len, key.at, key.len);
    if (at == NULL) return NO_HIT;
    return at == name.at ? 2 : 3;
}

enum err search_firms(const struct search_firm **found, uint64_t *total,
                      const struct search *search,
                      const struct search_wish *wish)
{
    uint8_t *ranks = malloc((size_t)search->count + 1);
    if (ranks == NULL) return ERR_MEMORY;
    for (uint32_t i = 1; i <= search->count; i++)
        ranks[i] = rank(&search->firms[i], wish->key);
    *total = 0;
    for (int want = 0; want < NO_HIT; want++) {
        for (uint32_t n = 0; n < search->count; n++) {
            uint32_t i = search->order[n];
            if (ranks[i] != want) continue;
            if (*total >= wish->skip && *total - wish->skip < wish->max)
                found[*total - wish->skip] = &search->firms[i];
            ++*total;
        }
    }
    free(ranks);
    return OK;
}

/* 3, 第3号, no.3: the digits, where nothing else could be meant. */
static uint64_t number_of(struct bytes key)
{
    uint64_t number = 0;
    if (bytes_starts(key, "第")) key = bytes_slice(key, 3, key.len);
    else if (bytes_starts(key, "no")) key = bytes_slice(key, 2, key.len);
    if (key.len > 3 && memcmp(key.at + key.len - 3, "号", 3) == 0)
        key.len -= 3;
    return bytes_read_u64(&number, key, UINT32_MAX) == OK ? number : 0;
}

static bool is_within(const struct search_draw *draw, const struct day *day)
{
    const uint64_t times[] = { draw->t0, draw->t1, draw->t4 };
    for (size_t i = 0; i < 3; i++)
        if (times[i] >= day->from && times[i] < day->until) return true;
    return false;
}

size_t search_draws(uint64_t *found, const struct search *search,
                    struct bytes text, const struct search_wish *wish)
{
    struct day day = { 0 };
    uint64_t number = number_of(wish->key);
    bool is_day = day_read(&day, text) == OK;
    size_t total = 0;
    for (uint64_t n = search->draw_count; n > 0; n--) {
        const struct search_draw *draw = &search->draws[n - 1];
        bool is_hit = n == number || (is_day && is_within(draw, &day)) ||
                      ((number == 0 || wish->key.len >= SEARCH_CODE_MIN) &&
                       memmem(draw->key.at, draw->key.len, wish->key.at,
                              wish->key.len) != NULL);
        if (!is_hit) continue;
        if (total >= wish->skip && total - wish->skip < wish->max)
            found[total - wish->skip] = n;
        total++;
    }
    return total;
}
