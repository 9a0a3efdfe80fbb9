/* 4.37: who came later is whom the rule of 6.5 names. */
#include "audits/verify_rule.h"

enum { SEATS_MAX = 32, BAR_COUNT = 4 };

/* The crew of an opened target as it stands at a moment of the log. */
struct standing {
    uint32_t holders[SEATS_MAX];
    uint32_t later; /* of its later crews, so many have come */
};

static void read_holders(uint32_t holders[SEATS_MAX], const struct value *crew)
{
    const struct value *list = value_member(crew, "holders");
    const struct value *at = value_first(list);
    for (; at != NULL; at = value_next(list, at)) {
        uint64_t index = value_member_u64(at, "index");
        *holders++ = value_is_null(at) || index >= TEAM_NOBODY ?
                         TEAM_NOBODY :
                         (uint32_t)index;
    }
}

/* The crew that this entry gives the target, however it was opened. */
static const struct value *next_crew(const struct verify *v,
                                     const struct verify_target *target,
                                     struct standing *standing, size_t entry)
{
    if (entry > v->at[KIND_OPENING])
        return v->entries[entry].kind == KIND_STAND_IN ?
                   v->entries[entry].crew :
                   target->crew;
    if (standing->later >= value_member(target->value, "later")->count)
        return NULL;
    return target->later[standing->later++];
}

static struct standin_list duty_list(struct verify *v,
                                     const struct verify_target *target,
                                     const char *key)
{
    return verify_case_numbers(v, value_member(target->duty, key));
}

/* Everybody who was ever removed from this target, up to this entry. */
static struct standin_list removed_until(struct verify *v, size_t last)
{
    uint32_t *at = arena_take_raw(&v->arena, (last + 1) * sizeof *at);
    struct standin_list list = { at, 0 };
    const struct value *now = v->entries[last].value;
    for (size_t i = 0; at != NULL && i <= last; i++) {
        const struct verify_entry *entry = &v->entries[i];
        if (entry->kind != KIND_STAND_IN || entry->why == NULL) continue;
        if (value_member_u64(entry->value, "position") !=
                value_member_u64(now, "position") ||
            !bytes_equal(value_member_text(entry->value, "stratum"),
                         value_member_text(now, "stratum")))
            continue;
        uint64_t removed = value_member_u64(entry->why, "removed");
        if (removed < TEAM_NOBODY) at[list.count++] = (uint32_t)removed;
    }
    return list;
}

static bool choose(struct verify *v, uint32_t *chosen,
                   const struct verify_target *target,
                   const uint32_t holders[SEATS_MAX], size_t entry)
{
    const struct value *why = v->entries[entry].why;
    uint32_t seat = (uint32_t)value_member_u64(why, "seat");
    struct standin_list posts = duty_list(v, target, "posts");
    struct standin_list bars[BAR_COUNT] = {
        duty_list(v, target, "recused"),
        { holders, v->seats },
        removed_until(v, entry),
        verify_case_numbers(v, value_member(why, "away")),
    };
    if (v->arena.is_short) return false;
    struct standin_post post = { v->team_seed,
                                 v->strata[target->stratum].name,
                                 target->position, seat };
    enum err err = standin_choose(chosen, &post, v->pools[posts.at[seat]],
                                  bars, BAR_COUNT);
    if (err == ERR_ABSENT) *chosen = TEAM_NOBODY;
    return err == OK || err == ERR_ABSENT;
}

static bool stand_in(struct verify *v, struct standing *all, size_t index)
{
    const struct verify_entry *entry = &v->entries[index];
    const struct verify_target *target = verify_case_target(
        v, verify_case_stratum(v, value_member_text(entry->value, "stratum")),
        value_member_u64(entry->value, "position"));
    if (target == NULL) return true;
    struct standing *standing = &all[target - v->targets];
    const struct value *crew = next_crew(v, target, standing, index);
    if (crew == NULL) return false;

    uint32_t after[SEATS_MAX] = { 0 }, chosen = 0;
    read_holders(after, crew);
    if (entry->why != NULL) {
        uint64_t seat = value_member_u64(entry->why, "seat");
        if (value_member(entry->why, "seat") == NULL) return false;
        if (seat >= v->seats || standing->holders[seat] == TEAM_NOBODY ||
            standing->holders[seat] !=
                value_member_u64(entry->why, "removed"))
            return false;
        for (uint32_t s = 0; s < v->seats; s++)
            if (s != seat && after[s] != standing->holders[s]) return false;
        if (!choose(v, &chosen, target, standing->holders, index) ||
            chosen != after[seat])
            return false;
    }
    bytes_copy(standing->holders, after, sizeof after);
    return true;
}

static bool replace(struct verify *v, struct standing *all,
                    const struct verify_move *move)
{
    if (!move->has_reserve) return true;
    const struct verify_entry *entry = &v->entries[move->entry];
    const struct verify_target *dropped =
        verify_case_target(v, move->stratum, move->dropped);
    const struct verify_target *reserve =
        verify_case_target(v, move->stratum, move->reserve);
    if (reserve == NULL) return true;
    struct standing *standing = &all[reserve - v->targets];
    const struct value *crew = next_crew(v, reserve, standing, move->entry);
    if (crew == NULL) return false;
    read_holders(standing->holders, crew);
    if (entry->why == NULL || dropped == NULL) return true;
    if (value_member(entry->why, "date") == NULL) return false;

    uint32_t wanted[SEATS_MAX];
    struct standin_reserve problem = {
        .team_seed = v->team_seed,
        .stratum = v->strata[move->stratum].name,
        .position = move->reserve,
        .seats = v->seats,
        .dropped_holders = all[dropped - v->targets].holders,
        .dropped_posts = duty_list(v, dropped, "posts").at,
        .posts = duty_list(v, reserve, "posts").at,
        .pools = v->pools,
        .pool_count = v->pool_count,
        .recused = duty_list(v, reserve, "recused"),
        .away = verify_case_numbers(v, value_member(entry->why, "away")),
    };
    if (v->arena.is_short || standin_crew(wanted, &problem) != OK)
        return false;
    for (uint32_t s = 0; s < v->seats; s++)
        if (wanted[s] != standing->holders[s]) return false;
    return true;
}

bool verify_standin_crews(struct verify *v)
{
    if (v->at[KIND_OPENING] == VERIFY_NONE) return true;
    struct standing *all = arena_take(&v->arena, v->target_count, sizeof *all);
    if (all == NULL || !verify_case_pools(v)) return false;
    for (size_t i = 0; i < v->target_count; i++) {
        for (uint32_t s = 0; s < SEATS_MAX; s++)
            all[i].holders[s] = TEAM_NOBODY;
        if (v->targets[i].is_drawn)
            read_holders(all[i].holders, v->targets[i].crew);
    }
    const struct verify_move *move = v->moves;
    for (size_t i = 0; i < v->entry_count; i++) {
        enum verify_kind kind = v->entries[i].kind;
        if (kind == KIND_STAND_IN && !stand_in(v, all, i)) return false;
        if (kind == KIND_REPLACEMENT && !replace(v, all, move++)) return false;
    }
    return true;
}
