/*
 * uniform_test — is every row as likely as every other, in every place?
 *
 * Chi-square with fixed seeds, so that the numbers printed never change.
 * A million draws each; where a draw of a long list takes 500 positions, a
 * hundred thousand (fifty million positions), unless UNIFORM_FULL is set.
 * The last pick is that of k = N up to N = 199, above that of k = N / 10.
 * Three bad samplers stand below: the same tests must reject each of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <math.h>
#include <cmocka.h>

#include "core/pick.h"

enum { COUNT_MAX = 5001, ORDERS = 24, MILLION = 1000000 };

/* A right sampler stays inside with probability 1 - 2e-6 a test. */
static const double p_least = 1e-6, p_bad = 1e-9;

/* The first `take` positions of `count` under a seed. */
typedef void sampler(uint64_t *out, const struct hash *seed, uint64_t count,
                     uint64_t take);

/* ---- samplers -------------------------------------------------------- */

static void sample_pick(uint64_t *out, const struct hash *seed, uint64_t count,
                        uint64_t take)
{
    static struct pick_slot slots[4 * COUNT_MAX];
    struct pick pick;
    assert_int_equal(pick_begin(&pick, seed, count, slots, pick_slots(take)),
                     OK);
    assert_int_equal(pick_take(out, &pick, take), OK);
}

/* Fisher-Yates whose step says which place `i` is swapped with. */
static void shuffle(uint64_t *out, const struct hash *seed, uint64_t count,
                    uint64_t take,
                    uint64_t (*place)(const struct hash *, uint64_t, uint64_t))
{
    static uint64_t rows[COUNT_MAX];
    for (uint64_t i = 0; i < count; i++) rows[i] = i;
    for (uint64_t i = 0; i < take; i++) {
        uint64_t j = place(seed, i, count);
        uint64_t kept = rows[i];
        rows[i] = rows[j];
        rows[j] = kept;
    }
    for (uint64_t i = 0; i < take; i++) out[i] = rows[i];
}

static uint64_t place_of_16_bits(const struct hash *seed, uint64_t i,
                                 uint64_t count)
{
    return i + pick_u("draw", seed, i, 1 << 16) % (count - i);
}

static void sample_16_bits(uint64_t *out, const struct hash *seed,
                           uint64_t count, uint64_t take)
{
    shuffle(out, seed, count, take, place_of_16_bits);
}

static uint64_t place_anywhere(const struct hash *seed, uint64_t i,
                               uint64_t count)
{
    return pick_u("draw", seed, i, count);
}

static void sample_whole_range(uint64_t *out, const struct hash *seed,
                               uint64_t count, uint64_t take)
{
    shuffle(out, seed, count, take, place_anywhere);
}

static void sample_fixed_step(uint64_t *out, const struct hash *seed,
                              uint64_t count, uint64_t take)
{
    uint64_t start = pick_u("draw", seed, 0, count), step = count / take;
    for (uint64_t i = 0; i < take; i++) out[i] = (start + i * step) % count;
}

/* ---- chi-square ------------------------------------------------------ */

/* Upper tail of the gamma distribution by its power series, x < a + 1. */
static double tail_by_series(double a, double x)
{
    double term = 1 / a, sum = term;
    for (int n = 1; term > sum * 1e-16; n++) {
        term *= x / (a + n);
        sum += term;
    }
    return 1 - sum * exp(a * log(x) - x - lgamma(a));
}

/* The same by Lentz's continued fraction, x >= a + 1. */
static double tail_by_fraction(double a, double x)
{
    double b = x + 1 - a, c = 1e300, d = 1 / b, product = d;
    for (int i = 1; i < 100000; i++) {
        double an = -i * (i - a);
        b += 2;
        d = 1 / (an * d + b);
        c = b + an / c;
        product *= c * d;
        if (fabs(c * d - 1) < 1e-15) break;
    }
    return product * exp(a * log(x) - x - lgamma(a));
}

