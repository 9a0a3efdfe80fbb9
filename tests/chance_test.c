/* chance — against hand calculation and full enumeration. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/chance.h"

static bool is_near(double a, double b)
{
    double off = a > b ? a - b : b - a;
    return off < 1e-12;
}

static void known_rows_of_draws_have_their_known_chance(void **state)
{
    (void)state;
    static const struct {
        struct chance_share shares[3];
        size_t count, times;
        double want;
    } cases[] = {
        { { { 0 } }, 0, 0, 1 },
        { { { 0 } }, 0, 1, 0 },
        { { { 3, 100 }, { 3, 100 } }, 2, 2, 0.0009 },
        { { { 3, 100 }, { 3, 100 } }, 2, 1, 0.0591 },
        { { { 3, 100 }, { 3, 100 } }, 2, 0, 1 },
        { { { 1, 2 }, { 1, 4 }, { 1, 5 } }, 3, 3, 0.025 },
        { { { 1, 2 }, { 1, 4 }, { 1, 5 } }, 3, 4, 0 },
        { { { 7, 7 }, { 0, 9 }, { 1, 2 } }, 3, 1, 1 },
        { { { 7, 7 }, { 0, 9 }, { 1, 2 } }, 3, 2, 0.5 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double room[4], got = -1;
        assert_int_equal(chance_at_least(&got, room, cases[i].shares,
                                         cases[i].count, cases[i].times),
                         OK);
        assert_true(is_near(got, cases[i].want));
    }
}

/* Every one of the 2^n outcomes, its chance multiplied out. */
static double enumerated(const struct chance_share *shares, size_t count,
                         size_t times)
{
    double sum = 0;
    for (size_t set = 0; set < (size_t)1 << count; set++) {
        double product = 1;
        size_t hits = 0;
        for (size_t i = 0; i < count; i++) {
            double share = (double)shares[i].take / (double)shares[i].count;
            bool is_hit = (set >> i & 1) != 0;
            product *= is_hit ? share : 1 - share;
            if (is_hit) hits++;
        }
        if (hits >= times) sum += product;
    }
    return sum;
}

static void it_agrees_with_the_enumeration_of_all_outcomes(void **state)
{
    (void)state;
    struct chance_share shares[10];
    for (size_t i = 0; i < 10; i++)
        shares[i] = (struct chance_share){ 1 + i * i % 7, 11 + i };
    for (size_t count = 0; count <= 10; count++) {
        for (size_t times = 0; times <= count; times++) {
            double room[11], got = -1;
            assert_int_equal(
                chance_at_least(&got, room, shares, count, times), OK);
            assert_true(is_near(got, enumerated(shares, count, times)));
        }
    }
}

static void what_is_no_share_is_refused(void **state)
{
    (void)state;
    static const struct chance_share bad[] = { { 1, 0 }, { 0, 0 }, { 3, 2 } };
    double room[2], got;
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(chance_at_least(&got, room, &bad[i], 1, 1),
                         ERR_RANGE);
    assert_int_equal(chance_at_least(&got, room, bad, CHANCE_DRAWS_MAX + 1, 1),
                     ERR_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_rows_of_draws_have_their_known_chance),
        cmocka_unit_test(it_agrees_with_the_enumeration_of_all_outcomes),
        cmocka_unit_test(what_is_no_share_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
