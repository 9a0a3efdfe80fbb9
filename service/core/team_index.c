#include "core/team_index.h"

struct arena {
    uint8_t *base; /* NULL: only count */
    size_t used;
    bool is_over;
};

static void *take(struct arena *arena, size_t count, size_t size)
{
    size_t len = 0, end = 0;
    bool is_over = __builtin_mul_overflow(count, size, &len) ||
                   __builtin_add_overflow(len, 15, &len) ||
                   __builtin_add_overflow(arena->used, len / 16 * 16, &end);
    if (is_over) arena->is_over = true;
    if (arena->is_over) return NULL;

    void *at = arena->base == NULL ? NULL : arena->base + arena->used;
    arena->used = end;
    return at;
}

static uint32_t *numbers(struct arena *arena, size_t count)
{
    return take(arena, count, sizeof(uint32_t));
}

static struct team_lists lists(struct arena *arena, size_t keys, size_t items)
{
    /* Two more starts: filling shifts them by one. */
    uint32_t *start = numbers(arena, keys + 2);
    return (struct team_lists){ start, numbers(arena, items) };
}

/* Over all pools: how many members, and words for a bit each. */
struct sizes {
    uint64_t members, words;
};

static struct sizes measure(const struct team_problem *problem)
{
    struct sizes sizes = { 0, 0 };
    for (uint32_t g = 0; g < problem->pool_count; g++) {
        sizes.members += problem->pools[g].count;
        sizes.words += team_words(problem->pools[g].count);
    }
    return sizes;
}

static bool is_within_limits(const struct team_problem *problem)
{
    return problem->post_count <= TEAM_POSTS_MAX &&
           problem->target_count <= TEAM_TARGETS_MAX &&
           problem->inspector_count <= TEAM_INSPECTORS_MAX &&
           problem->pool_count <= TEAM_POOLS_MAX &&
           problem->recusal_count <= TEAM_RECUSALS_MAX &&
           measure(problem).members <= TEAM_MEMBERS_MAX;
}

static void lay_out_indexes(struct team *team, struct arena *arena)
{
    const struct team_problem *problem = team->problem;
    size_t posts = problem->post_count, targets = problem->target_count;
    size_t people = problem->inspector_count, pools = problem->pool_count;
    size_t members = measure(problem).members;

    team->load = numbers(arena, people);
    team->posts_of = lists(arena, targets, posts);
    team->recused_of = lists(arena, targets, problem->recusal_count);
    team->pools_of = lists(arena, people, members);
    team->members_of = lists(arena, pools, members);
    team->filled_of = lists(arena, pools, posts);
    team->places = numbers(arena, members);
    team->filled = numbers(arena, posts);
    uint32_t chunks =
        team_hand_chunks(problem->inspector_count, problem->post_count);
    team->hands.chunks = take(arena, chunks, sizeof(struct team_chunk));
}

static void lay_out_searches(struct team *team, struct arena *arena)
{
    const struct team_problem *problem = team->problem;
    size_t posts = problem->post_count, pools = problem->pool_count;
    size_t people = problem->inspector_count;
    struct sizes sizes = measure(problem);

    team->word_start = numbers(arena, pools + 1);
    team->bits = take(arena, sizes.words, sizeof(uint64_t));
    team->open_bits = take(arena, sizes.words, sizeof(uint64_t));
    team->level = numbers(arena, pools);
    team->count = numbers(arena, pools);
    team->below_count = numbers(arena, pools);
    team->below = numbers(arena, sizes.members);
    team->spare = numbers(arena, people);
    team->people = numbers(arena, people);
    team->queue = take(arena, people + posts + 1, sizeof(struct team_lead));
    team->from = numbers(arena, posts);
    team->queued = numbers(arena, posts);
    team->visited = numbers(arena, posts);
    team->seen = numbers(arena, people);
    team->touched = numbers(arena, pools);
    team->first = numbers(arena, pools);
    team->posts = numbers(arena, posts);
    team->is_frozen = take(arena, people, sizeof(bool));
}

size_t team_index_lay_out(struct team *team, const struct team_problem *problem,
                          void *workspace)
{
    *team = (struct team){ .problem = problem };
    if (!is_within_limits(problem)) return 0;

    struct arena arena = { workspace, 0, false };
    lay_out_indexes(team, &arena);
    lay_out_searches(team, &arena);
    return arena.is_over ? 0 : arena.used + 1; /* never 0: 0 says too large */
}

static void clear(uint32_t *numbers, size_t count)
{
    bytes_fill(numbers, 0, count * sizeof *numbers);
}

/*
 * Counting sort in three moves: count(k) for every item, settle() once, then
 * put(k, item) in the order in which the items shall stand.
 */
static void count(struct team_lists *lists, uint32_t key)
{
    lists->start[key + 2]++;
}

static void settle(struct team_lists *lists, uint32_t keys)
{
    for (uint32_t k = 0; k < keys; k++)
        lists->start[k + 2] += lists->start[k + 1];
}

static uint32_t put(struct team_lists *lists, uint32_t key, uint32_t item)
{
    uint32_t at = lists->start[key + 1]++;
    lists->item[at] = item;
    return at;
}

