/* 4.28 to 4.31 and 4.36: what the opening shows. */
#include "audits/verify_rule.h"

#include "audits/verify_seed.h"
#include "core/digest.h"
#include "core/frame.h"
#include "core/uscc.h"

/* The next opened target must be this one. */
static bool is_next(struct verify *v, size_t *next, size_t stratum,
                    uint64_t position)
{
    if (*next >= v->target_count) return false;
    struct verify_target *target = &v->targets[(*next)++];
    if (target->opened_by != v->at[KIND_OPENING]) return false;
    if (target->position != position ||
        !bytes_equal(value_member_text(target->value, "stratum"),
                     v->strata[stratum].name))
        return false;
    target->stratum = stratum;
    return true;
}

static bool has_stratum(struct verify *v, size_t *next, size_t stratum)
{
    const struct verify_stratum *of = &v->strata[stratum];
    for (uint64_t i = 0; i < of->take; i++) {
        if (!is_next(v, next, stratum, of->out[i])) return false;
        v->targets[*next - 1].is_drawn = true;
    }
    for (size_t i = 0; i < v->move_count; i++) {
        const struct verify_move *move = &v->moves[i];
        if (move->entry > v->at[KIND_OPENING]) break;
        if (move->stratum == stratum && move->has_reserve &&
            !is_next(v, next, stratum, move->reserve))
            return false;
    }
    return true;
}

bool verify_opening_targets(struct verify *v)
{
    if (v->at[KIND_OPENING] == VERIFY_NONE) return true;
    size_t next = 0;
    for (size_t i = 0; i < v->stratum_count; i++)
        if (!has_stratum(v, &next, i)) return false;
    /* Behind them only what replacements after the opening show. */
    return next == v->target_count ||
           v->targets[next].opened_by != v->at[KIND_OPENING];
}

bool verify_opening_key(struct verify *v)
{
    const struct value *opening = verify_case_value(v, KIND_OPENING);
    if (opening == NULL || !v->is_public) return true;
    const struct value *f = verify_case_value(v, KIND_FREEZE);
    const struct value *reveal = verify_case_value(v, KIND_REVEAL);
    struct hash key = value_member_hash(opening, "frame_key");
    if (!hash_equal(
            frame_key_commitment(value_member_u64(opening, "draw"), &key),
            value_member_hash(f, "frame_key")))
        return false;
    if (v->is_open && !hash_equal(key, value_member_hash(reveal, "frame_key")))
        return false;
    const struct value *frames = value_member(opening, "frames");
    if (frames->count != v->stratum_count) return false;
    const struct verify_stratum *stratum = v->strata;
    const struct value *at = value_first(frames);
    for (; at != NULL; at = value_next(frames, at), stratum++)
        if (!bytes_equal(value_member_text(at, "name"), stratum->name))
            return false;
    return true;
}

/* ---- 4.30: rows ---------------------------------------------------------- */

/* That a replacement shows its own reserve is for 4.34 to ask. */
static bool place_target(struct verify *v, struct verify_target *target)
{
    target->stratum = verify_case_stratum(
        v, value_member_text(target->value, "stratum"));
    return target->stratum != VERIFY_NONE;
}

static bool is_row_good(struct verify *v, const struct verify_target *target)
{
    const struct verify_stratum *stratum = &v->strata[target->stratum];
    const struct value *value = target->value;
    struct hash order = value_member_hash(value, "order");
    struct hash blind = value_member_hash(value, "blind");
    struct hash dblind = value_member_hash(value, "dblind");
    if (!uscc_is_id(target->id)) return false;
    if (v->is_public) {
        struct hash key = value_member_hash(
            verify_case_value(v, KIND_OPENING), "frame_key");
        order = frame_order(&key, target->id);
        blind = frame_blind(&key, target->id);
    }
    struct frame_leaf leaf = {
        order, frame_row_digest(&blind, value_member_text(value, "row")),
        frame_duty_digest(&dblind, value_member_text(value, "duty"))
    };
    struct merkle_place place = { target->position,
                                  merkle_leaf(frame_leaf_bytes(&leaf)) };
    struct hash root;
    return verify_case_root(&root, value_member(value, "path"), &place,
                            stratum->count) &&
           hash_equal(frame_commitment(stratum->name, stratum->count, &root),
                      stratum->commitment);
}

static bool has_each_once(struct verify *v)
{
    struct bytes *ids = arena_take(&v->arena, v->target_count, sizeof *ids);
    if (ids == NULL) return false;
    for (size_t i = 0; i < v->target_count; i++) ids[i] = v->targets[i].id;
    return verify_case_differ(ids, v->target_count);
}

bool verify_opening_rows(struct verify *v)
{
    for (size_t i = 0; i < v->target_count; i++)
        if (!place_target(v, &v->targets[i]) ||
            !is_row_good(v, &v->targets[i]))
            return false;
    return has_each_once(v);
}

/* ---- 4.31: duties -------------------------------------------------------- */

static bool has_member(const struct value *pool, uint64_t inspector)
{
    const struct value *at = value_first(pool);
    for (; at != NULL; at = value_next(pool, at))
        if (value_u64(at) == inspector) return true;
    return false;
}

static bool is_duty_good(const struct value *duty,
                         const struct value *const *pools, uint64_t count)
{
    const struct value *posts = value_member(duty, "posts");
    const struct value *recused = value_member(duty, "recused");
    const struct value *post = value_first(posts);
    for (; post != NULL; post = value_next(posts, post))
        if (value_u64(post) >= count) return false;

    const struct value *last = NULL;
    const struct value *at = value_first(recused);
    for (; at != NULL; at = value_next(recused, at)) {
        if (last != NULL && value_u64(last) >= value_u64(at)) return false;
        post = value_first(posts);
        while (post != NULL &&
               !has_member(pools[value_u64(post)], value_u64(at)))
            post = value_next(posts, post);
        if (post == NULL) return false;
        last = at;
    }
    return true;
}

bool verify_opening_duties(struct verify *v)
{
    if (v->target_count == 0) return true;
    const struct value *list = verify_case_list(
        v, verify_case_value(v, KIND_FREEZE), "pools");
    const struct value **pools =
        // NOLINTNEXTLINE(bugprone-sizeof-expression): a list of pointers
        arena_take(&v->arena, list->count, sizeof *pools);
    if (pools == NULL) return false;
    size_t count = 0;
    const struct value *at = value_first(list);
    for (; at != NULL; at = value_next(list, at)) pools[count++] = at;
    for (size_t i = 0; i < v->target_count; i++)
        if (!is_duty_good(v->targets[i].duty, pools, count)) return false;
    return true;
}

/* ---- 4.36: disclosures --------------------------------------------------- */

bool verify_opening_disclosures(struct verify *v)
{
    const struct value *opening = verify_case_value(v, KIND_OPENING);
    if (opening == NULL) return true;
    const struct value *list = verify_case_list(v, opening, "disclosures");
    const struct value *at = value_first(list);
    for (size_t i = 0; i < v->at[KIND_OPENING]; i++) {
        const struct value *digest =
            value_member(v->entries[i].value, "digest");
        if (digest == NULL) continue;
        if (at == NULL) return false;
        struct hash salt = value_member_hash(at, "salt");
        if (!hash_equal(value_member_hash(at, "entry"), v->entries[i].hash) ||
            !hash_equal(digest_salted(&salt, value_member_text(at, "why")),
                        value_hash(digest)))
            return false;
        at = value_next(list, at);
    }
    return at == NULL;
}
