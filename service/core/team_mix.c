#include "core/team_mix.h"

#include "core/team_index.h"

enum {
    STEPS_A_POST = 32,
    BATCH = 32, /* proposals looked up together before they are tried */
};

/*
 * What one hash proposes: p, and either a partner post of p's pool (swap) or
 * a member of it (move, chain).  None of it depends on who holds what.
 */
struct proposal {
    uint64_t other, third, fourth;
    const uint32_t *post, *partner, *member;
    bool is_chain;
};

/* HASH("mix", seed, u64be step): all but the step is always the same. */
struct message {
    uint8_t bytes[SHA256_SHORT_ROOM];
};

enum { MESSAGE_LEN = 1 + 3 + 4 + 32 + 4 + 8 };

static struct message message(const struct hash *seed)
{
    struct message message;
    struct writer w = writer_into(message.bytes, MESSAGE_LEN);
    uint8_t len[4];
    writer_byte(&w, 3);
    writer_text(&w, "mix");
    bytes_put_u32(len, sizeof seed->b);
    writer_add(&w, bytes_of(len, sizeof len));
    writer_add(&w, hash_bytes(seed));
    bytes_put_u32(len, 8);
    writer_add(&w, bytes_of(len, sizeof len));
    bytes_put_u64(message.bytes + w.len, 0);
    return message;
}

static struct proposal propose(const struct team *team, uint32_t count,
                               struct message *message, uint64_t step)
{
    struct hash h;
    bytes_put_u64(message->bytes + MESSAGE_LEN - 8, step);
    sha256_short(h.b, message->bytes, MESSAGE_LEN);
    return (struct proposal){
        .post = team->filled + bytes_get_u64(h.b) % count,
        .other = bytes_get_u64(h.b + 8),
        .third = bytes_get_u64(h.b + 16),
        .fourth = bytes_get_u64(h.b + 24) >> 8,
        .is_chain = h.b[31] % 2 == 1,
    };
}

static void give(struct team *team, uint32_t post, uint32_t i)
{
    team_hand_remove(&team->hands, team->holders[post], post);
    team_hand_add(&team->hands, i, post);
    team->holders[post] = i;
}

/* `i` stands on p's target with a post other than p and q. */
static bool is_on_target(const struct team *team, uint32_t p, uint32_t i,
                         uint32_t q)
{
    const struct team_lists *posts = &team->posts_of;
    uint32_t target = team->problem->posts[p].target;
    for (uint32_t k = posts->start[target]; k < posts->start[target + 1]; k++) {
        uint32_t r = posts->item[k];
        if (team->holders[r] == i && r != p && r != q) return true;
    }
    return false;
}

static bool is_recused(const struct team *team, uint32_t p, uint32_t i)
{
    return team_index_is_recused(team, team->problem->posts[p].target, i);
}

/* `i` may hold p once p and q are taken off their holders. */
static bool may_hold(const struct team *team, uint32_t p, uint32_t i,
                     uint32_t q)
{
    return !is_on_target(team, p, i, q) && !is_recused(team, p, i);
}

/* One post fewer for a, one more for i: the loads stay the same as a set. */
static bool takes_over(const struct team *team, uint32_t i, uint32_t a)
{
    return team->load[i] + 1 == team->load[a] && team_is_below(team, i);
}

static void swap(struct team *team, uint32_t p, uint32_t q)
{
    uint32_t a = team->holders[p], b = team->holders[q];
    if (a == b) return; /* also where q is p */
    if (!may_hold(team, p, b, q) || !may_hold(team, q, a, p)) return;
    give(team, p, b);
    give(team, q, a);
}

static void move(struct team *team, uint32_t p, uint32_t b)
{
    uint32_t a = team->holders[p];
    if (!takes_over(team, b, a) || !may_hold(team, p, b, p)) return;
    give(team, p, b);
    team->load[a]--;
    team->load[b]++;
}

static uint32_t hand_post(const struct team *team, uint32_t b, uint64_t number)
{
    uint32_t index = (uint32_t)(number % team->load[b]);
    return team_hand_post(&team->hands, b, index);
}

static void chain(struct team *team, uint32_t p, const struct proposal *h)
{
    const struct team_problem *problem = team->problem;
    uint32_t a = team->holders[p], b = *h->member;
    if (b == a || team->load[b] == 0) return;

    uint32_t q = hand_post(team, b, h->third);
    struct team_pool pool = problem->pools[problem->posts[q].pool];
    uint32_t c = pool.members[h->fourth % pool.count];
    if (c == b || (c != a && !takes_over(team, c, a))) return;
    if (!may_hold(team, p, b, q) || !may_hold(team, q, c, p)) return;
    give(team, p, b);
    give(team, q, c);
    team->load[a]--;
    team->load[c]++;
}

static void step(struct team *team, const struct proposal *h)
{
    if (h->is_chain)
        chain(team, *h->post, h);
    else if (h->partner != NULL)
        swap(team, *h->post, *h->partner);
    else
        move(team, *h->post, *h->member);
}

