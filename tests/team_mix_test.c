#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/team.h"
#include "tests/team_enumeration.h"
#include "tests/team_random.h"

enum { POOLS = 4, RECUSALS = 4, DRAWS_A_STATE = 100, DRAWS_MIN = 4000 };

#define FREE TEAM_NO_CAP
#define POOL(...)                                                              \
    {                                                                          \
        (const uint32_t[]){ __VA_ARGS__ },                                     \
            sizeof((uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t)             \
    }

struct instance {
    const char *name;
    uint32_t people, posts, pools, recused;
    struct team_post post[TEAM_ENUMERATION_POSTS];
    struct team_pool pool[POOLS];
    struct team_recusal recusal[RECUSALS];
    uint32_t cap[TEAM_ENUMERATION_PEOPLE]; /* 0: none */
};

static const struct instance instances[] = {
    { .name = "one pool, loads even",
      .people = 3,
      .posts = 6,
      .pools = 1,
      .post = { { 0, 0 }, { 0, 0 }, { 1, 0 }, { 1, 0 }, { 2, 0 }, { 2, 0 } },
      .pool = { POOL(0, 1, 2) } },
    { .name = "one pool, loads uneven",
      .people = 3,
      .posts = 4,
      .pools = 1,
      .post = { { 0, 0 }, { 1, 0 }, { 2, 0 }, { 3, 0 } },
      .pool = { POOL(0, 1, 2) } },
    { .name = "more people than posts",
      .people = 6,
      .posts = 3,
      .pools = 1,
      .post = { { 0, 0 }, { 0, 0 }, { 1, 0 } },
      .pool = { POOL(0, 1, 2, 3, 4, 5) } },
    { .name = "three on a target",
      .people = 5,
      .posts = 6,
      .pools = 1,
      .post = { { 0, 0 }, { 0, 0 }, { 0, 0 }, { 1, 0 }, { 1, 0 }, { 1, 0 } },
      .pool = { POOL(0, 1, 2, 3, 4) } },
    { .name = "two pools apart",
      .people = 5,
      .posts = 6,
      .pools = 2,
      .post = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 }, { 2, 0 }, { 2, 1 } },
      .pool = { POOL(0, 1), POOL(2, 3, 4) } },
    { .name = "equal pools under two numbers",
      .people = 3,
      .posts = 5,
      .pools = 2,
      .post = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 }, { 2, 1 } },
      .pool = { POOL(0, 1, 2), POOL(0, 1, 2) } },
    { .name = "nested pools, the inner one not in order",
      .people = 4,
      .posts = 6,
      .pools = 2,
      .post = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 }, { 2, 0 }, { 2, 1 } },
      .pool = { POOL(0, 1, 2, 3), POOL(3, 0) } },
    { .name = "caps that bind",
      .people = 4,
      .posts = 6,
      .pools = 1,
      .post = { { 0, 0 }, { 0, 0 }, { 1, 0 }, { 2, 0 }, { 3, 0 }, { 4, 0 } },
      .pool = { POOL(0, 1, 2, 3) },
      .cap = { 1, 1, FREE, FREE } },
    { .name = "two overlapping pools, two recused",
      .people = 4,
      .posts = 6,
      .pools = 2,
      .recused = 2,
      .post = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 }, { 2, 0 }, { 2, 1 } },
      .pool = { POOL(0, 1, 2), POOL(1, 2, 3) },
      .recusal = { { 0, 1 }, { 2, 3 } } },
    { .name = "unequal overlapping pools, one recused",
      .people = 5,
      .posts = 6,
      .pools = 2,
      .recused = 1,
      .post = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 0 }, { 2, 1 }, { 3, 1 } },
      .pool = { POOL(0, 1, 2, 3), POOL(2, 3, 4) },
      .recusal = { { 1, 2 } } },
    { .name = "three overlapping pools, two recused",
      .people = 4,
      .posts = 6,
      .pools = 3,
      .recused = 2,
      .post = { { 0, 0 }, { 0, 1 }, { 1, 2 }, { 2, 0 }, { 2, 1 }, { 3, 2 } },
      .pool = { POOL(0, 1, 2), POOL(1, 2, 3), POOL(0, 1, 2, 3) },
      .recusal = { { 0, 2 }, { 2, 1 } } },
    { .name = "overlapping pools, caps and recusals",
      .people = 4,
      .posts = 7,
      .pools = 2,
      .recused = 2,
      .post = { { 0, 0 },
                { 0, 1 },
                { 1, 0 },
                { 1, 1 },
                { 2, 0 },
                { 3, 1 },
                { 4, 0 } },
      .pool = { POOL(0, 1, 2), POOL(0, 1, 3) },
      .recusal = { { 0, 0 }, { 3, 1 } },
      .cap = { FREE, 1, FREE, FREE } },
};

