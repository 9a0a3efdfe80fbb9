#include "tests/team_reference.h"

#include <stdlib.h>

#include "core/pick.h"

struct team {
    const struct team_problem *problem;
    const struct hash *seed;
    const struct team_listener *listener;
    uint32_t *holders;
    uint32_t *queue, *from, *by; /* by post: reached from, through whom */
    bool *is_queued;             /* by post      */
    bool *is_seen, *is_frozen;   /* by inspector */
    uint32_t queue_count;
};

static void *room(size_t count, size_t size)
{
    void *at = calloc(count + 1, size);
    if (at == NULL) abort();
    return at;
}

static bool is_recused(const struct team_problem *problem, uint32_t target,
                       uint32_t i)
{
    for (uint32_t r = 0; r < problem->recusal_count; r++) {
        struct team_recusal recusal = problem->recusals[r];
        if (recusal.target == target && recusal.inspector == i) return true;
    }
    return false;
}

static bool is_eligible(const struct team_problem *problem, uint32_t p,
                        uint32_t i)
{
    struct team_post post = problem->posts[p];
    struct team_pool pool = problem->pools[post.pool];
    for (uint32_t k = 0; k < pool.count; k++)
        if (pool.members[k] == i) return !is_recused(problem, post.target, i);
    return false;
}

static uint32_t load(const struct team *team, uint32_t i)
{
    uint32_t count = 0;
    for (uint32_t p = 0; p < team->problem->post_count; p++)
        count += team->holders[p] == i;
    return count;
}

static bool is_below(const struct team *team, uint32_t i)
{
    uint32_t cap = team->problem->caps[i];
    return cap == TEAM_NO_CAP || load(team, i) < cap;
}

/* The post of p's target that i holds, or TEAM_NOBODY. */
static uint32_t post_beside(const struct team *team, uint32_t p, uint32_t i)
{
    const struct team_post *posts = team->problem->posts;
    for (uint32_t r = 0; r < team->problem->post_count; r++)
        if (posts[r].target == posts[p].target && team->holders[r] == i)
            return r;
    return TEAM_NOBODY;
}

static void greedy(struct team *team)
{
    const struct team_problem *problem = team->problem;
    uint32_t *best = room(problem->inspector_count, sizeof *best);

    for (uint32_t p = 0; p < problem->post_count; p++) {
        uint32_t count = 0, least = 0;
        for (uint32_t i = 0; i < problem->inspector_count; i++) {
            if (!is_eligible(problem, p, i) || !is_below(team, i)) continue;
            if (post_beside(team, p, i) != TEAM_NOBODY) continue;
            uint32_t held = load(team, i);
            if (count > 0 && held > least) continue;
            if (count == 0 || held < least) count = 0;
            least = held;
            best[count++] = i;
        }
        if (count == 0) continue;
        team->holders[p] = best[pick_u("tie", team->seed, p, count)];
    }
    free(best);
}

static void search_begin(struct team *team)
{
    team->queue_count = 0;
    for (uint32_t p = 0; p < team->problem->post_count; p++)
        team->is_queued[p] = false;
    for (uint32_t i = 0; i < team->problem->inspector_count; i++)
        team->is_seen[i] = false;
}

static void append(struct team *team, uint32_t p, uint32_t from, uint32_t by)
{
    if (team->is_queued[p]) return;
    team->is_queued[p] = true;
    team->from[p] = from;
    team->by[p] = by;
    team->queue[team->queue_count++] = p;
}

/* `i` takes `q`; then back along the way, everybody moves by one. */
static void shift(struct team *team, uint32_t q, uint32_t i)
{
    uint32_t count = team->problem->post_count;
    uint32_t *taken = room(count, sizeof *taken);
    for (uint32_t p = 0; p < count; p++) taken[p] = TEAM_NOBODY;

    for (;;) {
        taken[q] = i;
        if (team->from[q] == TEAM_NOBODY) break;
        i = team->by[q];
        q = team->from[q];
    }
    for (uint32_t p = 0; p < count; p++)
        if (taken[p] != TEAM_NOBODY) team->holders[p] = taken[p];
    free(taken);
}

