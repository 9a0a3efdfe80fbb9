/* 4.35: who was sent follows from the seed and the frozen lists. */
#include "audits/verify_rule.h"

#include <stdlib.h>

#include "core/team.h"

/* Room for one problem, counted before it is filled. */
struct draft {
    struct team_problem problem;
    struct team_post *posts;
    struct team_recusal *recusals;
    struct team_pool *pools;
    uint32_t *caps;
};

static bool take_room(struct verify *v, struct draft *draft)
{
    size_t targets = 0, recusals = 0;
    for (size_t i = 0; i < v->target_count; i++) {
        if (!v->targets[i].is_drawn) continue;
        targets++;
        recusals += value_member(v->targets[i].duty, "recused")->count;
    }
    size_t caps = value_count(
        verify_case_list(v, verify_case_value(v, KIND_FREEZE), "caps"));
    draft->posts =
        arena_take(&v->arena, targets * v->seats, sizeof *draft->posts);
    draft->recusals = arena_take(&v->arena, recusals, sizeof *draft->recusals);
    draft->pools = arena_take(&v->arena, v->pool_count, sizeof *draft->pools);
    draft->caps = arena_take(&v->arena, caps, sizeof *draft->caps);
    return !v->arena.is_short && targets <= TEAM_TARGETS_MAX &&
           caps <= TEAM_INSPECTORS_MAX && v->pool_count <= TEAM_POOLS_MAX;
}

static void add_target(struct draft *draft, const struct value *duty)
{
    struct team_problem *problem = &draft->problem;
    const struct value *list = value_member(duty, "posts");
    const struct value *at = value_first(list);
    for (; at != NULL; at = value_next(list, at))
        draft->posts[problem->post_count++] = (struct team_post){
            problem->target_count, (uint32_t)value_u64(at)
        };
    list = value_member(duty, "recused");
    for (at = value_first(list); at != NULL; at = value_next(list, at))
        draft->recusals[problem->recusal_count++] = (struct team_recusal){
            problem->target_count, (uint32_t)value_u64(at)
        };
    problem->target_count++;
}

static void add_lists(struct verify *v, struct draft *draft)
{
    for (size_t i = 0; i < v->pool_count; i++)
        draft->pools[i] = (struct team_pool){ v->pools[i].at,
                                              (uint32_t)v->pools[i].count };
    const struct value *list =
        verify_case_list(v, verify_case_value(v, KIND_FREEZE), "caps");
    const struct value *at = value_first(list);
    uint32_t count = 0;
    for (; at != NULL; at = value_next(list, at)) {
        uint64_t cap = value_is_null(at) ? TEAM_NO_CAP : value_u64(at);
        draft->caps[count++] = cap < TEAM_NO_CAP ? (uint32_t)cap : TEAM_NO_CAP;
    }
    draft->problem.posts = draft->posts;
    draft->problem.recusals = draft->recusals;
    draft->problem.pools = draft->pools;
    draft->problem.pool_count = (uint32_t)v->pool_count;
    draft->problem.caps = draft->caps;
    draft->problem.inspector_count = count;
}

static bool has_crew(const struct verify_target *target,
                     const uint32_t *holders)
{
    const struct value *list = value_member(target->crew, "holders");
    const struct value *at = value_first(list);
    for (; at != NULL; at = value_next(list, at), holders++) {
        if (value_is_null(at) != (*holders == TEAM_NOBODY)) return false;
        if (!value_is_null(at) && value_member_u64(at, "index") != *holders)
            return false;
    }
    return true;
}

bool verify_team_holders(struct verify *v)
{
    if (v->at[KIND_OPENING] == VERIFY_NONE) return true;
    struct draft draft = { 0 };
    if (!verify_case_pools(v) || !take_room(v, &draft)) return false;
    for (size_t i = 0; i < v->target_count; i++)
        if (v->targets[i].is_drawn) add_target(&draft, v->targets[i].duty);
    add_lists(v, &draft);

    size_t len = team_workspace_len(&draft.problem);
    void *workspace = malloc(len == 0 ? 1 : len);
    if (workspace == NULL) v->arena.is_short = true;
    uint32_t *holders =
        arena_take(&v->arena, draft.problem.post_count, sizeof *holders);
    bool is_good = workspace != NULL && holders != NULL &&
                   team_solve(holders, &draft.problem, &v->team_seed,
                              workspace, len, NULL) == OK;
    free(workspace);
    for (size_t i = 0; is_good && i < v->target_count; i++) {
        if (!v->targets[i].is_drawn) continue;
        is_good = has_crew(&v->targets[i], holders);
        holders += v->seats;
    }
    return is_good;
}