/*
 * Connected, yet from some assignments few steps lead on: 32 steps a post do
 * not quite even it out.
 */
static const struct instance narrow = {
    .name = "three pools in a ring, three recused",
    .people = 4,
    .posts = 6,
    .pools = 3,
    .recused = 3,
    .post = { { 0, 0 }, { 0, 1 }, { 1, 2 }, { 2, 0 }, { 2, 1 }, { 3, 2 } },
    .pool = { POOL(0, 1, 2), POOL(1, 2, 3), POOL(0, 2, 3) },
    .recusal = { { 0, 2 }, { 1, 0 }, { 2, 1 } },
};

/* Each pool shares a person with its neighbours only. */
static const struct instance ring = {
    .name = "a ring of four pools",
    .people = 4,
    .posts = 4,
    .pools = 4,
    .post = { { 0, 0 }, { 1, 1 }, { 2, 2 }, { 3, 3 } },
    .pool = { POOL(0, 1), POOL(1, 2), POOL(2, 3), POOL(3, 0) },
};

struct lab {
    struct team_problem problem;
    uint32_t caps[TEAM_ENUMERATION_PEOPLE];
    struct team_enumeration best;
    size_t region[TEAM_ENUMERATION_STATES]; /* the first state of its region */
    size_t drawn[TEAM_ENUMERATION_STATES];
    size_t queue[TEAM_ENUMERATION_STATES];
    size_t queue_count;
};

static struct lab *lab_of(const struct instance *instance)
{
    struct lab *lab = calloc(1, sizeof *lab);
    assert_non_null(lab);
    for (uint32_t i = 0; i < instance->people; i++)
        lab->caps[i] = instance->cap[i] == 0 ? FREE : instance->cap[i];
    lab->problem = (struct team_problem){ .posts = instance->post,
                                          .post_count = instance->posts,
                                          .target_count = instance->posts,
                                          .pools = instance->pool,
                                          .pool_count = instance->pools,
                                          .caps = lab->caps,
                                          .inspector_count = instance->people,
                                          .recusals = instance->recusal,
                                          .recusal_count = instance->recused };
    team_enumeration_run(&lab->best, &lab->problem);
    assert_true(lab->best.count <= TEAM_ENUMERATION_STATES);
    assert_int_equal(lab->best.filled, instance->posts);
    return lab;
}

/* What one step can lead to, if it is among the best: queued once. */
static void reach(struct lab *lab, size_t from, const struct team_state *state)
{
    size_t index =
        team_enumeration_find(&lab->best, &lab->problem, state->holders);
    if (index == lab->best.count || lab->region[index] != SIZE_MAX) return;
    lab->region[index] = lab->region[from];
    lab->queue[lab->queue_count++] = index;
}

/* p to b and, as a swap or a chain does, q of b to c. */
static void reach_second(struct lab *lab, size_t from, uint32_t p, uint32_t b)
{
    const struct team_problem *problem = &lab->problem;
    for (uint32_t q = 0; q < problem->post_count; q++) {
        if (q == p || lab->best.states[from].holders[q] != b) continue;
        struct team_pool pool = problem->pools[problem->posts[q].pool];
        for (uint32_t k = 0; k < pool.count; k++) {
            struct team_state state = lab->best.states[from];
            state.holders[p] = b;
            state.holders[q] = pool.members[k];
            if (state.holders[q] != b) reach(lab, from, &state);
        }
    }
}

/* Moves keep the loads as a set, so that the best lead to the best. */
static void reach_all(struct lab *lab, size_t from)
{
    const struct team_problem *problem = &lab->problem;
    for (uint32_t p = 0; p < problem->post_count; p++) {
        struct team_pool pool = problem->pools[problem->posts[p].pool];
        for (uint32_t k = 0; k < pool.count; k++) {
            struct team_state state = lab->best.states[from];
            uint32_t b = pool.members[k];
            if (b == state.holders[p]) continue;
            state.holders[p] = b;
            reach(lab, from, &state);
            reach_second(lab, from, p, b);
        }
    }
}

/* How many regions there are that no step leaves. */
static size_t count_regions(struct lab *lab)
{
    size_t regions = 0;
    for (size_t s = 0; s < lab->best.count; s++) lab->region[s] = SIZE_MAX;
    for (size_t s = 0; s < lab->best.count; s++) {
        if (lab->region[s] != SIZE_MAX) continue;
        regions++;
        lab->region[s] = s;
        lab->queue[0] = s;
        lab->queue_count = 1;
        for (size_t at = 0; at < lab->queue_count; at++)
            reach_all(lab, lab->queue[at]);
    }
    return regions;
}