/* Probability that chi-square with `freedom` degrees is at least `x`. */
static double tail(double freedom, double x)
{
    double a = freedom / 2, half = x / 2;
    if (half <= 0) return 1;
    return half < a + 1 ? tail_by_series(a, half) : tail_by_fraction(a, half);
}

/* Deviation of `cells` counts from an even share of `total`. */
static double p_of_even(const uint64_t *counts, size_t cells, double total)
{
    double share = total / (double)cells, sum = 0;
    for (size_t i = 0; i < cells; i++)
        sum += ((double)counts[i] - share) * ((double)counts[i] - share);
    return tail((double)cells - 1, sum / share);
}

/*
 * Inclusion counts of samples without replacement are correlated; over the
 * variance D p (1 - p) N / (N - 1) their squares sum to chi-square, N - 1.
 */
static double p_of_inclusion(const uint64_t *counts, uint64_t count,
                             uint64_t take, uint64_t draws)
{
    double n = (double)count, p = (double)take / n, sum = 0;
    double mean = (double)draws * p;
    for (uint64_t i = 0; i < count; i++)
        sum += ((double)counts[i] - mean) * ((double)counts[i] - mean);
    return tail(n - 1, sum / (mean * (1 - p) * n / (n - 1)));
}

/* ---- trials ---------------------------------------------------------- */

struct trial {
    uint64_t count, take, draws;
};

/* What a trial showed; a value that makes no sense for it is 0.5. */
struct outcome {
    double first, last, inclusion;
};

static struct hash seed_of(const char *purpose, uint64_t draw)
{
    uint8_t number[8];
    struct hash base = hash_sha256(bytes_text(purpose));
    bytes_put_u64(number, draw);
    return hash_keyed("uniform-test", &base, bytes_of(number, 8));
}

static struct outcome run(const struct trial *t, sampler *sample)
{
    static uint64_t first[COUNT_MAX], last[COUNT_MAX], any[COUNT_MAX];
    static uint64_t out[COUNT_MAX];
    char purpose[80];
    snprintf(purpose, sizeof purpose, "%lu of %lu", (unsigned long)t->take,
             (unsigned long)t->count);
    bytes_fill(first, 0, sizeof first);
    bytes_fill(last, 0, sizeof last);
    bytes_fill(any, 0, sizeof any);
    for (uint64_t draw = 0; draw < t->draws; draw++) {
        struct hash seed = seed_of(purpose, draw);
        sample(out, &seed, t->count, t->take);
        first[out[0]]++;
        last[out[t->take - 1]]++;
        for (uint64_t i = 0; i < t->take; i++) any[out[i]]++;
    }
    struct outcome o = { p_of_even(first, t->count, (double)t->draws),
                         p_of_even(last, t->count, (double)t->draws), 0.5 };
    if (t->take < t->count)
        o.inclusion = p_of_inclusion(any, t->count, t->take, t->draws);
    return o;
}

static double run_orders(sampler *sample)
{
    uint64_t counts[256] = { 0 }, packed[ORDERS], out[4];
    size_t orders = 0;
    for (uint64_t draw = 0; draw < MILLION; draw++) {
        struct hash seed = seed_of("orders of 4", draw);
        sample(out, &seed, 4, 4);
        counts[out[0] << 6 | out[1] << 4 | out[2] << 2 | out[3]]++;
    }
    for (uint64_t code = 0; code < 256; code++) {
        unsigned seen = 1u << (code >> 6) | 1u << (code >> 4 & 3) |
                        1u << (code >> 2 & 3) | 1u << (code & 3);
        if (seen == 15)
            packed[orders++] = counts[code];
        else
            assert_int_equal(counts[code], 0);
    }
    assert_int_equal(orders, ORDERS);
    return p_of_even(packed, ORDERS, MILLION);
}

static bool is_fair(double p)
{
    return p > p_least && p < 1 - p_least;
}

