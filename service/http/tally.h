/*
 * tally — was it drawn evenly?  Sums over draws, by stratum and by tenth of
 * the lists.
 *
 *     positions of a list  0 ......... N-1
 *     tenths               0 1 2 3 4 5 6 7 8 9    k/10 expected in each
 *
 * Lists stand in an order that nobody chose, and every place is as likely
 * as any other; so the tenths differ by chance only.
 * Source: FORMAT 4.2 and 5.
 */
#ifndef HTTP_TALLY_H
#define HTTP_TALLY_H

#include "domain/draw.h"

enum {
    TALLY_STRATA_MAX = 64,
    TALLY_TENTHS = 10,
    TALLY_NAME_MAX = 256
};
#define TALLY_PICKS_MAX UINT64_C(200000) /* positions that are looked at */

/* Strata of one name and one planned take, over all draws. */
struct tally_stratum {
    char name[TALLY_NAME_MAX], planned[24];
    uint64_t draws, count, take; /* how many, Σ N, Σ k */
    double expected;             /* Σ N · rate         */
};

struct tally {
    uint64_t drawn, picks, left_out; /* draws, positions, draws too many */
    size_t stratum_count;
    struct tally_stratum strata[TALLY_STRATA_MAX];
    uint64_t take[TALLY_TENTHS];
    double expected[TALLY_TENTHS];
};

/*
 * Adds a draw that has its entry D; others change nothing.
 *   ERR_MEMORY     others as draw_seed()
 */
MUST_CHECK enum err tally_add(struct tally *tally, const struct draw *draw);

/* Within two standard deviations of chance, where nobody would wonder. */
bool tally_is_usual(uint64_t take, double expected);

#endif
