/*
 * chain — the beacons this version knows: names, keys, rounds and times.
 *
 *     R = ceil((t1 + delay - genesis) / period) + 1
 *     time(R) = genesis + (R - 1) * period
 *
 * Verifying a signature needs a pairing and stands in host.
 * Source: FORMAT 7.  Pure: no I/O, no allocation.
 */
#ifndef CORE_CHAIN_H
#define CORE_CHAIN_H

#include "core/hash.h"

enum {
    CHAIN_KEY_LEN = 96,       /* bytes, compressed in G2 */
    CHAIN_SIGNATURE_LEN = 48, /* bytes, compressed in G1 */
    CHAIN_DELAY_S = 600,      /* from t1 to the round, at least */
    CHAIN_DELAY_REHEARSAL_S = 3
};

struct chain {
    struct hash hash;
    uint64_t genesis; /* Unix seconds */
    uint32_t period;  /* seconds, at least 1 */
    uint8_t key[CHAIN_KEY_LEN];
};

/* The public chain "quicknet". */
const struct chain *chain_quicknet(void);

/* The chain "test" of a rehearsal log, from entry 0; `period` is not 0. */
struct chain chain_test(uint64_t genesis, uint32_t period,
                        const uint8_t key[CHAIN_KEY_LEN]);

/*
 * R for a reveal time t1 and a delay in seconds: the round that decides.
 * Times up to 2^53.  A time before genesis gives round 1.
 */
uint64_t chain_round(const struct chain *chain, uint64_t t1, uint32_t delay_s);
/* When round `round` >= 1 is due, Unix seconds. */
uint64_t chain_time(const struct chain *chain, uint64_t round);

#endif