static void draw_many(struct lab *lab, size_t draws)
{
    size_t len = team_workspace_len(&lab->problem);
    void *room = malloc(len);
    assert_non_null(room);
    for (size_t d = 0; d < draws; d++) {
        struct hash seed = hash_sha256(bytes_of(&d, sizeof d));
        uint32_t holders[TEAM_ENUMERATION_POSTS];
        assert_int_equal(
            team_solve(holders, &lab->problem, &seed, room, len, NULL), OK);
        size_t index =
            team_enumeration_find(&lab->best, &lab->problem, holders);
        assert_true(index < lab->best.count);
        lab->drawn[index]++;
    }
    free(room);
}

/* Half the sum of the differences to even shares. */
static double variation(const size_t *drawn, size_t states, size_t draws)
{
    double sum = 0;
    for (size_t s = 0; s < states; s++)
        sum += fabs((double)drawn[s] / (double)draws - 1 / (double)states);
    return sum / 2;
}

/* The mean of the same for draws that are even beyond doubt. */
static double noise(size_t states, size_t draws)
{
    enum { ROUNDS = 10 };
    size_t *drawn = malloc(states * sizeof *drawn);
    uint64_t state = 1;
    double sum = 0;
    assert_non_null(drawn);
    for (int round = 0; round < ROUNDS; round++) {
        memset(drawn, 0, states * sizeof *drawn);
        for (size_t d = 0; d < draws; d++)
            drawn[team_random_below(&state, (uint32_t)states)]++;
        sum += variation(drawn, states, draws);
    }
    free(drawn);
    return sum / ROUNDS;
}

static void every_best_assignment_is_equally_likely(void **unused)
{
    (void)unused;
    for (size_t k = 0; k < sizeof instances / sizeof *instances; k++) {
        struct lab *lab = lab_of(&instances[k]);
        size_t states = lab->best.count, draws = DRAWS_A_STATE * states;
        if (draws < DRAWS_MIN) draws = DRAWS_MIN;
        assert_int_equal(count_regions(lab), 1);
        draw_many(lab, draws);
        double got = variation(lab->drawn, states, draws);
        double chance = noise(states, draws);
        printf("%-44s %4zu assignments, variation %.4f, noise %.4f\n",
               instances[k].name, states, got, chance);
        for (size_t s = 0; s < states; s++) assert_true(lab->drawn[s] > 0);
        /* Few states scatter more around their mean. */
        assert_true(got <= 1.2 * chance + 1.5 / sqrt((double)(draws * 4)));
        free(lab);
    }
}

/* What a biased choice would look like: the same measure must refuse it. */
static void a_lopsided_choice_would_be_noticed(void **unused)
{
    (void)unused;
    enum { STATES = 90, DRAWS = STATES * DRAWS_A_STATE };
    size_t drawn[STATES] = { 0 };
    uint64_t state = 7;
    for (size_t d = 0; d < DRAWS; d++) {
        uint32_t s = team_random_below(&state, STATES + STATES / 10);
        drawn[s % STATES]++; /* one in ten is twice as likely */
    }
    double chance = noise(STATES, DRAWS);
    assert_true(variation(drawn, STATES, DRAWS) >
                1.2 * chance + 1.5 / sqrt((double)DRAWS * 4));
}

static void a_narrow_pass_is_found_but_not_evened_out(void **unused)
{
    (void)unused;
    enum { DRAWS = 4000 };
    struct lab *lab = lab_of(&narrow);
    assert_int_equal(count_regions(lab), 1);
    draw_many(lab, DRAWS);
    double got = variation(lab->drawn, lab->best.count, DRAWS);
    printf("%-44s %4zu assignments, variation %.4f\n", narrow.name,
           lab->best.count, got);
    for (size_t s = 0; s < lab->best.count; s++) assert_true(lab->drawn[s] > 0);
    assert_true(got < 0.1);
    free(lab);
}

static void a_ring_of_pools_stays_split(void **unused)
{
    (void)unused;
    struct lab *lab = lab_of(&ring);
    assert_int_equal(lab->best.count, 2); /* all one way, or all the other */
    assert_int_equal(count_regions(lab), 2);
    assert_true(lab->region[0] != lab->region[1]);
    draw_many(lab, 1000);
    assert_true(lab->drawn[0] > 0 && lab->drawn[1] > 0);
    free(lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_best_assignment_is_equally_likely),
        cmocka_unit_test(a_lopsided_choice_would_be_noticed),
        cmocka_unit_test(a_narrow_pass_is_found_but_not_evened_out),
        cmocka_unit_test(a_ring_of_pools_stays_split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
