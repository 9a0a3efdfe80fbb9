/*
 * team_bench — how long teams for 100,000 targets of two posts take with
 * 5,000 inspectors: in one pool, and in 60 overlapping pools with caps at
 * 103 % of need and 1 % of all pairs recused.
 *
 * Prints seconds, the median of three; asserts nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/team.h"

enum {
    TARGETS = 100000,
    POSTS = 2 * TARGETS,
    PEOPLE = 5000,
    POOLS = 60,
    NEED = POSTS / PEOPLE,
    ROUNDS = 3,
    ONE_IN = 100, /* pairs recused */
};

static uint64_t state = 20260501;

static uint32_t below(uint32_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 16) % n);
}

static void *room(size_t count, size_t size)
{
    void *at = calloc(count, size);
    if (at == NULL) abort();
    return at;
}

static struct team_problem begin(uint32_t pool_count)
{
    struct team_post *posts = room(POSTS, sizeof *posts);
    for (uint32_t p = 0; p < POSTS; p++)
        posts[p] = (struct team_post){ p / 2, below(pool_count) };
    uint32_t *caps = room(PEOPLE, sizeof *caps);
    for (uint32_t i = 0; i < PEOPLE; i++) caps[i] = TEAM_NO_CAP;
    return (struct team_problem){ .posts = posts,
                                  .post_count = POSTS,
                                  .target_count = TARGETS,
                                  .pools = room(pool_count,
                                                sizeof(struct team_pool)),
                                  .pool_count = pool_count,
                                  .caps = caps,
                                  .inspector_count = PEOPLE };
}

static struct team_pool pool_of(uint32_t share, uint32_t of)
{
    uint32_t *members = room(PEOPLE, sizeof *members), count = 0;
    for (uint32_t i = 0; i < PEOPLE; i++)
        if (below(of) < share) members[count++] = i;
    return (struct team_pool){ members, count };
}

/* Neighbours on a ring share half of their people with the next. */
static struct team_pool window_of(uint32_t g)
{
    uint32_t *members = room(PEOPLE, sizeof *members), count = 0;
    uint32_t width = 2 * PEOPLE / POOLS, start = g * (PEOPLE / POOLS);
    for (uint32_t i = 0; i < PEOPLE; i++)
        if ((i + PEOPLE - start) % PEOPLE < width) members[count++] = i;
    return (struct team_pool){ members, count };
}

static void set_caps(struct team_problem *problem)
{
    uint32_t *caps = room(PEOPLE, sizeof *caps);
    for (uint32_t i = 0; i < PEOPLE; i++)
        caps[i] = NEED + 1 + (i % 5 == 0 ? 1u : 0u);
    problem->caps = caps;
}

static void set_recusals(struct team_problem *problem)
{
    size_t max = (size_t)TARGETS * PEOPLE / ONE_IN * 11 / 10;
    struct team_recusal *recusals = room(max, sizeof *recusals);
    uint32_t count = 0;
    for (uint32_t t = 0; t < TARGETS; t++)
        for (uint32_t i = below(ONE_IN); i < PEOPLE && count < max;
             i += 1 + below(2 * ONE_IN - 1))
            recusals[count++] = (struct team_recusal){ t, i };
    problem->recusals = recusals;
    problem->recusal_count = count;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(const char *name, const struct team_problem *problem)
{
    size_t len = team_workspace_len(problem);
    uint32_t *holders = room(problem->post_count, sizeof *holders);
    double seconds[ROUNDS];
    struct hash seed = { { 7 } };
    for (int r = 0; r < ROUNDS; r++) {
        void *workspace = malloc(len);
        double start = now();
        if (workspace == NULL ||
            team_solve(holders, problem, &seed, workspace, len, NULL) != OK)
            abort();
        seconds[r] = now() - start;
        free(workspace);
    }
    uint32_t open = 0;
    for (uint32_t p = 0; p < problem->post_count; p++)
        open += holders[p] == TEAM_NOBODY;
    qsort(seconds, ROUNDS, sizeof *seconds, compare);
    printf("teams, %-44s %6.2f s   open %u\n", name, seconds[ROUNDS / 2], open);
    free(holders);
}

int main(void)
{
    struct team_problem one = begin(1);
    struct team_pool *pools = room(1, sizeof *pools);
    pools[0] = pool_of(1, 1);
    one.pools = pools;
    measure("one pool", &one);

    struct team_problem many = begin(POOLS);
    pools = room(POOLS, sizeof *pools);
    for (uint32_t g = 0; g < POOLS; g++) pools[g] = pool_of(1, 4);
    many.pools = pools;
    set_caps(&many);
    set_recusals(&many);
    measure("60 random pools, caps 103 %, 1 % recused", &many);

    pools = room(POOLS, sizeof *pools);
    for (uint32_t g = 0; g < POOLS; g++) pools[g] = window_of(g);
    many.pools = pools;
    measure("60 pools in a ring, caps 103 %, 1 % recused", &many);
    return 0;
}
