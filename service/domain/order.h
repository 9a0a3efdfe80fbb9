/*
 * order — sorts millions of keys in place.
 *
 *     key "91140802MA0TE5T24R"  ->  128 bits, five and a bit a character
 *     entries are dealt into 256 piles by byte 0, each pile by byte 1, …
 *
 * A key of [0-9A-Z:._-] up to 22 characters is held whole; what is longer,
 * or has other characters, is compared in full among its like.
 * Source: McIlroy, Bostic, McIlroy, "Engineering Radix Sort", 1993.
 */
#ifndef DOMAIN_ORDER_H
#define DOMAIN_ORDER_H

#include "core/bytes.h"

struct order_entry {
    uint64_t high, low; /* the key, order kept                      */
    uint64_t at;        /* where its line stands; equal keys by this */
};

struct order_entry order_entry(struct bytes key, uint64_t at);

/* Below 0, 0, above 0: the keys of the lines at `a` and `b`, byte by byte. */
typedef int order_compare(const void *context, uint64_t a, uint64_t b);

void order_sort(struct order_entry *entries, size_t count,
                order_compare *compare, const void *context);

#endif
