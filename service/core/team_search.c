#include "core/team_search.h"

#include "core/team_index.h"

/* One search: what ends it, and the post at which it ended. */
struct search {
    struct team *team;
    uint32_t load_max; /* of the one who shall take */
    uint32_t taker;    /* found, or TEAM_NOBODY */
    uint32_t taken;    /* the post that he takes */
};

static void fill_bits(struct team *team)
{
    for (uint32_t g = 0; g < team->problem->pool_count; g++) {
        uint32_t left = team->problem->pools[g].count;
        uint32_t at = team->word_start[g];
        for (; left >= 64; left -= 64) team->open_bits[at++] = UINT64_MAX;
        if (left > 0) team->open_bits[at] = team_bit(left) - 1;
    }
}

void team_search_prepare(struct team *team)
{
    const struct team_problem *problem = team->problem;
    size_t posts = problem->post_count, people = problem->inspector_count;
    fill_bits(team);
    team->stamp = 0;
    team->frozen_count = 0;
    bytes_fill(team->queued, 0, posts * sizeof *team->queued);
    bytes_fill(team->visited, 0, posts * sizeof *team->visited);
    bytes_fill(team->seen, 0, people * sizeof *team->seen);
    bytes_fill(team->is_frozen, 0, people * sizeof *team->is_frozen);
    bytes_fill(team->touched, 0, problem->pool_count * sizeof *team->touched);

    team_hand_begin(&team->hands, problem->inspector_count);
    for (uint32_t p = 0; p < problem->post_count; p++)
        if (team->holders[p] != TEAM_NOBODY)
            team_hand_add(&team->hands, team->holders[p], p);
}

static void append(struct team *team, struct team_lead lead)
{
    team->queue[team->queue_count++] = lead;
}

static struct search begin(struct team *team)
{
    team->stamp++;
    team->queue_count = 0;
    team->people_count = 0;
    return (struct search){ team, UINT32_MAX, TEAM_NOBODY, TEAM_NOBODY };
}

/* The members of `g` who may still be seen begin as all who are not frozen. */
static void touch(struct team *team, uint32_t g)
{
    if (team->touched[g] == team->stamp) return;
    team->touched[g] = team->stamp;
    team->first[g] = 0;
    uint32_t at = team->word_start[g];
    bytes_copy(team->bits + at, team->open_bits + at,
               (team->word_start[g + 1] - at) * sizeof *team->bits);
}

/* The first place of `g` from `place` on whose bit is set, or TEAM_NOBODY. */
static uint32_t next_place(struct team *team, uint32_t g, uint32_t place)
{
    uint32_t words = team->word_start[g + 1] - team->word_start[g];
    const uint64_t *bits = team->bits + team->word_start[g];
    while (team->first[g] < words && bits[team->first[g]] == 0)
        team->first[g]++; /* bits are only ever cleared */

    uint32_t at = place / 64;
    if (at < team->first[g]) at = team->first[g], place = 64 * at;
    if (at >= words) return TEAM_NOBODY;
    uint64_t rest = bits[at] & ~(team_bit(place) - 1);
    while (rest == 0) {
        if (++at == words) return TEAM_NOBODY;
        rest = bits[at];
    }
    return 64 * at + (uint32_t)__builtin_ctzll(rest);
}

static bool is_new(const struct team *team, uint32_t r)
{
    return team->queued[r] != team->stamp &&
           team->seen[team->holders[r]] != team->stamp;
}

/*
 * Of the others on q's target who could hold q: the post of the one with the
 * lowest number from `lowest` on, if it was never queued; or TEAM_NOBODY.
 */
static uint32_t next_beside(const struct team *team, uint32_t q,
                            uint32_t lowest)
{
    struct team_post post = team->problem->posts[q];
    const struct team_lists *posts = &team->posts_of;
    uint32_t best = TEAM_NOBODY, best_holder = TEAM_NOBODY;
    uint32_t end = posts->start[post.target + 1];
    for (uint32_t k = posts->start[post.target]; k < end; k++) {
        uint32_t r = posts->item[k], i = team->holders[r];
        if (r == q || i == TEAM_NOBODY || i < lowest || i >= best_holder)
            continue;
        if (!is_new(team, r)) continue;
        if (team_index_place(team, post.pool, i) == TEAM_NOBODY) continue;
        if (team_index_is_recused(team, post.target, i)) continue;
        best = r;
        best_holder = i;
    }
    return best;
}

/* Queues those beside q with numbers below `end`; returns the next one. */
static uint32_t queue_beside(struct team *team, uint32_t q, uint32_t r,
                             uint32_t end)
{
    while (r != TEAM_NOBODY && team->holders[r] < end) {
        team->queued[r] = team->stamp;
        append(team, (struct team_lead){ r, q, false });
        r = next_beside(team, q, team->holders[r] + 1);
    }
    return r;
}

/* Sees `i` from q; true if he takes it, which ends the search. */
static bool see(struct search *search, uint32_t q, uint32_t i)
{
    struct team *team = search->team;
    team->seen[i] = team->stamp;
    team->people[team->people_count++] = i;
    if (team->load[i] <= search->load_max && team_is_below(team, i)) {
        search->taker = i;
        search->taken = q;
        return true;
    }
    append(team, (struct team_lead){ i, q, true });
    return false;
}

