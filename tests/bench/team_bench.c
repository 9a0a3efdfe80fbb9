/*
 * team_bench — how long teams for 100,000 targets of two posts take with
 * 5,000 inspectors: in one pool, and in 60 overlapping pools with caps at
 * 103 % of need and 1 % of all pairs recused.
 *
 *     bench/team_bench SCALE ROUNDS      targets and inspectors / SCALE
 *
 * A line a problem, with tabs: its name, the goal, then seconds on the wall,
 * processor seconds and 0, those of the median round.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/team.h"

enum {
    POOLS = 60,
    NEED = 2 * 100000 / 5000, /* posts an inspector */
    ROUNDS_MAX = 9,
    ONE_IN = 100, /* pairs recused */
};

static uint64_t state = 20260501;
static uint32_t targets = 100000, people = 5000;
static size_t rounds = 3;

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
    struct team_post *posts = room(2 * targets, sizeof *posts);
    for (uint32_t p = 0; p < 2 * targets; p++)
        posts[p] = (struct team_post){ p / 2, below(pool_count) };
    uint32_t *caps = room(people, sizeof *caps);
    for (uint32_t i = 0; i < people; i++) caps[i] = TEAM_NO_CAP;
    return (struct team_problem){ .posts = posts,
                                  .post_count = 2 * targets,
                                  .target_count = targets,
                                  .pools = room(pool_count,
                                                sizeof(struct team_pool)),
                                  .pool_count = pool_count,
                                  .caps = caps,
                                  .inspector_count = people };
}

static struct team_pool pool_of(uint32_t share, uint32_t of)
{
    uint32_t *members = room(people, sizeof *members), count = 0;
    for (uint32_t i = 0; i < people; i++)
        if (below(of) < share) members[count++] = i;
    return (struct team_pool){ members, count };
}

/* Neighbours on a ring share half of their people with the next. */
static struct team_pool window_of(uint32_t g)
{
    uint32_t *members = room(people, sizeof *members), count = 0;
    uint32_t width = 2 * people / POOLS, start = g * (people / POOLS);
    for (uint32_t i = 0; i < people; i++)
        if ((i + people - start) % people < width) members[count++] = i;
    return (struct team_pool){ members, count };
}

static void set_caps(struct team_problem *problem)
{
    uint32_t *caps = room(people, sizeof *caps);
    for (uint32_t i = 0; i < people; i++)
        caps[i] = NEED + 1 + (i % 5 == 0 ? 1u : 0u);
    problem->caps = caps;
}

static void set_recusals(struct team_problem *problem)
{
    size_t max = (size_t)targets * people / ONE_IN * 11 / 10;
    struct team_recusal *recusals = room(max, sizeof *recusals);
    uint32_t count = 0;
    for (uint32_t t = 0; t < targets; t++)
        for (uint32_t i = below(ONE_IN); i < people && count < max;
             i += 1 + below(2 * ONE_IN - 1))
            recusals[count++] = (struct team_recusal){ t, i };
    problem->recusals = recusals;
    problem->recusal_count = count;
}

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct time {
    double wall, processor;
};

static int compare(const void *a, const void *b)
{
    const struct time *x = a, *y = b;
    return (x->wall > y->wall) - (x->wall < y->wall);
}

static struct time solve(uint32_t *holders, const struct team_problem *problem)
{
    struct hash seed = { { 7 } };
    size_t len = team_workspace_len(problem);
    void *workspace = malloc(len);
    struct time begun = { seconds(CLOCK_MONOTONIC),
                          seconds(CLOCK_PROCESS_CPUTIME_ID) };
    if (workspace == NULL ||
        team_solve(holders, problem, &seed, workspace, len, NULL) != OK)
        abort();
    struct time took = {
        seconds(CLOCK_MONOTONIC) - begun.wall,
        seconds(CLOCK_PROCESS_CPUTIME_ID) - begun.processor,
    };
    free(workspace);
    return took;
}

static void measure(const char *name, const struct team_problem *problem)
{
    uint32_t *holders = room(problem->post_count, sizeof *holders);
    struct time times[ROUNDS_MAX];
    for (size_t r = 0; r < rounds; r++) times[r] = solve(holders, problem);
    qsort(times, rounds, sizeof *times, compare);
    printf("%s\t%.5f %.5f 0\n", name, times[rounds / 2].wall,
           times[rounds / 2].processor);
    fflush(stdout);
    free(holders);
}

int main(int argc, char **argv)
{
    if (argc != 3) return 2;
    uint32_t scale = (uint32_t)strtoul(argv[1], NULL, 10);
    rounds = strtoul(argv[2], NULL, 10);
    if (scale < 1 || scale > 1000 || rounds < 1 || rounds > ROUNDS_MAX)
        return 2;
    targets /= scale;
    people /= scale;

    struct team_problem one = begin(1);
    struct team_pool *pools = room(1, sizeof *pools);
    pools[0] = pool_of(1, 1);
    one.pools = pools;
    measure("检查组 teams: 100,000 × 2 × 5,000，一池 one pool\t≤ 2 s", &one);

    struct team_problem many = begin(POOLS);
    pools = room(POOLS, sizeof *pools);
    for (uint32_t g = 0; g < POOLS; g++) pools[g] = pool_of(1, 4);
    many.pools = pools;
    set_caps(&many);
    set_recusals(&many);
    measure("同上，60 个交叠的池 overlapping pools，上限 caps 103 %，"
            "回避 recused 1 %\t≤ 6 s",
            &many);

    pools = room(POOLS, sizeof *pools);
    for (uint32_t g = 0; g < POOLS; g++) pools[g] = window_of(g);
    many.pools = pools;
    measure("同上，60 个环状相邻的池 pools in a ring\t≤ 6 s", &many);
    return 0;
}
