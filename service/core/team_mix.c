#include "core/team_mix.h"

#include "core/team_index.h"

enum { STEPS_A_POST = 32 };

/* The numbers that one hash proposes. */
struct proposal {
    uint64_t post, other, third, fourth;
    bool is_chain;
};

/* HASH("mix", seed, u64be step) up to the step: always the same bytes. */
struct message {
    uint8_t bytes[1 + 3 + 4 + 32 + 4 + 8];
};

static struct message message(const struct hash *seed)
{
    struct message message;
    struct writer w = writer_into(message.bytes, sizeof message.bytes);
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

static struct proposal propose(struct message *message, uint64_t step)
{
    size_t len = sizeof message->bytes;
    bytes_put_u64(message->bytes + len - 8, step);
    struct hash h = hash_sha256(bytes_of(message->bytes, len));
    return (struct proposal){
        .post = bytes_get_u64(h.b),
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

static void chain(struct team *team, uint32_t p, const struct proposal *h)
{
    const struct team_problem *problem = team->problem;
    struct team_pool pool = problem->pools[problem->posts[p].pool];
    uint32_t a = team->holders[p];
    uint32_t b = pool.members[h->other % pool.count];
    if (b == a || team->load[b] == 0) return;

    uint32_t index = (uint32_t)(h->third % team->load[b]);
    uint32_t q = team_hand_post(&team->hands, b, index);
    struct team_pool others = problem->pools[problem->posts[q].pool];
    uint32_t c = others.members[h->fourth % others.count];
    if (c == b || (c != a && !takes_over(team, c, a))) return;
    if (!may_hold(team, p, b, q) || !may_hold(team, q, c, p)) return;
    give(team, p, b);
    give(team, q, c);
    team->load[a]--;
    team->load[c]++;
}

static void step(struct team *team, uint32_t p, const struct proposal *h)
{
    if (h->is_chain) {
        chain(team, p, h);
        return;
    }
    uint32_t g = team->problem->posts[p].pool;
    uint32_t start = team->filled_of.start[g];
    uint32_t filled = team->filled_of.start[g + 1] - start;
    struct team_pool pool = team->problem->pools[g];
    uint64_t y = h->other % ((uint64_t)filled + pool.count);
    if (y < filled)
        swap(team, p, team->filled_of.item[start + y]);
    else
        move(team, p, pool.members[y - filled]);
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
    struct message hashed = message(&team->seed);
    for (uint64_t s = 0; s < (uint64_t)count * STEPS_A_POST; s++) {
        struct proposal proposal = propose(&hashed, s);
        step(team, team->filled[proposal.post % count], &proposal);
    }
}
