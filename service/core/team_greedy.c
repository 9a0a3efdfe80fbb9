/*
 * Per pool, the members below their cap with the least load are a set of
 * bits.  Loads only grow here, so the set only shrinks until it is empty and
 * the next level is collected: all of it linear in the loads.  Whoever may
 * not have a post is taken out for that one choice.
 */
#include "core/team_greedy.h"

#include "core/pick.h"
#include "core/team_index.h"

static void collect_level(struct team *team, uint32_t g)
{
    uint32_t start = team->members_of.start[g];
    uint32_t *below = team->below + start;
    uint32_t kept = 0, least = UINT32_MAX;
    for (uint32_t k = 0; k < team->below_count[g]; k++) {
        uint32_t i = team->members_of.item[start + below[k]];
        if (!team_is_below(team, i)) continue;
        if (team->load[i] < least) least = team->load[i];
        below[kept++] = below[k];
    }
    team->below_count[g] = kept;
    team->level[g] = least;
    for (uint32_t k = 0; k < kept; k++) {
        uint32_t i = team->members_of.item[start + below[k]];
        if (team->load[i] != least) continue;
        *team_word(team, g, below[k]) |= team_bit(below[k]);
        team->count[g]++;
    }
}

static void begin(struct team *team)
{
    uint32_t pools = team->problem->pool_count;
    bytes_fill(team->bits, 0, team->word_start[pools] * sizeof *team->bits);
    for (uint32_t g = 0; g < pools; g++) {
        uint32_t start = team->members_of.start[g];
        team->count[g] = 0;
        team->below_count[g] = team->members_of.start[g + 1] - start;
        for (uint32_t k = 0; k < team->below_count[g]; k++)
            team->below[start + k] = k;
    }
}

/* One post, and who was taken out of the level while it is filled. */
struct choice {
    struct team *team;
    uint32_t post, target, pool;
    uint32_t *out; /* places */
    uint32_t out_count;
};

static void take_out(struct choice *choice, uint32_t i)
{
    struct team *team = choice->team;
    uint32_t g = choice->pool;
    if (team->load[i] != team->level[g] || !team_is_below(team, i)) return;
    uint32_t place = team_index_place(team, g, i);
    if (place == TEAM_NOBODY) return;
    uint64_t *word = team_word(team, g, place);
    if ((*word & team_bit(place)) == 0) return;
    *word &= ~team_bit(place);
    team->count[g]--;
    choice->out[choice->out_count++] = place;
}

static void take_out_barred(struct choice *choice)
{
    struct team *team = choice->team;
    const struct team_lists *recused = &team->recused_of;
    const struct team_lists *posts = &team->posts_of;
    uint32_t t = choice->target;
    for (uint32_t k = recused->start[t]; k < recused->start[t + 1]; k++)
        take_out(choice, recused->item[k]);
    for (uint32_t k = posts->start[t]; k < posts->start[t + 1]; k++) {
        uint32_t i = team->holders[posts->item[k]];
        if (i != TEAM_NOBODY) take_out(choice, i);
    }
}

static void put_back(struct choice *choice)
{
    struct team *team = choice->team;
    for (uint32_t k = 0; k < choice->out_count; k++) {
        uint32_t place = choice->out[k];
        *team_word(team, choice->pool, place) |= team_bit(place);
    }
    team->count[choice->pool] += choice->out_count;
}

/* The place of the bit number `index` of the level. */
static uint32_t find_bit(const struct team *team, uint32_t g, uint32_t index)
{
    const uint64_t *word = team_word(team, g, 0);
    uint32_t place = 0;
    for (;; word++, place += 64) {
        uint32_t ones = (uint32_t)__builtin_popcountll(*word);
        if (index < ones) break;
        index -= ones;
    }
    uint64_t rest = *word;
    for (; index > 0; index--) rest &= rest - 1;
    return place + (uint32_t)__builtin_ctzll(rest);
}

static bool may_take(const struct choice *choice, uint32_t i)
{
    const struct team *team = choice->team;
    return team_is_below(team, i) &&
           !team_index_is_recused(team, choice->target, i) &&
           team_index_beside(team, choice->target, i) == TEAM_NOBODY;
}

/* Where nobody of the level may: the least loaded of those who may. */
static uint32_t choose_above(const struct choice *choice)
{
    struct team *team = choice->team;
    uint32_t start = team->members_of.start[choice->pool];
    uint32_t count = 0, least = UINT32_MAX;
    for (uint32_t k = 0; k < team->below_count[choice->pool]; k++) {
        uint32_t i = team->members_of.item[start + team->below[start + k]];
        if (team->load[i] > least || !may_take(choice, i)) continue;
        if (team->load[i] < least) count = 0;
        least = team->load[i];
        team->spare[count++] = i;
    }
    if (count == 0) return TEAM_NOBODY;
    return team->spare[pick_u("tie", &team->seed, choice->post, count)];
}

static uint32_t choose(const struct choice *choice)
{
    const struct team *team = choice->team;
    uint32_t g = choice->pool, count = team->count[g];
    if (count == 0) return choose_above(choice);
    uint64_t index = pick_u("tie", &team->seed, choice->post, count);
    uint32_t place = find_bit(team, g, (uint32_t)index);
    return team->members_of.item[team->members_of.start[g] + place];
}

/* `i` gets one more and leaves the level of each of his pools. */
static void load_one(struct team *team, uint32_t i)
{
    const struct team_lists *pools = &team->pools_of;
    for (uint32_t k = pools->start[i]; k < pools->start[i + 1]; k++) {
        uint32_t g = pools->item[k], place = team->places[k];
        uint64_t *word = team_word(team, g, place);
        if ((*word & team_bit(place)) == 0) continue;
        *word &= ~team_bit(place);
        team->count[g]--;
    }
    team->load[i]++;
}

static void fill(struct team *team, uint32_t post)
{
    struct team_post names = team->problem->posts[post];
    if (team->count[names.pool] == 0) collect_level(team, names.pool);
    if (team->count[names.pool] == 0) return; /* all are at their cap */

    struct choice choice = { team,       post,         names.target,
                             names.pool, team->people, 0 };
    take_out_barred(&choice);
    uint32_t i = choose(&choice);
    put_back(&choice);
    if (i == TEAM_NOBODY) return;
    team->holders[post] = i;
    load_one(team, i);
}

void team_greedy_run(struct team *team)
{
    begin(team);
    for (uint32_t p = 0; p < team->problem->post_count; p++) fill(team, p);
}