/* `a` is TEAM_NOBODY in repair, else the one to be relieved of a post. */
static bool search(struct team *team, uint32_t a)
{
    const struct team_problem *problem = team->problem;
    uint32_t heavy = a == TEAM_NOBODY ? 0 : load(team, a);

    for (uint32_t at = 0; at < team->queue_count; at++) {
        uint32_t q = team->queue[at];
        for (uint32_t i = 0; i < problem->inspector_count; i++) {
            if (!is_eligible(problem, q, i) || team->holders[q] == i) continue;
            uint32_t r = post_beside(team, q, i);
            if (r != TEAM_NOBODY) {
                append(team, r, q, i);
                continue;
            }
            if (i == a || team->is_frozen[i] || team->is_seen[i]) continue;
            team->is_seen[i] = true;
            if (is_below(team, i) &&
                (a == TEAM_NOBODY || load(team, i) + 2 <= heavy)) {
                shift(team, q, i);
                return true;
            }
            for (uint32_t p = 0; p < problem->post_count; p++)
                if (team->holders[p] == i) append(team, p, q, i);
        }
    }
    return false;
}

static void report(struct team *team, uint32_t post)
{
    const struct team_problem *problem = team->problem;
    uint32_t *posts = room(problem->post_count, sizeof *posts);
    uint32_t *people = room(problem->inspector_count, sizeof *people);
    struct team_open open = { post, posts, 0, people, 0 };

    for (uint32_t p = 0; p < problem->post_count; p++)
        if (team->is_queued[p]) posts[open.post_count++] = p;
    for (uint32_t i = 0; i < problem->inspector_count; i++)
        if (team->is_seen[i]) people[open.inspector_count++] = i;
    if (team->listener->open(team->listener->context, &open) != OK) abort();
    free(posts);
    free(people);
}

static void repair(struct team *team)
{
    for (uint32_t p = 0; p < team->problem->post_count; p++) {
        if (team->holders[p] != TEAM_NOBODY) continue;
        search_begin(team);
        append(team, p, TEAM_NOBODY, TEAM_NOBODY);
        if (!search(team, TEAM_NOBODY)) report(team, p);
    }
}

static void balance(struct team *team)
{
    const struct team_problem *problem = team->problem;
    for (;;) {
        uint32_t a = TEAM_NOBODY, most = 0;
        for (uint32_t i = 0; i < problem->inspector_count; i++) {
            if (team->is_frozen[i]) continue;
            uint32_t held = load(team, i);
            if (a == TEAM_NOBODY || held > most) most = held, a = i;
        }
        if (a == TEAM_NOBODY || most < 2) return;
        search_begin(team);
        for (uint32_t p = 0; p < problem->post_count; p++)
            if (team->holders[p] == a) append(team, p, TEAM_NOBODY, a);
        if (search(team, a)) continue;
        team->is_frozen[a] = true;
        for (uint32_t i = 0; i < problem->inspector_count; i++)
            if (team->is_seen[i]) team->is_frozen[i] = true;
    }
}

static uint64_t slice(const struct hash *h, int first, int last)
{
    uint64_t value = 0;
    for (int k = first; k <= last; k++) value = value << 8 | h->b[k];
    return value;
}

/* No target has the same person twice. */
static bool is_lawful(const struct team *team, uint32_t p)
{
    const struct team_post *posts = team->problem->posts;
    uint32_t times = 0;
    for (uint32_t r = 0; r < team->problem->post_count; r++)
        times += posts[r].target == posts[p].target &&
                 team->holders[r] == team->holders[p];
    return times < 2;
}

/* Sets two posts, and takes it back unless both targets stay lawful. */
static void try_both(struct team *team, uint32_t p, uint32_t b, uint32_t q,
                     uint32_t c)
{
    uint32_t old_p = team->holders[p], old_q = team->holders[q];
    team->holders[p] = b;
    team->holders[q] = c;
    if (is_lawful(team, p) && is_lawful(team, q)) return;
    team->holders[p] = old_p;
    team->holders[q] = old_q;
}

static uint32_t held_post(const struct team *team, uint32_t i, uint64_t number)
{
    for (uint32_t p = 0; p < team->problem->post_count; p++)
        if (team->holders[p] == i && number-- == 0) return p;
    abort();
}

static bool takes_over(const struct team *team, uint32_t i, uint32_t a)
{
    return load(team, i) + 1 == load(team, a) && is_below(team, i);
}

