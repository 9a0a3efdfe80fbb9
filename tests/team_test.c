#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/team.h"
#include "format/team_answer.h"
#include "format/team_json.h"
#include "tests/team_enumeration.h"
#include "tests/team_random.h"
#include "tests/team_reference.h"
#include "tests/vector.h"

/* What a listener was told, as a digest; each certificate is checked. */
struct told {
    const struct team_problem *problem;
    void *workspace;
    size_t len;
    uint32_t count;
    struct sha256 state;
};

static void digest_list(struct told *told, const uint32_t *list, uint32_t count)
{
    hash_add_u32(&told->state, count);
    for (uint32_t k = 0; k < count; k++) hash_add_u32(&told->state, list[k]);
}

static enum err tell(void *context, const struct team_open *open)
{
    struct told *told = context;
    told->count++;
    hash_add_u32(&told->state, open->post);
    digest_list(told, open->posts, open->post_count);
    digest_list(told, open->inspectors, open->inspector_count);
    assert_true(team_certificate_holds(told->problem, open->posts,
                                       open->post_count, told->workspace,
                                       told->len));
    assert_true(
        team_reference_holds(told->problem, open->posts, open->post_count));
    return OK;
}

/* The core's answer; the rest of the workspace is dirty on purpose. */
static struct told solve(uint32_t *holders, const struct team_random *random)
{
    const struct team_problem *problem = &random->problem;
    size_t len = team_workspace_len(problem);
    void *room = malloc(len), *other = malloc(len);
    if (room == NULL || other == NULL) abort();
    memset(room, 0xa5, len);
    memset(other, 0x5a, len);
    struct told told = { problem, other, len, 0, hash_begin("told") };
    struct team_listener listener = { tell, &told };
    assert_int_equal(
        team_solve(holders, problem, &random->seed, room, len, &listener), OK);
    free(room);
    free(other);
    return told;
}

static struct told solve_by_reference(uint32_t *holders,
                                      const struct team_random *random)
{
    const struct team_problem *problem = &random->problem;
    size_t len = team_workspace_len(problem);
    void *other = malloc(len);
    struct told told = { problem, other, len, 0, hash_begin("told") };
    struct team_listener listener = { tell, &told };
    team_reference_solve(holders, problem, &random->seed, &listener);
    free(other);
    return told;
}

static void every_vector_agrees(void **unused)
{
    (void)unused;
    json_t *root = vector_load("team.json");
    assert_int_equal(json_array_size(root), 40);
    for (size_t k = 0; k < json_array_size(root); k++) {
        const json_t *vector = json_array_get(root, k);
        struct hash seed = vector_hash(vector, "seed");
        char *problem =
            json_dumps(json_object_get(vector, "problem"), JSON_COMPACT);
        char *want = json_dumps(json_object_get(vector, "answer"),
                                JSON_COMPACT | JSON_PRESERVE_ORDER);
        char reason[TEAM_JSON_REASON_MAX];
        struct team_json read;
        struct bytes answer;
        assert_int_equal(team_json_read(&read, reason, bytes_text(problem)),
                         OK);
        assert_int_equal(team_answer_text(&answer, &read.problem, &seed), OK);
        assert_bytes(answer, bytes_text(want));
        free((void *)(uintptr_t)answer.at);
        team_json_release(&read);
        free(problem);
        free(want);
    }
    json_decref(root);
}

static void the_reference_finds_the_same(void **unused)
{
    (void)unused;
    uint32_t bound = 0, with_open = 0;
    for (uint64_t number = 0; number < 3000; number++) {
        struct team_random random;
        team_random_make(&random, number, TEAM_RANDOM_POSTS,
                         TEAM_RANDOM_PEOPLE);
        uint32_t got[TEAM_RANDOM_POSTS], want[TEAM_RANDOM_POSTS];
        struct told mine = solve(got, &random);
        struct told theirs = solve_by_reference(want, &random);
        if (random.problem.post_count > 0)
            assert_memory_equal(got, want,
                                random.problem.post_count * sizeof *got);
        assert_hash(hash_end(&mine.state), hash_end(&theirs.state));
        bound += random.has_caps || random.has_recusals;
        with_open += mine.count > 0;
    }
    assert_true(bound >= 1500);
    assert_true(with_open >= 150);
}

static void nobody_could_do_better(void **unused)
{
    (void)unused;
    struct team_enumeration *best = malloc(sizeof *best);
    assert_non_null(best);
    uint32_t with_open = 0;
    for (uint64_t number = 0; number < 1000; number++) {
        struct team_random random;
        team_random_make(&random, 100000 + number, TEAM_ENUMERATION_POSTS, 4);
        const struct team_problem *problem = &random.problem;
        uint32_t got[TEAM_RANDOM_POSTS];
        struct told told = solve(got, &random);
        team_enumeration_run(best, problem);
        assert_true(team_enumeration_is_lawful(problem, got));
        assert_int_equal(team_enumeration_filled(problem, got), best->filled);
        assert_int_equal(team_enumeration_squares(problem, got), best->squares);
        assert_int_equal(told.count, problem->post_count - best->filled);
        with_open += told.count > 0;
    }
    assert_true(with_open >= 150);
    free(best);
}

/* One pool of two, the second with a cap of one; three targets. */
static struct team_problem small_problem(void)
{
    static const struct team_post posts[] = { { 0, 0 }, { 1, 0 }, { 2, 0 } };
    static const uint32_t members[] = { 0, 1 }, caps[] = { 1, 1 };
    static const struct team_pool pools[] = { { members, 2 } };
    return (struct team_problem){ .posts = posts,
                                  .post_count = 3,
                                  .target_count = 3,
                                  .pools = pools,
                                  .pool_count = 1,
                                  .caps = caps,
                                  .inspector_count = 2 };
}

