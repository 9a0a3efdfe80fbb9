#include "tests/team_random.h"

/* splitmix64: any start is a good one. */
uint32_t team_random_below(uint64_t *state, uint32_t n)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((z ^ z >> 31) % n);
}

static uint32_t below(struct team_random *random, uint32_t n)
{
    return team_random_below(&random->state, n);
}

static void make_pool(struct team_random *random, uint32_t g)
{
    uint32_t *members = random->members[g], count = 0;
    uint32_t people = random->problem.inspector_count;
    uint32_t quarters = 1 + below(random, 4);
    for (uint32_t i = 0; i < people; i++)
        if (below(random, 4) < quarters) members[count++] = i;
    for (uint32_t k = count; below(random, 3) == 0 && k > 1; k--) {
        uint32_t other = below(random, k), member = members[k - 1];
        members[k - 1] = members[other];
        members[other] = member;
    }
    random->pools[g] = (struct team_pool){ members, count };
    if (g > 0 && below(random, 5) == 0) random->pools[g] = random->pools[g - 1];
}

static void make_posts(struct team_random *random, uint32_t posts_max)
{
    struct team_problem *problem = &random->problem;
    uint32_t targets = 1 + below(random, posts_max / 2 + 1), count = 0;
    for (uint32_t t = 0; t < targets; t++)
        for (uint32_t k = below(random, 4); k > 0 && count < posts_max; k--)
            random->posts[count++] =
                (struct team_post){ t, below(random, problem->pool_count) };
    bool is_mixed_up = below(random, 6) == 0;
    for (uint32_t k = count; is_mixed_up && k > 1; k--) {
        uint32_t other = below(random, k);
        struct team_post post = random->posts[k - 1];
        random->posts[k - 1] = random->posts[other];
        random->posts[other] = post;
    }
    problem->post_count = count;
    problem->target_count = targets;
}

static void make_caps(struct team_random *random)
{
    const struct team_problem *problem = &random->problem;
    uint32_t kind = below(random, 3);
    uint32_t people = problem->inspector_count;
    for (uint32_t i = 0; i < people; i++) {
        random->caps[i] = TEAM_NO_CAP;
        if (kind == 1) random->caps[i] = below(random, 7);
        if (kind == 2 && below(random, 4) > 0)
            random->caps[i] = (problem->post_count + people - 1) / people;
    }
    random->has_caps = kind != 0;
}

static void make_recusals(struct team_random *random)
{
    struct team_problem *problem = &random->problem;
    uint32_t count = 0;
    if (below(random, 2) == 0) count = below(random, TEAM_RANDOM_RECUSALS);
    for (uint32_t r = 0; r < count; r++)
        random->recusals[r] = (struct team_recusal){
            below(random, problem->target_count),
            below(random, problem->inspector_count),
        };
    problem->recusal_count = count;
    random->has_recusals = count > 0;
}

void team_random_make(struct team_random *random, uint64_t number,
                      uint32_t posts_max, uint32_t people_max)
{
    *random = (struct team_random){ .state = number };
    random->problem = (struct team_problem){
        .posts = random->posts,
        .pools = random->pools,
        .pool_count = 1 + below(random, TEAM_RANDOM_POOLS),
        .caps = random->caps,
        .inspector_count = 1 + below(random, people_max),
        .recusals = random->recusals,
    };
    for (uint32_t g = 0; g < random->problem.pool_count; g++)
        make_pool(random, g);
    make_posts(random, posts_max);
    make_caps(random);
    make_recusals(random);
    for (size_t k = 0; k < sizeof random->seed.b; k++)
        random->seed.b[k] = (uint8_t)below(random, 256);
}
