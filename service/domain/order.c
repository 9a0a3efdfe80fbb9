#include "domain/order.h"

enum {
    SYMBOL_COUNT = 46,
    WORD_SYMBOLS = 11, /* 46^11 < 2^64 */
    KEY_BYTES = 16,
    SMALL = 24
};

/* Where runs of characters begin; a run of `exact` has a symbol for each. */
static const struct run {
    uint8_t first;
    bool exact;
    uint8_t symbol;
} runs[] = {
    { 0, false, 1 },    { '-', true, 2 },   { '.', true, 3 },
    { '/', false, 4 },  { '0', true, 5 },   { ':', true, 15 },
    { ';', false, 16 }, { 'A', true, 17 },  { '[', false, 43 },
    { '_', true, 44 },  { '`', false, 45 },
};

/* Symbols ascend as the characters do; false: one stands for several. */
static bool symbol(uint64_t *symbol, uint8_t c)
{
    size_t i = sizeof runs / sizeof runs[0] - 1;
    while (runs[i].first > c) i--;
    *symbol = runs[i].symbol;
    if (runs[i].exact) *symbol += (uint64_t)(c - runs[i].first);
    return runs[i].exact;
}

/* Behind a symbol that stands for several nothing may count: there the
 * comparison in full decides. */
struct order_entry order_entry(struct bytes key, uint64_t at)
{
    uint64_t words[2] = { 0, 0 };
    bool is_open = true;
    for (size_t i = 0; i < 2 * WORD_SYMBOLS; i++) {
        uint64_t next = 0;
        if (is_open && i < key.len) is_open = symbol(&next, key.at[i]);
        words[i / WORD_SYMBOLS] = words[i / WORD_SYMBOLS] * SYMBOL_COUNT + next;
    }
    return (struct order_entry){ words[0], words[1], at };
}

struct sorting {
    order_compare *compare;
    const void *context;
};

static bool is_below(const struct order_entry *a, const struct order_entry *b,
                     const struct sorting *how)
{
    if (a->high != b->high) return a->high < b->high;
    if (a->low != b->low) return a->low < b->low;
    int order = how->compare(how->context, a->at, b->at);
    return order != 0 ? order < 0 : a->at < b->at;
}

static void insert_sort(struct order_entry *e, size_t count,
                        const struct sorting *how)
{
    for (size_t i = 1; i < count; i++) {
        struct order_entry x = e[i];
        size_t to = i;
        for (; to > 0 && is_below(&x, &e[to - 1], how); to--) e[to] = e[to - 1];
        e[to] = x;
    }
}

static void sink(struct order_entry *e, size_t root, size_t count,
                 const struct sorting *how)
{
    struct order_entry x = e[root];
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && is_below(&e[child], &e[child + 1], how))
            child++;
        if (!is_below(&x, &e[child], how)) break;
        e[root] = e[child];
    }
    e[root] = x;
}

/* For large piles of one 128-bit key: never worse than n log n. */
static void heap_sort(struct order_entry *e, size_t count,
                      const struct sorting *how)
{
    for (size_t i = count / 2; i-- > 0;) sink(e, i, count, how);
    for (size_t last = count - 1; last > 0; last--) {
        struct order_entry top = e[0];
        e[0] = e[last];
        e[last] = top;
        sink(e, 0, last, how);
    }
}

static unsigned digit(const struct order_entry *e, unsigned depth)
{
    uint64_t half = depth < 8 ? e->high : e->low;
    return (unsigned)(half >> (56 - 8 * (depth % 8))) & 255;
}

static void deal(struct order_entry *e, size_t count, unsigned depth,
                 const struct sorting *how)
{
    if (count <= SMALL) {
        insert_sort(e, count, how);
        return;
    }
    size_t sizes[256] = { 0 };
    for (; depth < KEY_BYTES; depth++) {
        for (size_t i = 0; i < count; i++) sizes[digit(&e[i], depth)]++;
        if (sizes[digit(&e[0], depth)] != count) break;
        sizes[digit(&e[0], depth)] = 0; /* all alike: look at the next byte */
    }
    if (depth == KEY_BYTES) {
        heap_sort(e, count, how);
        return;
    }

    size_t next[256], end[256], sum = 0;
    for (unsigned d = 0; d < 256; d++) {
        next[d] = sum;
        sum += sizes[d];
        end[d] = sum;
    }
    for (unsigned d = 0; d < 256; d++) {
        while (next[d] < end[d]) {
            struct order_entry x = e[next[d]];
            for (unsigned to; (to = digit(&x, depth)) != d;) {
                struct order_entry y = e[next[to]];
                e[next[to]++] = x;
                x = y;
            }
            e[next[d]++] = x;
        }
    }
    for (unsigned d = 0; d < 256; d++)
        deal(e + end[d] - sizes[d], sizes[d], depth + 1, how);
}

void order_sort(struct order_entry *entries, size_t count,
                order_compare *compare, const void *context)
{
    const struct sorting how = { compare, context };
    deal(entries, count, 0, &how);
}