static void choose_partner(const struct team *team, struct proposal *h)
{
    uint32_t g = team->problem->posts[*h->post].pool;
    uint32_t start = team->filled_of.start[g];
    uint32_t filled = team->filled_of.start[g + 1] - start;
    struct team_pool pool = team->problem->pools[g];
    uint64_t y;
    if (h->is_chain) {
        h->member = pool.members + h->other % pool.count;
    } else if ((y = h->other % ((uint64_t)filled + pool.count)) < filled) {
        h->partner = team->filled_of.item + start + y;
    } else {
        h->member = pool.members + (y - filled);
    }
}

/* The memory that a check of p's target will ask for. */
static void fetch_target(const struct team *team, uint32_t p)
{
    uint32_t target = team->problem->posts[p].target;
    const uint32_t *recused = team->recused_of.start + target;
    __builtin_prefetch(team->posts_of.item + team->posts_of.start[target]);
    __builtin_prefetch(team->recused_of.item + recused[0] +
                       (recused[1] - recused[0]) / 2);
}

static void fetch_post(const struct team *team, uint32_t p)
{
    __builtin_prefetch(team->problem->posts + p);
    __builtin_prefetch(team->holders + p);
}

static void fetch_starts(const struct team *team, uint32_t p)
{
    uint32_t target = team->problem->posts[p].target;
    __builtin_prefetch(team->posts_of.start + target);
    __builtin_prefetch(team->recused_of.start + target);
}

static void fetch_hand(const struct team *team, uint32_t i)
{
    const char *chunk = (const char *)(team->hands.chunks + i);
    for (size_t at = 0; at < sizeof *team->hands.chunks; at += 64)
        __builtin_prefetch(chunk + at);
}

static void fetch_partner(const struct team *team, const struct proposal *h)
{
    fetch_starts(team, *h->post);
    if (h->partner != NULL) fetch_post(team, *h->partner);
    if (h->is_chain) fetch_hand(team, *h->member);
}

/* The post that a chain will take from b, unless b's hand still changes. */
static void fetch_second(const struct team *team, const struct proposal *h)
{
    fetch_target(team, *h->post);
    fetch_hand(team, team->holders[*h->post]);
    if (h->partner != NULL) {
        fetch_starts(team, *h->partner);
        fetch_hand(team, team->holders[*h->partner]);
    }
    if (h->is_chain && team->load[*h->member] > 0)
        fetch_post(team, hand_post(team, *h->member, h->third));
}

/*
 * All that a batch of proposals will read is asked for in rounds, each round
 * following one pointer further: memory answers many at a time.
 */
static void fetch(const struct team *team, struct proposal *batch,
                  uint32_t count)
{
    for (uint32_t k = 0; k < count; k++) __builtin_prefetch(batch[k].post);
    for (uint32_t k = 0; k < count; k++) fetch_post(team, *batch[k].post);
    for (uint32_t k = 0; k < count; k++) {
        choose_partner(team, &batch[k]);
        __builtin_prefetch(batch[k].partner != NULL ? batch[k].partner
                                                    : batch[k].member);
    }
    for (uint32_t k = 0; k < count; k++) fetch_partner(team, &batch[k]);
    for (uint32_t k = 0; k < count; k++) fetch_second(team, &batch[k]);
    for (uint32_t k = 0; k < count; k++)
        if (batch[k].partner != NULL) fetch_target(team, *batch[k].partner);
}

/* The lists of filled posts, all together and by pool. */
static uint32_t list_filled(struct team *team)
{
    const struct team_problem *problem = team->problem;
    uint32_t *start = team->filled_of.start, count = 0;
    bytes_fill(start, 0, (problem->pool_count + 2) * sizeof *start);
    for (uint32_t p = 0; p < problem->post_count; p++) {
        if (team->holders[p] == TEAM_NOBODY) continue;
        team->filled[count++] = p;
        start[problem->posts[p].pool + 2]++;
    }
    for (uint32_t g = 0; g < problem->pool_count; g++)
        start[g + 2] += start[g + 1];
    for (uint32_t k = 0; k < count; k++) {
        uint32_t p = team->filled[k];
        team->filled_of.item[start[problem->posts[p].pool + 1]++] = p;
    }
    return count;
}

void team_mix_run(struct team *team)
{
    uint32_t count = list_filled(team);
    uint64_t steps = (uint64_t)count * STEPS_A_POST;
    struct message hashed = message(&team->seed);
    struct proposal batch[BATCH];
    for (uint64_t s = 0; s < steps; s += BATCH) { /* BATCH divides steps */
        for (uint32_t k = 0; k < BATCH; k++)
            batch[k] = propose(team, count, &hashed, s + k);
        fetch(team, batch, BATCH);
        for (uint32_t k = 0; k < BATCH; k++) step(team, &batch[k]);
    }
}
