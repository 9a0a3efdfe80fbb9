#include "core/team.h"

#include "core/team_balance.h"
#include "core/team_greedy.h"
#include "core/team_index.h"
#include "core/team_mix.h"
#include "core/team_repair.h"
#include "core/team_search.h"

size_t team_workspace_len(const struct team_problem *problem)
{
    struct team team;
    return team_index_lay_out(&team, problem, NULL);
}

enum err team_solve(uint32_t *holders, const struct team_problem *problem,
                    const struct hash *seed, void *workspace, size_t len,
                    const struct team_listener *listener)
{
    size_t needed = team_workspace_len(problem);
    if (needed == 0) return ERR_LIMIT;
    if (workspace == NULL || len < needed) return ERR_FULL;

    struct team team;
    team_index_lay_out(&team, problem, workspace);
    team.holders = holders;
    team.seed = *seed;
    enum err err = team_index_build(&team);
    if (err != OK) return err;
    for (uint32_t p = 0; p < problem->post_count; p++) holders[p] = TEAM_NOBODY;

    team_greedy_run(&team);
    team_search_prepare(&team);
    err = team_repair_run(&team, listener);
    if (err != OK) return err;
    team_balance_run(&team);
    team_mix_run(&team);
    return OK;
}
