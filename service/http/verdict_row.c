#include "http/verdict_row.h"

#include "core/rate.h"
#include "http/profile.h"

enum { SMALL = 10 };

static uint64_t reserves(const struct verify *v, size_t stratum)
{
    uint64_t count = 0;
    for (size_t i = 0; i < v->move_count; i++)
        count += v->moves[i].stratum == stratum && v->moves[i].has_reserve;
    return count;
}

static uint64_t drops(const struct verify *v, size_t stratum)
{
    uint64_t count = 0;
    for (size_t i = 0; i < v->move_count; i++)
        count += v->moves[i].stratum == stratum;
    return count;
}

/* After the freeze N and k are known, before it only what is planned. */
static void write_stratum(struct canon *c, const struct verdict *verdict,
                          const struct value *planned, size_t index)
{
    const struct verify *v = &verdict->v;
    const struct value *d = verdict_entry(verdict, KIND_DRAW);
    bool is_counted = verdict_entry(verdict, KIND_FREEZE) != NULL &&
                      index < v->stratum_count;
    uint64_t count = is_counted ? v->strata[index].count : 0;
    uint64_t take = is_counted ? v->strata[index].take : 0;
    const struct value *drawn = value_item(value_member(d, "strata"), index);
    canon_object(c);
    if (is_counted)
        canon_member_hash(c, "commitment", v->strata[index].commitment);
    canon_member_u64(c, "count", count);
    canon_member_u64(c, "drop_count", is_counted ? drops(v, index) : 0);
    canon_member_u64(c, "is_counted", is_counted);
    canon_member_u64(
        c, "is_internal",
        value_is_text(value_member(planned, "class"), "internal"));
    canon_member_u64(c, "is_small", is_counted && count < SMALL);
    canon_member_string(c, "name", value_member_text(planned, "name"));
    canon_member_string(c, "planned", value_member_text(planned, "take"));
    if (drawn != NULL)
        canon_member_string(c, "positions",
                            value_member_text(drawn, "positions"));
    canon_member_u64(c, "reserve_count",
                     is_counted ? reserves(v, index) : 0);
    canon_member_u64(c, "share", rate_share(take, count));
    canon_member_u64(c, "take", take);
    canon_object_end(c);
}

void verdict_row_strata(struct canon *c, const struct verdict *verdict)
{
    const struct value *a = verdict_entry(verdict, KIND_ANNOUNCEMENT);
    const struct value *list = value_member(a, "strata");
    const struct value *at = value_first(list);
    canon_key(c, "strata");
    canon_array(c);
    for (size_t i = 0; at != NULL; at = value_next(list, at), i++)
        write_stratum(c, verdict, at, i);
    canon_array_end(c);
}

/* ---- rows ------------------------------------------------------------ */
static bool is_dropped(const struct verify *v,
                       const struct verify_target *target)
{
    for (size_t i = 0; i < v->move_count; i++)
        if (v->moves[i].stratum == target->stratum &&
            v->moves[i].dropped == target->position)
            return true;
    return false;
}

/* The department that a seat belongs to: A's order, then its seats. */
static struct bytes department_of(const struct value *a, uint64_t seat)
{
    const struct value *list = value_member(a, "departments");
    const struct value *at = value_first(list);
    for (; at != NULL; at = value_next(list, at)) {
        uint64_t seats = value_member_u64(at, "seats");
        if (seat < seats) return value_member_text(at, "name");
        seat -= seats;
    }
    return bytes_text("");
}

static void write_holder(struct canon *c, const struct value *a,
                         const struct value *holder, uint64_t seat)
{
    bool is_open = value_is_null(holder);
    canon_object(c);
    if (!is_open)
        profile_certificate(c, "certificate",
                            value_member_text(holder, "certificate"));
    profile_member(c, "department", department_of(a, seat));
    canon_member_u64(c, "is_open", is_open);
    canon_member_u64(c, "seat", seat + 1);
    if (!is_open)
        profile_member(c, "unit", value_member_text(holder, "unit"));
    canon_object_end(c);
}