static bool visit(struct search *search, uint32_t q)
{
    struct team *team = search->team;
    struct team_post post = team->problem->posts[q];
    uint32_t g = post.pool, start = team->members_of.start[g];
    uint32_t beside = next_beside(team, q, 0);
    touch(team, g);

    uint32_t place = next_place(team, g, 0);
    for (; place != TEAM_NOBODY; place = next_place(team, g, place + 1)) {
        uint32_t i = team->members_of.item[start + place];
        if (team->seen[i] == team->stamp) {
            *team_word(team, g, place) &= ~team_bit(place);
            continue;
        }
        beside = queue_beside(team, q, beside, i + 1);
        if (team_index_beside(team, post.target, i) != TEAM_NOBODY) continue;
        if (team_index_is_recused(team, post.target, i)) continue;
        *team_word(team, g, place) &= ~team_bit(place);
        if (see(search, q, i)) return true;
    }
    queue_beside(team, q, beside, TEAM_NOBODY);
    return false;
}

static bool visit_new(struct search *search, uint32_t q, uint32_t from)
{
    struct team *team = search->team;
    if (team->visited[q] == team->stamp) return false;
    team->visited[q] = team->stamp;
    team->from[q] = from;
    return visit(search, q);
}

/*
 * Nobody of `g` is left to be seen.  As long as nobody is frozen its posts
 * lead nowhere either: whoever stands beside one was seen, his posts queued.
 */
static bool is_spent(const struct team *team, uint32_t g)
{
    return team->frozen_count == 0 && team->touched[g] == team->stamp &&
           team->first[g] == team->word_start[g + 1] - team->word_start[g];
}

static bool is_hand_spent(const struct team *team, uint32_t i)
{
    const struct team_lists *pools = &team->pools_of;
    for (uint32_t k = pools->start[i]; k < pools->start[i + 1]; k++)
        if (!is_spent(team, pools->item[k])) return false;
    return true;
}

static bool visit_hand(struct search *search, uint32_t i, uint32_t from)
{
    const struct team *team = search->team;
    const struct team_chunk *chunks = team->hands.chunks;
    if (is_hand_spent(team, i)) return false;
    for (uint32_t c = i; c != TEAM_HAND_END; c = chunks[c].next)
        for (uint32_t k = 0; k < chunks[c].count; k++) {
            uint32_t q = chunks[c].posts[k];
            if (is_spent(team, team->problem->posts[q].pool)) continue;
            if (visit_new(search, q, from)) return true;
        }
    return false;
}

static bool run(struct search *search)
{
    struct team *team = search->team;
    for (size_t at = 0; at < team->queue_count; at++) {
        struct team_lead lead = team->queue[at];
        bool is_found = lead.is_hand
                            ? visit_hand(search, lead.number, lead.from)
                            : visit_new(search, lead.number, lead.from);
        if (is_found) return true;
    }
    return false;
}

/* The taker gets the post at the end of the way, and everybody on it moves. */
static void shift(const struct search *search)
{
    struct team *team = search->team;
    uint32_t i = search->taker, q = search->taken;
    while (q != TEAM_NOBODY) {
        uint32_t holder = team->holders[q];
        if (holder != TEAM_NOBODY) {
            team_hand_remove(&team->hands, holder, q);
            team->load[holder]--;
        }
        team_hand_add(&team->hands, i, q);
        team->load[i]++;
        team->holders[q] = i;
        i = holder;
        q = team->from[q];
    }
}

bool team_search_fill(struct team *team, uint32_t p)
{
    struct search search = begin(team);
    team->queued[p] = team->stamp;
    append(team, (struct team_lead){ p, TEAM_NOBODY, false });
    if (!run(&search)) return false;
    shift(&search);
    return true;
}

static void freeze(struct team *team, uint32_t i)
{
    const struct team_lists *pools = &team->pools_of;
    team->is_frozen[i] = true;
    team->frozen_count++;
    for (uint32_t k = pools->start[i]; k < pools->start[i + 1]; k++) {
        uint32_t place = team->places[k];
        uint32_t at = team->word_start[pools->item[k]] + place / 64;
        team->open_bits[at] &= ~team_bit(place);
    }
}

uint32_t team_search_relieve(struct team *team, uint32_t a)
{
    struct search search = begin(team);
    search.load_max = team->load[a] - 2;
    team->seen[a] = team->stamp; /* his posts are queued, he is skipped */
    append(team, (struct team_lead){ a, TEAM_NOBODY, true });
    if (run(&search)) {
        shift(&search);
        return search.taker;
    }
    freeze(team, a);
    for (uint32_t k = 0; k < team->people_count; k++)
        freeze(team, team->people[k]);
    return TEAM_NOBODY;
}

static bool was_queued(const struct team *team, uint32_t p)
{
    uint32_t i = team->holders[p];
    return team->queued[p] == team->stamp ||
           (i != TEAM_NOBODY && team->seen[i] == team->stamp);
}

struct team_open team_search_report(struct team *team, uint32_t post)
{
    struct team_open open = { post, team->posts, 0, team->spare, 0 };
    for (uint32_t p = 0; p < team->problem->post_count; p++)
        if (was_queued(team, p)) team->posts[open.post_count++] = p;
    for (uint32_t i = 0; i < team->problem->inspector_count; i++)
        if (team->seen[i] == team->stamp)
            team->spare[open.inspector_count++] = i;
    return open;
}
