/* 4.32 to 4.34: crews, and the inspectors in them. */
#include "audits/verify_rule.h"

#include "core/crew.h"
#include "core/roster.h"

static struct hash digest_of(const struct verify_target *target,
                             const struct value *crew)
{
    struct hash blind = value_member_hash(target->value, "crew_blind");
    return crew_digest(&blind, value_text(crew));
}

static bool is_drawn_good(const struct verify *v,
                          const struct verify_target *target,
                          struct merkle_place place, uint64_t count)
{
    const struct value *crew = value_member(target->value, "crew");
    if (target->crew == NULL) return false;
    struct hash leaf = digest_of(target, crew), root;
    place.leaf = merkle_leaf(hash_bytes(&leaf));
    return verify_case_root(&root, value_member(target->value, "crew_path"),
                            &place, count) &&
           hash_equal(
               crew_commitment(count, &root),
               value_member_hash(verify_case_value(v, KIND_DRAW), "crews"));
}

/* Nothing was drawn: the commitment to no crews. */
static bool is_empty(const struct verify *v)
{
    struct hash root = merkle_root(NULL, 0);
    return hash_equal(
        crew_commitment(0, &root),
        value_member_hash(verify_case_value(v, KIND_DRAW), "crews"));
}

bool verify_crew_drawn(struct verify *v)
{
    struct merkle_place place = { 0 };
    uint64_t count = 0;
    for (size_t i = 0; i < v->stratum_count; i++) count += v->strata[i].take;
    for (size_t i = 0; i < v->target_count; i++) {
        const struct verify_target *target = &v->targets[i];
        if (target->is_drawn) {
            if (!is_drawn_good(v, target, place, count)) return false;
            place.index++;
            continue;
        }
        /* Shown by its replacement, a reserve brings its crew along: 4.34. */
        bool is_late = target->opened_by != v->at[KIND_OPENING];
        if (!is_late && target->crew != NULL) return false;
        if (value_member(target->value, "crew_path")->count != 0) return false;
    }
    return count != 0 || v->at[KIND_DRAW] == VERIFY_NONE || is_empty(v);
}

/* ---- 4.33 ---------------------------------------------------------------- */

struct inspector {
    uint64_t index;
    const struct value *text;
    bool is_holder;
};

struct inspectors {
    struct inspector *at;
    size_t count;
};

static bool is_in_roster(const struct verify *v, const struct value *inspector)
{
    const struct value *roster =
        value_member(verify_case_value(v, KIND_FREEZE), "roster");
    uint64_t count = value_member_u64(roster, "count");
    struct hash blind = value_member_hash(inspector, "blind");
    struct roster_leaf leaf = {
        roster_digest(&blind, value_member_text(inspector, "text")),
        value_member_hash(inspector, "person")
    };
    struct merkle_place place = { value_member_u64(inspector, "index"),
                                  merkle_leaf(roster_leaf_bytes(&leaf)) };
    struct hash root;
    return verify_case_root(&root, value_member(inspector, "path"), &place,
                            count) &&
           hash_equal(roster_commitment(count, &root),
                      value_member_hash(roster, "commitment"));
}

static bool read_inspectors(struct verify *v, struct inspectors *all,
                            const struct value *list)
{
    *all = (struct inspectors){ arena_take(&v->arena, value_count(list),
                                           sizeof *all->at),
                                0 };
    if (all->at == NULL) return false;
    const struct value *at = value_first(list);
    for (; at != NULL; at = value_next(list, at)) {
        struct inspector *one = &all->at[all->count];
        one->index = value_member_u64(at, "index");
        if (all->count > 0 && one[-1].index >= one->index) return false;
        one->text =
            value_read(&v->arena, value_member_text(at, "text"), CANON_SORTED);
        if (one->text == NULL || !is_in_roster(v, at)) return false;
        all->count++;
    }
    return true;
}

static struct inspector *find(const struct inspectors *all, uint64_t index)
{
    size_t low = 0, high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->at[middle].index == index) return &all->at[middle];
        if (all->at[middle].index < index) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

static bool has_holders(const struct inspectors *all, const struct value *crew)
{
    const struct value *list = value_member(crew, "holders");
    const struct value *at = value_first(list);
    for (; at != NULL; at = value_next(list, at)) {
        if (value_is_null(at)) continue;
        struct inspector *one = find(all, value_member_u64(at, "index"));
        if (one == NULL ||
            !bytes_equal(value_member_text(at, "certificate"),
                         value_member_text(one->text, "certificate")) ||
            !bytes_equal(value_member_text(at, "unit"),
                         value_member_text(one->text, "unit")))
            return false;
        one->is_holder = true;
    }
    return true;
}

static bool is_none_idle(const struct inspectors *all)
{
    for (size_t i = 0; i < all->count; i++)
        if (!all->at[i].is_holder) return false;
    return true;
}

