#include "core/standin.h"

struct hash standin_rank(const struct standin_post *post, uint32_t inspector)
{
    struct sha256 state = hash_begin("stand-in/v1");
    hash_add(&state, hash_bytes(&post->team_seed));
    hash_add(&state, post->stratum);
    hash_add_u64(&state, post->position);
    hash_add_u32(&state, post->seat);
    hash_add_u64(&state, inspector);
    return hash_end(&state);
}

static bool holds(struct standin_list list, uint32_t inspector)
{
    for (size_t i = 0; i < list.count; i++)
        if (list.at[i] == inspector) return true;
    return false;
}

static bool is_barred(const struct standin_list *bars, size_t bar_count,
                      uint32_t inspector)
{
    for (size_t i = 0; i < bar_count; i++)
        if (holds(bars[i], inspector)) return true;
    return false;
}

enum err standin_choose(uint32_t *inspector, const struct standin_post *post,
                        struct standin_list pool,
                        const struct standin_list *bars, size_t bar_count)
{
    bool is_found = false;
    struct hash least = { { 0 } };
    for (size_t i = 0; i < pool.count; i++) {
        if (is_barred(bars, bar_count, pool.at[i])) continue;
        struct hash rank = standin_rank(post, pool.at[i]);
        if (is_found && hash_compare(&rank, &least) >= 0) continue;
        is_found = true;
        least = rank;
        *inspector = pool.at[i];
    }
    return is_found ? OK : ERR_ABSENT;
}

/* Does the dropped target's holder of this seat go to the reserve too? */
static bool is_kept(const struct standin_reserve *r, size_t seat)
{
    uint32_t holder = r->dropped_holders[seat];
    return holder != TEAM_NOBODY && r->posts[seat] == r->dropped_posts[seat] &&
           !holds(r->recused, holder) && !holds(r->away, holder);
}

static void fill_seat(uint32_t *crew, const struct standin_reserve *r,
                      size_t seat)
{
    const struct standin_post post = { r->team_seed, r->stratum, r->position,
                                       (uint32_t)seat };
    /* The seats not filled yet are open in `crew` and bar nobody. */
    const struct standin_list bars[] = { r->recused,
                                         r->away,
                                         { crew, r->seats } };
    enum err err =
        standin_choose(&crew[seat], &post, r->pools[r->posts[seat]], bars, 3);
    if (err != OK) crew[seat] = TEAM_NOBODY;
}

enum err standin_crew(uint32_t *crew, const struct standin_reserve *reserve)
{
    for (size_t i = 0; i < reserve->seats; i++) {
        if (reserve->posts[i] >= reserve->pool_count) return ERR_RANGE;
        crew[i] =
            is_kept(reserve, i) ? reserve->dropped_holders[i] : TEAM_NOBODY;
    }
    for (size_t i = 0; i < reserve->seats; i++)
        if (crew[i] == TEAM_NOBODY) fill_seat(crew, reserve, i);
    return OK;
}
