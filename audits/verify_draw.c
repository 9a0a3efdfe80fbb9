/* 4.21 to 4.27 and 4.41: beacon, positions, and who came for whom. */
#include "audits/verify_rule.h"

#include "audits/verify_seed.h"
#include "core/pick.h"
#include "host/drand.h"

bool verify_draw_round(struct verify *v)
{
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    const struct value *beacon = verify_case_value(v, KIND_BEACON);
    return beacon == NULL ||
           (bytes_equal(value_member_text(beacon, "chain"),
                        value_member_text(a, "beacon")) &&
            value_member_u64(beacon, "round") == v->round);
}

bool verify_draw_beacon(struct verify *v)
{
    const struct value *beacon = verify_case_value(v, KIND_BEACON);
    uint8_t signature[CHAIN_SIGNATURE_LEN];
    if (beacon == NULL) return true;
    return bytes_read_hex(signature, sizeof signature,
                          value_member_text(beacon, "signature")) == OK &&
           drand_verify(v->chain.key, v->round, signature) == OK;
}

bool verify_draw_strata(struct verify *v)
{
    const struct value *draw = verify_case_value(v, KIND_DRAW);
    if (draw == NULL) return true;
    const struct value *list = value_member(draw, "strata");
    if (list->count != v->stratum_count) return false;
    const struct verify_stratum *stratum = v->strata;
    const struct value *at = value_first(list);
    for (; at != NULL; at = value_next(list, at), stratum++)
        if (!bytes_equal(value_member_text(at, "name"), stratum->name) ||
            value_member_u64(at, "count") != stratum->count ||
            value_member_u64(at, "take") != stratum->take)
            return false;
    return true;
}

bool verify_draw_positions(struct verify *v)
{
    const struct value *draw = verify_case_value(v, KIND_DRAW);
    if (draw == NULL) return true;
    uint8_t signature[CHAIN_SIGNATURE_LEN];
    if (bytes_read_hex(signature, sizeof signature,
                       value_member_text(verify_case_value(v, KIND_BEACON),
                                         "signature")) != OK ||
        !verify_seed_pick(v, signature))
        return false;
    const struct verify_stratum *stratum = v->strata;
    const struct value *list = value_member(draw, "strata");
    const struct value *at = value_first(list);
    for (; at != NULL; at = value_next(list, at), stratum++)
        if (!hash_equal(value_member_hash(at, "positions"),
                        pick_digest(stratum->out, (size_t)stratum->take)))
            return false;
    return true;
}

/* ---- 4.25, 4.26 --------------------------------------------------------- */

/* Drawn, or the reserve of one of the moves so far, and not dropped since. */
static bool is_standing(const struct verify *v, size_t moves, size_t stratum,
                        uint64_t position)
{
    if (stratum == VERIFY_NONE) return false;
    bool is_there = verify_seed_is_drawn(&v->strata[stratum], position);
    for (size_t i = 0; i < moves; i++) {
        const struct verify_move *move = &v->moves[i];
        if (move->stratum != stratum) continue;
        if (move->dropped == position) return false;
        if (move->has_reserve && move->reserve == position) is_there = true;
    }
    return is_there;
}

static size_t stratum_of(const struct verify *v,
                         const struct verify_entry *entry)
{
    return verify_case_stratum(v, value_member_text(entry->value, "stratum"));
}

static bool replace(struct verify *v, size_t index)
{
    const struct value *value = v->entries[index].value;
    const struct value *reserve = value_member(value, "reserve");
    struct verify_move move = { .entry = index,
                                .stratum = stratum_of(v, &v->entries[index]),
                                .dropped = value_member_u64(value, "position"),
                                .has_reserve = !value_is_null(reserve),
                                .reserve = value_u64(reserve) };
    if (!is_standing(v, v->move_count, move.stratum, move.dropped))
        return false;
    uint64_t ordinal = 0;
    for (size_t i = 0; i < v->move_count; i++)
        ordinal += v->moves[i].stratum == move.stratum;
    if (value_member_u64(value, "ordinal") != ordinal) return false;

    const struct verify_stratum *stratum = &v->strata[move.stratum];
    bool has_reserve = stratum->take + ordinal < stratum->count;
    if (has_reserve != move.has_reserve) return false;
    if (has_reserve && move.reserve != stratum->out[stratum->take + ordinal])
        return false;
    if (value_is_null(value_member(value, "crew")) == has_reserve)
        return false;
    v->moves[v->move_count++] = move;
    return true;
}

bool verify_draw_replacements(struct verify *v)
{
    v->moves = arena_take(&v->arena, v->entry_count, sizeof *v->moves);
    if (v->moves == NULL) return false;
    for (size_t i = 0; i < v->entry_count; i++)
        if (v->entries[i].kind == KIND_REPLACEMENT && !replace(v, i))
            return false;
    return true;
}

bool verify_draw_posts(struct verify *v)
{
    size_t moves = 0;
    for (size_t i = 0; i < v->entry_count; i++) {
        const struct verify_entry *entry = &v->entries[i];
        if (entry->kind == KIND_REPLACEMENT) moves++;
        if (entry->kind != KIND_STAND_IN && entry->kind != KIND_DIRECT)
            continue;
        if (!is_standing(v, moves, stratum_of(v, entry),
                         value_member_u64(entry->value, "position")))
            return false;
        if (entry->kind == KIND_DIRECT &&
            value_member_u64(entry->value, "seat") >= v->seats)
            return false;
    }
    return true;
}

bool verify_draw_annul(struct verify *v)
{
    return v->at[KIND_ANNUL] == VERIFY_NONE ||
           v->at[KIND_OPENING] < v->at[KIND_ANNUL];
}

bool verify_draw_signature(struct verify *v)
{
    if (!v->options.has_signature) return true;
    return v->at[KIND_REVEAL] != VERIFY_NONE &&
           v->at[KIND_VOID] == VERIFY_NONE &&
           v->at[KIND_DRAW] == VERIFY_NONE &&
           drand_verify(v->chain.key, v->round, v->options.signature) == OK &&
           verify_seed_pick(v, v->options.signature);
}