/* The latest crew of a position. */
static void write_crew(struct canon *c, const struct value *a,
                       const struct verify_target *target)
{
    uint64_t later =
        value_count(value_member(target->value, "later"));
    const struct value *crew = target->crew;
    if (later != 0 && target->later != NULL) crew = target->later[later - 1];
    const struct value *holders = value_member(crew, "holders");
    const struct value *at = value_first(holders);
    canon_key(c, "crew");
    canon_array(c);
    for (uint64_t seat = 0; at != NULL; at = value_next(holders, at), seat++)
        write_holder(c, a, at, seat);
    canon_array_end(c);
}

static void write_row(struct canon *c, const struct verdict *verdict,
                      uint64_t index)
{
    const struct verify *v = &verdict->v;
    const struct verify_target *target = &v->targets[index];
    canon_object(c);
    write_crew(c, verdict_entry(verdict, KIND_ANNOUNCEMENT), target);
    canon_member_u64(c, "is_dropped", is_dropped(v, target));
    canon_member_u64(c, "is_reserve", !target->is_drawn);
    canon_member_u64(c, "later_count",
                     value_count(value_member(target->value, "later")));
    canon_member_u64(c, "place", index + 1);
    canon_member_u64(c, "position", target->position);
    canon_key(c, "row");
    canon_object(c);
    profile_write_value(c, target->row, profile_row);
    canon_object_end(c);
    canon_member_string(c, "stratum",
                        value_member_text(target->value, "stratum"));
    canon_object_end(c);
}

uint64_t verdict_row_count(const struct verdict *verdict)
{
    return verdict->v.rule == NULL ? verdict->v.target_count : 0;
}

void verdict_row_page(struct canon *c, const struct verdict *verdict,
                      uint64_t page)
{
    uint64_t count = verdict_row_count(verdict);
    uint64_t from = (page - 1) * VERDICT_ROW_PAGE;
    for (uint64_t i = from; i < count && i < from + VERDICT_ROW_PAGE; i++)
        write_row(c, verdict, i);
}

/* ---- what changed ---------------------------------------------------- */
static void text_member(struct canon *c, const char *key,
                        const struct value *object, const char *from)
{
    const struct value *value = value_member(object, from);
    if (value != NULL) profile_member(c, key, value_text(value));
}

/* Reasons stay closed until the opening; `why` is NULL until then. */
static void write_change(struct canon *c, const struct verify_entry *entry)
{
    const struct value *value = entry->value;
    const struct value *reserve = value_member(value, "reserve");
    bool is_closed = entry->why == NULL &&
                     (entry->kind == KIND_REPLACEMENT ||
                      entry->kind == KIND_STAND_IN);
    canon_object(c);
    text_member(c, "authority", value, "authority");
    text_member(c, "cause", value, "cause");
    text_member(c, "class", entry->why, "class");
    text_member(c, "date", entry->why, "date");
    text_member(c, "document", value, "document");
    canon_member_u64(c, "is_annul", entry->kind == KIND_ANNUL);
    canon_member_u64(c, "is_closed", is_closed);
    canon_member_u64(c, "is_direct", entry->kind == KIND_DIRECT);
    canon_member_u64(c, "is_empty",
                     reserve != NULL && value_is_null(reserve));
    canon_member_u64(c, "is_replacement", entry->kind == KIND_REPLACEMENT);
    canon_member_u64(c, "is_stand_in", entry->kind == KIND_STAND_IN);
    canon_member_u64(c, "is_void", entry->kind == KIND_VOID);
    canon_member_u64(c, "position", value_member_u64(value, "position"));
    text_member(c, "reason", value, "reason");
    canon_member_u64(c, "reserve", value_u64(reserve));
    text_member(c, "source", entry->why, "source");
    text_member(c, "stratum", value, "stratum");
    canon_member_u64(c, "time", value_member_u64(value, "time"));
    text_member(c, "unit", value, "unit");
    text_member(c, "why", entry->why, "reason");
    canon_object_end(c);
}

void verdict_row_changes(struct canon *c, const struct verdict *verdict)
{
    const struct verify *v = &verdict->v;
    canon_key(c, "changes");
    canon_array(c);
    for (size_t i = 0; verdict->is_read && i < v->entry_count; i++) {
        enum verify_kind kind = v->entries[i].kind;
        if (kind == KIND_REPLACEMENT || kind == KIND_STAND_IN ||
            kind == KIND_DIRECT || kind == KIND_VOID || kind == KIND_ANNUL)
            write_change(c, &v->entries[i]);
    }
    canon_array_end(c);
}