static bool has_opened(struct verify *v)
{
    struct inspectors all;
    if (!read_inspectors(
            v, &all,
            verify_case_list(v, verify_case_value(v, KIND_OPENING),
                             "inspectors")))
        return false;
    for (size_t i = 0; i < v->target_count; i++) {
        const struct verify_target *target = &v->targets[i];
        if (target->opened_by != v->at[KIND_OPENING]) continue;
        if (target->crew != NULL && !has_holders(&all, target->crew))
            return false;
        uint32_t later = value_member(target->value, "later")->count;
        for (uint32_t k = 0; k < later; k++)
            if (!has_holders(&all, target->later[k])) return false;
    }
    return is_none_idle(&all);
}

/* The crew that an entry after the opening shows; NULL: none. */
static const struct value *shown_crew(const struct verify *v, size_t entry)
{
    if (v->entries[entry].kind == KIND_STAND_IN) return v->entries[entry].crew;
    for (size_t i = 0; i < v->target_count; i++)
        if (v->targets[i].opened_by == entry) return v->targets[i].crew;
    return NULL;
}

bool verify_crew_inspectors(struct verify *v)
{
    if (v->at[KIND_OPENING] == VERIFY_NONE) return true;
    if (!has_opened(v)) return false;
    for (size_t i = v->at[KIND_OPENING] + 1; i < v->entry_count; i++) {
        const struct value *opens = value_member(v->entries[i].value, "opens");
        if (opens == NULL) continue;
        struct inspectors all;
        if (!read_inspectors(v, &all, value_member(opens, "inspectors")))
            return false;
        const struct value *crew = shown_crew(v, i);
        if (crew != NULL && !has_holders(&all, crew)) return false;
        if (!is_none_idle(&all)) return false;
    }
    return true;
}

/* ---- 4.34 ---------------------------------------------------------------- */

/* Does this entry set a crew of the target? */
static bool sets_crew(const struct verify_target *target,
                      const struct verify_entry *entry)
{
    if (entry->kind != KIND_REPLACEMENT && entry->kind != KIND_STAND_IN)
        return false;
    const char *key =
        entry->kind == KIND_REPLACEMENT ? "reserve" : "position";
    const struct value *position = value_member(entry->value, key);
    return !value_is_null(position) &&
           value_u64(position) == target->position &&
           bytes_equal(value_member_text(entry->value, "stratum"),
                       value_member_text(target->value, "stratum"));
}

static bool has_later(const struct verify *v,
                      const struct verify_target *target)
{
    const struct value *list = value_member(target->value, "later");
    const struct value *at = value_first(list);
    size_t end = target->opened_by == v->at[KIND_OPENING] ?
                     v->at[KIND_OPENING] :
                     0;
    for (size_t i = 0; i < end; i++) {
        const struct verify_entry *entry = &v->entries[i];
        if (!sets_crew(target, entry)) continue;
        if (at == NULL ||
            !hash_equal(value_member_hash(at, "entry"), entry->hash) ||
            !hash_equal(digest_of(target, value_member(at, "crew")),
                        value_member_hash(entry->value, "crew")))
            return false;
        at = value_next(list, at);
    }
    return at == NULL;
}

/* A replacement shows its own reserve, and with it the crew it sets. */
static bool is_reserve_good(const struct value *entry,
                            const struct value *target)
{
    const struct value *reserve = value_member(entry, "reserve");
    if (value_is_null(reserve) || value_is_null(target))
        return value_is_null(reserve) && value_is_null(target);
    const struct value *crew = value_member(target, "crew");
    struct hash blind = value_member_hash(target, "crew_blind");
    return value_member_u64(target, "position") == value_u64(reserve) &&
           bytes_equal(value_member_text(target, "stratum"),
                       value_member_text(entry, "stratum")) &&
           !value_is_null(crew) &&
           hash_equal(crew_digest(&blind, value_text(crew)),
                      value_member_hash(entry, "crew"));
}

static bool is_shown_good(const struct verify *v, size_t index)
{
    const struct value *entry = v->entries[index].value;
    const struct value *opens = value_member(entry, "opens");
    if (v->entries[index].kind == KIND_REPLACEMENT)
        return is_reserve_good(entry, value_member(opens, "target"));
    const struct verify_target *target = verify_case_target(
        v, verify_case_stratum(v, value_member_text(entry, "stratum")),
        value_member_u64(entry, "position"));
    return target != NULL &&
           hash_equal(digest_of(target, value_member(opens, "crew")),
                      value_member_hash(entry, "crew"));
}

bool verify_crew_later(struct verify *v)
{
    for (size_t i = 0; i < v->target_count; i++)
        if (!has_later(v, &v->targets[i])) return false;
    for (size_t i = 0; i < v->entry_count; i++)
        if (value_member(v->entries[i].value, "opens") != NULL &&
            !is_shown_good(v, i))
            return false;
    return true;
}
