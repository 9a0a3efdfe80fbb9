#include "tests/team_enumeration.h"

static bool is_eligible(const struct team_problem *problem, uint32_t p,
                        uint32_t i)
{
    struct team_post post = problem->posts[p];
    struct team_pool pool = problem->pools[post.pool];
    for (uint32_t r = 0; r < problem->recusal_count; r++)
        if (problem->recusals[r].target == post.target &&
            problem->recusals[r].inspector == i)
            return false;
    for (uint32_t k = 0; k < pool.count; k++)
        if (pool.members[k] == i) return true;
    return false;
}

uint32_t team_enumeration_filled(const struct team_problem *problem,
                                 const uint32_t *holders)
{
    uint32_t filled = 0;
    for (uint32_t p = 0; p < problem->post_count; p++)
        filled += holders[p] != TEAM_NOBODY;
    return filled;
}

static uint32_t load(const uint32_t *holders, uint32_t count, uint32_t i)
{
    uint32_t held = 0;
    for (uint32_t p = 0; p < count; p++) held += holders[p] == i;
    return held;
}

uint64_t team_enumeration_squares(const struct team_problem *problem,
                                  const uint32_t *holders)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < problem->inspector_count; i++) {
        uint64_t held = load(holders, problem->post_count, i);
        sum += held * held;
    }
    return sum;
}

/* Post p may be held as it is, given the posts before it. */
static bool fits(const struct team_problem *problem, const uint32_t *holders,
                 uint32_t p)
{
    uint32_t i = holders[p];
    if (i == TEAM_NOBODY) return true;
    if (!is_eligible(problem, p, i)) return false;
    if (load(holders, p + 1, i) > problem->caps[i]) return false;
    for (uint32_t q = 0; q < p; q++)
        if (holders[q] == i &&
            problem->posts[q].target == problem->posts[p].target)
            return false;
    return true;
}

bool team_enumeration_is_lawful(const struct team_problem *problem,
                                const uint32_t *holders)
{
    for (uint32_t p = 0; p < problem->post_count; p++)
        if (!fits(problem, holders, p)) return false;
    return true;
}

static void keep(struct team_enumeration *best,
                 const struct team_problem *problem,
                 const struct team_state *state)
{
    uint32_t filled = team_enumeration_filled(problem, state->holders);
    uint64_t squares = team_enumeration_squares(problem, state->holders);
    if (filled < best->filled) return;
    if (filled == best->filled && squares > best->squares) return;
    if (filled > best->filled || squares < best->squares) best->count = 0;
    best->filled = filled;
    best->squares = squares;
    if (best->count < TEAM_ENUMERATION_STATES)
        best->states[best->count] = *state;
    best->count++;
}

/* `open` posts before p were left open. */
static void enumerate(struct team_enumeration *best,
                      const struct team_problem *problem,
                      struct team_state *state, uint32_t p, uint32_t open)
{
    if (problem->post_count - open < best->filled) return;
    if (p == problem->post_count) {
        keep(best, problem, state);
        return;
    }
    for (uint32_t i = 0; i < problem->inspector_count; i++) {
        state->holders[p] = i;
        if (fits(problem, state->holders, p))
            enumerate(best, problem, state, p + 1, open);
    }
    state->holders[p] = TEAM_NOBODY;
    enumerate(best, problem, state, p + 1, open + 1);
}

void team_enumeration_run(struct team_enumeration *best,
                          const struct team_problem *problem)
{
    struct team_state state;
    best->filled = 0;
    best->squares = UINT64_MAX;
    best->count = 0;
    enumerate(best, problem, &state, 0, 0);
}

static bool is_same(const uint32_t *a, const uint32_t *b, uint32_t count)
{
    for (uint32_t p = 0; p < count; p++)
        if (a[p] != b[p]) return false;
    return true;
}

size_t team_enumeration_find(const struct team_enumeration *best,
                             const struct team_problem *problem,
                             const uint32_t *holders)
{
    size_t index = 0;
    while (index < best->count &&
           !is_same(best->states[index].holders, holders, problem->post_count))
        index++;
    return index;
}