static uint64_t many(void)
{
    return getenv("UNIFORM_FULL") != NULL ? MILLION : MILLION / 10;
}

/* ---- tests ----------------------------------------------------------- */

/* Values of published tables of the chi-square distribution. */
static void the_tail_is_that_of_the_tables(void **state)
{
    (void)state;
    static const struct {
        double freedom, x, p;
    } cases[] = {
        { 1, 3.841459, 0.05 },     { 1, 10.827566, 0.001 },
        { 2, 9.210340, 0.01 },     { 6, 22.457744, 0.001 },
        { 23, 35.172462, 0.05 },   { 23, 9.260425, 0.995 },
        { 100, 124.342113, 0.05 }, { 100, 149.449253, 0.001 },
        { 100, 77.929465, 0.95 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(fabs(tail(cases[i].freedom, cases[i].x) - cases[i].p) <
                    1e-6);
    /* Median of many degrees: about f (1 - 2 / 9f)^3. */
    assert_true(fabs(tail(5000, 5000 * pow(1 - 2 / 45000.0, 3)) - 0.5) < 1e-4);
}

static void the_first_pick_is_even(void **state)
{
    (void)state;
    static const uint64_t counts[] = { 2, 7, 199, 5000, 5001 };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        const struct trial t = { counts[i], 1, MILLION };
        struct outcome o = run(&t, sample_pick);
        print_message("N = %lu: first p = %.4f\n", (unsigned long)t.count,
                      o.first);
        assert_true(is_fair(o.first));
    }
}

static void the_last_pick_and_inclusion_are_even(void **state)
{
    (void)state;
    const struct trial trials[] = {
        { 2, 1, MILLION },    { 2, 2, MILLION },     { 7, 1, MILLION },
        { 7, 3, MILLION },    { 7, 7, MILLION },     { 199, 19, MILLION },
        { 199, 199, many() }, { 5000, 500, many() }, { 5001, 500, many() },
    };
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        struct outcome o = run(&trials[i], sample_pick);
        print_message("N = %lu, k = %lu: last p = %.4f, inclusion p = %.4f\n",
                      (unsigned long)trials[i].count,
                      (unsigned long)trials[i].take, o.last, o.inclusion);
        assert_true(is_fair(o.first));
        assert_true(is_fair(o.last));
        assert_true(is_fair(o.inclusion));
    }
}

static void all_orders_of_four_are_even(void **state)
{
    (void)state;
    double p = run_orders(sample_pick);
    print_message("orders of 4: p = %.4f\n", p);
    assert_true(is_fair(p));
}

/* Far outside on either side: a fixed step may fit too well. */
static bool is_caught(const char *name, const char *test, double p)
{
    bool is = p < p_bad || p > 1 - p_bad;
    print_message("%s, %s: p = %.3g%s\n", name, test, p, is ? ", caught" : "");
    return is;
}

static void three_bad_samplers_are_rejected(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        sampler *sample;
    } bad[] = {
        { "mod 2^16", sample_16_bits },
        { "random start, fixed step", sample_fixed_step },
        { "swap with the whole range", sample_whole_range },
    };
    const struct trial small = { 7, 7, MILLION }, large = { 5001, 500, many() };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *name = bad[i].name;
        struct outcome a = run(&small, bad[i].sample);
        struct outcome b = run(&large, bad[i].sample);
        int caught = is_caught(name, "orders", run_orders(bad[i].sample));
        caught += is_caught(name, "last of 7", a.last);
        caught += is_caught(name, "first of 5001", b.first);
        caught += is_caught(name, "last of 500 of 5001", b.last);
        caught += is_caught(name, "500 of 5001", b.inclusion);
        assert_true(caught > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tail_is_that_of_the_tables),
        cmocka_unit_test(the_first_pick_is_even),
        cmocka_unit_test(the_last_pick_and_inclusion_are_even),
        cmocka_unit_test(all_orders_of_four_are_even),
        cmocka_unit_test(three_bad_samplers_are_rejected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