static enum err index_posts(struct team *team)
{
    const struct team_problem *problem = team->problem;
    clear(team->posts_of.start, (size_t)problem->target_count + 2);
    for (uint32_t p = 0; p < problem->post_count; p++) {
        struct team_post post = problem->posts[p];
        if (post.target >= problem->target_count) return ERR_RANGE;
        if (post.pool >= problem->pool_count) return ERR_RANGE;
        count(&team->posts_of, post.target);
    }
    settle(&team->posts_of, problem->target_count);
    for (uint32_t p = 0; p < problem->post_count; p++)
        put(&team->posts_of, problem->posts[p].target, p);
    return OK;
}

static void sift(uint32_t *heap, uint32_t at, uint32_t count)
{
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= count) return;
        if (child + 1 < count && heap[child + 1] > heap[child]) child++;
        if (heap[child] <= heap[at]) return;
        uint32_t value = heap[at];
        heap[at] = heap[child];
        heap[child] = value;
        at = child;
    }
}

static void sort(uint32_t *items, uint32_t count)
{
    bool is_sorted = true;
    for (uint32_t k = 1; k < count; k++)
        if (items[k - 1] > items[k]) is_sorted = false;
    if (is_sorted) return;

    for (uint32_t k = count / 2; k-- > 0;) sift(items, k, count);
    for (uint32_t last = count - 1; last > 0; last--) {
        uint32_t most = items[0];
        items[0] = items[last];
        items[last] = most;
        sift(items, 0, last);
    }
}

static enum err index_recusals(struct team *team)
{
    const struct team_problem *problem = team->problem;
    struct team_lists *lists = &team->recused_of;
    clear(lists->start, (size_t)problem->target_count + 2);
    for (uint32_t r = 0; r < problem->recusal_count; r++) {
        struct team_recusal recusal = problem->recusals[r];
        if (recusal.target >= problem->target_count) return ERR_RANGE;
        if (recusal.inspector >= problem->inspector_count) return ERR_RANGE;
        count(lists, recusal.target);
    }
    settle(lists, problem->target_count);
    for (uint32_t r = 0; r < problem->recusal_count; r++)
        put(lists, problem->recusals[r].target, problem->recusals[r].inspector);
    for (uint32_t t = 0; t < problem->target_count; t++)
        sort(lists->item + lists->start[t],
             lists->start[t + 1] - lists->start[t]);
    return OK;
}

static enum err index_pools(struct team *team)
{
    const struct team_problem *problem = team->problem;
    clear(team->pools_of.start, (size_t)problem->inspector_count + 2);
    clear(team->members_of.start, (size_t)problem->pool_count + 2);
    uint32_t words = 0;
    for (uint32_t g = 0; g < problem->pool_count; g++) {
        struct team_pool pool = problem->pools[g];
        for (uint32_t k = 0; k < pool.count; k++) {
            if (pool.members[k] >= problem->inspector_count) return ERR_RANGE;
            count(&team->pools_of, pool.members[k]);
            count(&team->members_of, g);
        }
        team->word_start[g] = words;
        words += team_words(pool.count);
    }
    team->word_start[problem->pool_count] = words;

    settle(&team->pools_of, problem->inspector_count);
    settle(&team->members_of, problem->pool_count);
    for (uint32_t g = 0; g < problem->pool_count; g++)
        for (uint32_t k = 0; k < problem->pools[g].count; k++)
            put(&team->pools_of, problem->pools[g].members[k], g);
    return OK;
}

/* Inspectors ascending, hence the members of each pool as well. */
static enum err index_members(struct team *team)
{
    const struct team_lists *pools = &team->pools_of;
    clear(team->count, team->problem->pool_count);
    for (uint32_t i = 0; i < team->problem->inspector_count; i++)
        for (uint32_t k = pools->start[i]; k < pools->start[i + 1]; k++) {
            uint32_t g = pools->item[k];
            if (k > pools->start[i] && pools->item[k - 1] == g)
                return ERR_EXISTS;
            put(&team->members_of, g, i);
            team->places[k] = team->count[g]++;
        }
    return OK;
}

enum err team_index_build(struct team *team)
{
    enum err err = index_posts(team);
    if (err == OK) err = index_recusals(team);
    if (err == OK) err = index_pools(team);
    if (err == OK) err = index_members(team);
    clear(team->load, team->problem->inspector_count);
    return err;
}

/* The index of `value` among ascending items, or TEAM_NOBODY. */
static uint32_t find(const struct team_lists *lists, uint32_t key,
                     uint32_t value)
{
    uint32_t low = lists->start[key], high = lists->start[key + 1];
    uint32_t end = high;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (lists->item[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && lists->item[low] == value ? low : TEAM_NOBODY;
}

bool team_index_is_recused(const struct team *team, uint32_t target, uint32_t i)
{
    return find(&team->recused_of, target, i) != TEAM_NOBODY;
}

uint32_t team_index_place(const struct team *team, uint32_t pool, uint32_t i)
{
    uint32_t k = find(&team->pools_of, i, pool);
    return k == TEAM_NOBODY ? TEAM_NOBODY : team->places[k];
}

uint32_t team_index_beside(const struct team *team, uint32_t target, uint32_t i)
{
    const struct team_lists *posts = &team->posts_of;
    for (uint32_t k = posts->start[target]; k < posts->start[target + 1]; k++)
        if (team->holders[posts->item[k]] == i) return posts->item[k];
    return TEAM_NOBODY;
}
