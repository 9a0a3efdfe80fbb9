/* proof_size_test — what is said of a proof before there is one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "domain/proof_size.h"

/* Proofs of rehearsals, opened, with two seats, measured. */
static void the_estimate_is_below_what_proofs_measure_by_a_few_per_cent(
    void **state)
{
    (void)state;
    static const struct {
        struct proof_size_list list;
        uint64_t bytes;
    } measured[] = {
        { { 8000, 4000 }, 9701426 },
        { { 40000, 18000 }, 50275348 },
        { { 40000, 20000 }, 55728921 },
    };
    for (size_t i = 0; i < sizeof measured / sizeof measured[0]; i++) {
        uint64_t said = proof_size_least(&measured[i].list, 1, 2);
        assert_true(said <= measured[i].bytes);
        assert_true(said >= measured[i].bytes / 100 * 90);
    }
}

static void strata_add_up_and_share_one_tree_of_crews(void **state)
{
    (void)state;
    static const struct proof_size_list halves[] = { { 1024, 512 },
                                                     { 1024, 512 } },
                                        whole[] = { { 1024, 1024 } };
    assert_int_equal(proof_size_least(halves, 2, 3),
                     proof_size_least(whole, 1, 3));
    assert_int_equal(proof_size_least(halves, 0, 3), 0);
    const struct proof_size_list beyond = { UINT64_MAX, UINT64_MAX };
    assert_true(proof_size_least(&beyond, 1, 32) == UINT64_MAX);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            the_estimate_is_below_what_proofs_measure_by_a_few_per_cent),
        cmocka_unit_test(strata_add_up_and_share_one_tree_of_crews),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