static void chain(struct team *team, uint32_t p, const struct hash *h)
{
    const struct team_problem *problem = team->problem;
    struct team_post post = problem->posts[p];
    struct team_pool pool = problem->pools[post.pool];
    uint32_t a = team->holders[p];
    uint32_t b = pool.members[slice(h, 8, 15) % pool.count];
    if (b == a || load(team, b) == 0) return;

    uint32_t q = held_post(team, b, slice(h, 16, 23) % load(team, b));
    struct team_post other = problem->posts[q];
    struct team_pool others = problem->pools[other.pool];
    uint32_t c = others.members[slice(h, 24, 30) % others.count];
    if (c == b || (c != a && !takes_over(team, c, a))) return;
    if (is_recused(problem, post.target, b)) return;
    if (is_recused(problem, other.target, c)) return;
    try_both(team, p, b, q, c);
}

static void swap(struct team *team, uint32_t p, uint32_t q)
{
    const struct team_problem *problem = team->problem;
    uint32_t a = team->holders[p], b = team->holders[q];
    if (p == q || a == b) return;
    if (is_recused(problem, problem->posts[q].target, a)) return;
    if (is_recused(problem, problem->posts[p].target, b)) return;
    try_both(team, p, b, q, a);
}

static void step(struct team *team, const uint32_t *filled, uint32_t count,
                 const struct hash *h)
{
    const struct team_problem *problem = team->problem;
    uint32_t p = filled[slice(h, 0, 7) % count];
    if (h->b[31] % 2 == 1) {
        chain(team, p, h);
        return;
    }
    struct team_post post = problem->posts[p];
    struct team_pool pool = problem->pools[post.pool];
    uint32_t same = 0;
    for (uint32_t k = 0; k < count; k++)
        same += problem->posts[filled[k]].pool == post.pool;

    uint64_t y = slice(h, 8, 15) % ((uint64_t)same + pool.count);
    if (y >= same) {
        uint32_t b = pool.members[y - same];
        if (takes_over(team, b, team->holders[p]) &&
            !is_recused(problem, post.target, b) &&
            post_beside(team, p, b) == TEAM_NOBODY)
            team->holders[p] = b;
        return;
    }
    for (uint32_t k = 0; k < count; k++)
        if (problem->posts[filled[k]].pool == post.pool && y-- == 0) {
            swap(team, p, filled[k]);
            return;
        }
}

static void mix(struct team *team)
{
    uint32_t *filled = room(team->problem->post_count, sizeof *filled);
    uint32_t count = 0;
    for (uint32_t p = 0; p < team->problem->post_count; p++)
        if (team->holders[p] != TEAM_NOBODY) filled[count++] = p;

    for (uint64_t s = 0; s < 32 * (uint64_t)count; s++) {
        struct sha256 state = hash_begin("mix");
        hash_add_hash(&state, *team->seed);
        hash_add_u64(&state, s);
        struct hash h = hash_end(&state);
        step(team, filled, count, &h);
    }
    free(filled);
}

void team_reference_solve(uint32_t *holders, const struct team_problem *problem,
                          const struct hash *seed,
                          const struct team_listener *listener)
{
    size_t posts = problem->post_count, people = problem->inspector_count;
    struct team team = {
        .problem = problem,
        .seed = seed,
        .listener = listener,
        .holders = holders,
        .queue = room(posts, sizeof(uint32_t)),
        .from = room(posts, sizeof(uint32_t)),
        .by = room(posts, sizeof(uint32_t)),
        .is_queued = room(posts, sizeof(bool)),
        .is_seen = room(people, sizeof(bool)),
        .is_frozen = room(people, sizeof(bool)),
    };
    for (size_t p = 0; p < posts; p++) holders[p] = TEAM_NOBODY;
    greedy(&team);
    repair(&team);
    balance(&team);
    mix(&team);
    free(team.queue);
    free(team.from);
    free(team.by);
    free(team.is_queued);
    free(team.is_seen);
    free(team.is_frozen);
}

/* Targets with one of the posts for which `i` is eligible, at most his cap. */
static uint64_t capacity(const struct team_problem *problem, uint32_t i,
                         const uint32_t *posts, uint32_t count)
{
    uint32_t targets = 0;
    for (uint32_t target = 0; target < problem->target_count; target++) {
        bool is_open_to = false;
        for (uint32_t k = 0; k < count; k++)
            if (problem->posts[posts[k]].target == target &&
                is_eligible(problem, posts[k], i))
                is_open_to = true;
        targets += is_open_to;
    }
    return targets < problem->caps[i] ? targets : problem->caps[i];
}

bool team_reference_holds(const struct team_problem *problem,
                          const uint32_t *posts, uint32_t count)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < problem->inspector_count; i++)
        sum += capacity(problem, i, posts, count);
    return count > sum;
}