static void a_false_certificate_does_not_hold(void **unused)
{
    (void)unused;
    struct team_problem problem = small_problem();
    size_t len = team_workspace_len(&problem);
    void *room = malloc(len);
    static const struct {
        uint32_t posts[3], count;
        bool holds;
    } cases[] = {
        { { 0, 1, 2 }, 3, true },  { { 0, 1 }, 2, false },
        { { 0 }, 1, false },       { { 0 }, 0, false },
        { { 1, 0, 2 }, 3, false }, { { 0, 1, 1 }, 3, false },
        { { 0, 1, 3 }, 3, false },
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        assert_int_equal(team_certificate_holds(&problem, cases[k].posts,
                                                cases[k].count, room, len),
                         cases[k].holds);
    assert_false(team_certificate_holds(&problem, cases[0].posts, 3, room, 1));
    free(room);
}

static enum err solve_small(const struct team_problem *problem)
{
    uint32_t holders[3];
    struct hash seed = { { 1 } };
    size_t len = team_workspace_len(problem);
    void *room = malloc(len + 1);
    enum err err = team_solve(holders, problem, &seed, room, len, NULL);
    free(room);
    return err;
}

static void an_unusable_problem_is_refused(void **unused)
{
    (void)unused;
    static const struct team_post far_target[] = { { 3, 0 } };
    static const struct team_post far_pool[] = { { 0, 1 } };
    static const uint32_t twice[] = { 0, 0 }, unknown[] = { 2 };
    static const struct team_pool same[] = { { twice, 2 } };
    static const struct team_pool far_member[] = { { unknown, 1 } };
    static const struct team_recusal far_recusals[] = { { 3, 0 }, { 0, 2 } };

    struct team_problem problem = small_problem();
    assert_int_equal(solve_small(&problem), OK);
    problem.posts = far_target, problem.post_count = 1;
    assert_int_equal(solve_small(&problem), ERR_RANGE);
    problem.posts = far_pool;
    assert_int_equal(solve_small(&problem), ERR_RANGE);
    problem = small_problem();
    problem.pools = far_member;
    assert_int_equal(solve_small(&problem), ERR_RANGE);
    problem.pools = same;
    assert_int_equal(solve_small(&problem), ERR_EXISTS);
    for (int k = 0; k < 2; k++) {
        problem = small_problem();
        problem.recusals = far_recusals + k, problem.recusal_count = 1;
        assert_int_equal(solve_small(&problem), ERR_RANGE);
    }
    problem.post_count = TEAM_POSTS_MAX + 1;
    assert_int_equal(team_workspace_len(&problem), 0);
    assert_int_equal(solve_small(&problem), ERR_LIMIT);
}

static enum err refuse(void *context, const struct team_open *open)
{
    *(uint32_t *)context = open->post;
    return ERR_DISK;
}

static void a_listener_may_end_the_work(void **unused)
{
    (void)unused;
    struct team_problem problem = small_problem();
    size_t len = team_workspace_len(&problem);
    void *room = malloc(len);
    uint32_t holders[3], post = 0;
    struct hash seed = { { 1 } };
    struct team_listener listener = { refuse, &post };
    assert_int_equal(team_solve(holders, &problem, &seed, room, len, &listener),
                     ERR_DISK);
    assert_int_equal(post, 2);
    assert_int_equal(
        team_solve(holders, &problem, &seed, room, len - 1, &listener),
        ERR_FULL);
    free(room);
}

static void unusable_text_is_refused_with_a_reason(void **unused)
{
    (void)unused;
    static const char *const texts[] = {
        "",
        "[]",
        "{\"posts\":[],\"pools\":[],\"caps\":[]}",
        "{\"posts\":{},\"pools\":[],\"caps\":[],\"recused\":[]}",
        "{\"posts\":[[0,0]],\"pools\":[],\"caps\":[],\"recused\":[]}",
        "{\"posts\":[[0]],\"pools\":[[]],\"caps\":[],\"recused\":[]}",
        "{\"posts\":[[16777216,0]],\"pools\":[[]],\"caps\":[],\"recused\":[]}",
        "{\"posts\":[[0,0.0]],\"pools\":[[]],\"caps\":[],\"recused\":[]}",
        "{\"posts\":[],\"pools\":[[0]],\"caps\":[],\"recused\":[]}",
        "{\"posts\":[],\"pools\":[0],\"caps\":[1],\"recused\":[]}",
        "{\"posts\":[],\"pools\":[],\"caps\":[-1],\"recused\":[]}",
        "{\"posts\":[],\"pools\":[],\"caps\":[\"1\"],\"recused\":[]}",
        "{\"posts\":[],\"pools\":[],\"caps\":[1],\"recused\":[[0,1]]}",
        "{\"posts\":[],\"posts\":[],\"pools\":[],\"caps\":[],\"recused\":[]}",
    };
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        struct team_json read;
        char reason[TEAM_JSON_REASON_MAX];
        assert_int_equal(team_json_read(&read, reason, bytes_text(texts[k])),
                         ERR_INPUT);
        assert_true(reason[0] != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_vector_agrees),
        cmocka_unit_test(the_reference_finds_the_same),
        cmocka_unit_test(nobody_could_do_better),
        cmocka_unit_test(a_false_certificate_does_not_hold),
        cmocka_unit_test(an_unusable_problem_is_refused),
        cmocka_unit_test(a_listener_may_end_the_work),
        cmocka_unit_test(unusable_text_is_refused_with_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
