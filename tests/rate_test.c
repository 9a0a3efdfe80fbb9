/* rate_test — the grammar of counts and rates, and exact sizes of samples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/rate.h"

#define COUNT_MAX UINT64_C(9007199254740991)

static void a_count_or_a_rate_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_percent;
        uint64_t amount;
    } cases[] = {
        { "0", false, 0 },
        { "1", false, 1 },
        { "999999999", false, 999999999 },
        { "0%", true, 0 },
        { "0.0%", true, 0 },
        { "3%", true, 3000000 },
        { "0.5%", true, 500000 },
        { "0.000001%", true, 1 },
        { "33.333333%", true, 33333333 },
        { "100%", true, RATE_WHOLE },
        { "100.000000%", true, RATE_WHOLE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rate rate;
        assert_int_equal(rate_read(&rate, bytes_text(cases[i].text)), OK);
        assert_int_equal(rate.is_percent, cases[i].is_percent);
        assert_int_equal(rate.amount, cases[i].amount);
    }
}

static void what_is_neither_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum err err;
    } cases[] = {
        { "", ERR_FORMAT },           { "%", ERR_FORMAT },
        { "00", ERR_FORMAT },         { "01", ERR_FORMAT },
        { "1000000000", ERR_FORMAT }, { "-1", ERR_FORMAT },
        { "1.5", ERR_FORMAT },        { " 1", ERR_FORMAT },
        { "3 %", ERR_FORMAT },        { "03%", ERR_FORMAT },
        { ".5%", ERR_FORMAT },        { "3.%", ERR_FORMAT },
        { "3.1234567%", ERR_FORMAT }, { "1000%", ERR_FORMAT },
        { "3.5.5%", ERR_FORMAT },     { "3%%", ERR_FORMAT },
        { "3,5%", ERR_FORMAT },       { "+3%", ERR_FORMAT },
        { "3e1%", ERR_FORMAT },       { "３%", ERR_FORMAT },
        { "101%", ERR_RANGE },        { "100.000001%", ERR_RANGE },
        { "999%", ERR_RANGE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rate rate;
        assert_int_equal(rate_read(&rate, bytes_text(cases[i].text)),
                         cases[i].err);
    }
}

static void k_is_the_least_integer_not_below_the_share(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t count;
        uint64_t take, take_least_one;
    } cases[] = {
        { "3%", 0, 0, 0 },
        { "3%", 1, 1, 1 },
        { "3%", 100, 3, 3 },
        { "3%", 101, 4, 4 },
        { "3%", 8295, 249, 249 },
        { "0%", 8295, 0, 1 },
        { "0%", 0, 0, 0 },
        { "0.000001%", 100000000, 1, 1 },
        { "0.000001%", 100000001, 2, 2 },
        { "100%", 8295, 8295, 8295 },
        { "33.333333%", 3, 1, 1 },
        { "33.333334%", 3, 2, 2 },
        { "12", 100, 12, 12 },
        { "12", 5, 5, 5 },
        { "0", 5, 0, 1 },
        { "100%", COUNT_MAX, COUNT_MAX, COUNT_MAX },
        { "50%", COUNT_MAX, COUNT_MAX / 2 + 1, COUNT_MAX / 2 + 1 },
        /* (2^53 - 1) * 99999999 / 10^8, rounded up */
        { "99.999999%", COUNT_MAX, 9007199164668999, 9007199164668999 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rate rate;
        assert_int_equal(rate_read(&rate, bytes_text(cases[i].text)), OK);
        assert_int_equal(rate_take(&rate, cases[i].count, false),
                         cases[i].take);
        assert_int_equal(rate_take(&rate, cases[i].count, true),
                         cases[i].take_least_one);
    }
}

/* k is right iff (k - 1) * 10^8 < count * amount <= k * 10^8. */
static void k_holds_its_inequality_for_many_rates(void **state)
{
    (void)state;
    for (uint64_t count = 1; count < 3000; count += 7)
        for (uint64_t amount = 1; amount < RATE_WHOLE; amount += 1234567) {
            const struct rate rate = { true, amount };
            uint64_t k = rate_take(&rate, count, false);
            assert_true(count * amount <= k * RATE_WHOLE);
            assert_true((k - 1) * RATE_WHOLE < count * amount);
        }
}

static void a_share_is_told_to_the_nearest_millionth(void **state)
{
    (void)state;
    static const struct {
        uint64_t take, count, share;
    } cases[] = {
        { 0, 0, 0 },         { 0, 7, 0 },    { 7, 7, 1000000 },
        { 11, 360, 30556 },  { 1, 3, 333333 }, { 2, 3, 666667 },
        { 1, 2000000, 1 },   { 1, 2000001, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(rate_share(cases[i].take, cases[i].count),
                         cases[i].share);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_count_or_a_rate_is_read),
        cmocka_unit_test(what_is_neither_is_refused),
        cmocka_unit_test(k_is_the_least_integer_not_below_the_share),
        cmocka_unit_test(k_holds_its_inequality_for_many_rates),
        cmocka_unit_test(a_share_is_told_to_the_nearest_millionth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
