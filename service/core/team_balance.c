#include "core/team_balance.h"

#include "core/team_search.h"

/* The greatest load of those who are not frozen; 0 without any. */
static uint32_t greatest_load(const struct team *team)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < team->problem->inspector_count; i++)
        if (!team->is_frozen[i] && team->load[i] > most) most = team->load[i];
    return most;
}

/* Whether `i` could take a post from somebody who holds `load`. */
static bool is_light(const struct team *team, uint32_t i, uint32_t load)
{
    return !team->is_frozen[i] && team_is_below(team, i) &&
           team->load[i] + 2 <= load &&
           team->pools_of.start[i] < team->pools_of.start[i + 1];
}

static uint32_t count_light(const struct team *team, uint32_t load)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < team->problem->inspector_count; i++)
        count += is_light(team, i, load);
    return count;
}

/*
 * Everybody who holds `load`, in turn: each ends with one fewer, or frozen,
 * and nobody rises to it.  False: no light one is left, hence none for any
 * lower load either, and every further search would fail.
 */
static bool relieve_all(struct team *team, uint32_t load)
{
    uint32_t light = count_light(team, load);
    for (uint32_t a = 0; a < team->problem->inspector_count; a++) {
        if (team->is_frozen[a] || team->load[a] != load) continue;
        if (light == 0) return false;
        uint32_t taker = team_search_relieve(team, a);
        if (taker != TEAM_NOBODY && !is_light(team, taker, load)) light--;
    }
    return true;
}

void team_balance_run(struct team *team)
{
    uint32_t load = greatest_load(team);
    while (load >= 2 && relieve_all(team, load)) load = greatest_load(team);
}
