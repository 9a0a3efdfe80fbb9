/*
 * The sum is taken target by target.  Whoever has reached his cap is skipped
 * from then on, so that the work grows with the sum and the recusals, not
 * with posts times members.
 */
#include "core/team_index.h"

/* Counts towards the sum, while it may still be below the posts. */
struct tally {
    struct team *team;
    uint64_t sum;
};

static void begin(struct team *team)
{
    const struct team_problem *problem = team->problem;
    for (uint32_t i = 0; i < problem->inspector_count; i++) {
        team->load[i] = 0;
        team->seen[i] = TEAM_NOBODY; /* the last target counted for him */
    }
    for (uint32_t g = 0; g < problem->pool_count; g++) {
        uint32_t start = team->members_of.start[g];
        team->below_count[g] = team->members_of.start[g + 1] - start;
        bytes_copy(team->below + start, team->members_of.item + start,
                   team->below_count[g] * sizeof *team->below);
    }
}

/* One of the posts: its target counts for all who are eligible, once. */
static void add_post(struct tally *tally, uint32_t p)
{
    struct team *team = tally->team;
    struct team_post post = team->problem->posts[p];
    uint32_t *below = team->below + team->members_of.start[post.pool];
    uint32_t kept = 0;
    for (uint32_t k = 0; k < team->below_count[post.pool]; k++) {
        uint32_t i = below[k];
        if (!team_is_below(team, i)) continue;
        below[kept++] = i;
        if (team->seen[i] == post.target) continue;
        if (team_index_is_recused(team, post.target, i)) continue;
        team->seen[i] = post.target;
        team->load[i]++;
        tally->sum++;
    }
    team->below_count[post.pool] = kept;
}

static bool is_ascending(const struct team_problem *problem,
                         const uint32_t *posts, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++) {
        if (posts[k] >= problem->post_count) return false;
        if (k > 0 && posts[k - 1] >= posts[k]) return false;
    }
    return true;
}

/* Marks the posts, then takes them target by target. */
static bool holds(struct team *team, const uint32_t *posts, uint32_t count)
{
    const struct team_lists *lists = &team->posts_of;
    bytes_fill(team->queued, 0,
               team->problem->post_count * sizeof *team->queued);
    for (uint32_t k = 0; k < count; k++) team->queued[posts[k]] = 1;

    struct tally tally = { team, 0 };
    for (uint32_t t = 0; t < team->problem->target_count; t++)
        for (uint32_t k = lists->start[t]; k < lists->start[t + 1]; k++) {
            if (team->queued[lists->item[k]] == 0) continue;
            add_post(&tally, lists->item[k]);
            if (tally.sum >= count) return false;
        }
    return tally.sum < count;
}

bool team_certificate_holds(const struct team_problem *problem,
                            const uint32_t *posts, uint32_t count,
                            void *workspace, size_t len)
{
    size_t needed = team_workspace_len(problem);
    if (needed == 0 || workspace == NULL || len < needed) return false;
    if (!is_ascending(problem, posts, count)) return false;

    struct team team;
    team_index_lay_out(&team, problem, workspace);
    if (team_index_build(&team) != OK) return false;
    begin(&team);
    return holds(&team, posts, count);
}
