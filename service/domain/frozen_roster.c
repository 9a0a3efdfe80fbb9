#include "domain/frozen_roster.h"

#include "core/roster.h"
#include "domain/area.h"
#include "host/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DUTIES_MAX = 8192, DUTY_SLOTS = 4 * DUTIES_MAX };

static int compare_inspectors(const void *a, const void *b)
{
    const struct frozen_inspector *x = a, *y = b;
    return hash_compare(&x->order, &y->order);
}

static struct hash inspector_leaf(const struct hash *key,
                                  const struct roster_row *row)
{
    uint8_t room[4096];
    const struct roster_entry entry = { row->certificate, row->unit,
                                        row->name };
    struct hash b = roster_blind(key, row->certificate);
    struct hash p = roster_person_blind(key, row->certificate);
    struct writer text = writer_into(room, sizeof room);
    roster_write_text(&text, &entry);
    struct roster_leaf leaf;
    leaf.inspector = roster_digest(&b, writer_bytes(&text));
    text = writer_into(room, sizeof room);
    roster_write_person(&text, &entry);
    leaf.person = roster_person_digest(&p, writer_bytes(&text));
    return merkle_leaf(roster_leaf_bytes(&leaf));
}

enum err frozen_roster_build(struct frozen *f)
{
    const struct roster *roster = f->input.roster;
    const struct hash *key = &f->input.keys.roster;
    if (roster->count > TEAM_INSPECTORS_MAX) return ERR_LIMIT;

    f->inspector_count = (uint32_t)roster->count;
    f->inspectors =
        arena_take(&f->arena, roster->count + 1, sizeof *f->inspectors);
    f->duties = arena_take(&f->arena, DUTIES_MAX, sizeof *f->duties);
    f->duty_slots = arena_take(&f->arena, DUTY_SLOTS, sizeof *f->duty_slots);
    f->roster.size = roster->count;
    f->roster.nodes = arena_take(
        &f->arena, (size_t)merkle_levels_count(roster->count) + 1,
        sizeof *f->roster.nodes);
    if (f->arena.is_short) return ERR_MEMORY;

    for (size_t i = 0; i < roster->count; i++) {
        f->inspectors[i].row = &roster->rows[i];
        f->inspectors[i].order =
            roster_order(key, roster->rows[i].certificate);
    }
    qsort(f->inspectors, roster->count, sizeof *f->inspectors,
          compare_inspectors);
    for (size_t i = 0; i < roster->count; i++)
        f->roster.nodes[i] = inspector_leaf(key, f->inspectors[i].row);
    struct hash root = merkle_root(f->roster.nodes, roster->count);
    merkle_levels_fill(&f->roster);
    f->roster_commitment = roster_commitment(roster->count, &root);
    return OK;
}

struct wish {
    struct bytes district, department;
    char day[CLOCK_TEXT_MAX]; /* certificates must last until then */
};

static bool is_member(const struct roster_row *row, const struct wish *wish)
{
    if (row->department.len != 0 &&
        !bytes_equal(row->department, wish->department))
        return false;
    if (row->expiry.len != 0 &&
        bytes_compare(row->expiry, bytes_of(wish->day, 10)) < 0)
        return false;
    return row->district.len == 0 ||
           bytes_equal(row->district, wish->district) ||
           area_is_city_of(row->district, wish->district);
}

static struct team_pool make_pool(struct frozen *f, const struct wish *wish)
{
    uint32_t *members =
        arena_take(&f->arena, f->inspector_count + 1, sizeof *members);
    struct team_pool pool = { members, 0 };
    if (members == NULL) return pool;
    for (uint32_t i = 0; i < f->inspector_count; i++) {
        if (is_member(f->inspectors[i].row, wish)) members[pool.count++] = i;
    }
    return pool;
}

static uint32_t *slot_of(const struct frozen *f, struct bytes district)
{
    uint32_t at = 2166136261u;
    for (size_t i = 0; i < district.len; i++)
        at = (at ^ district.at[i]) * 16777619u;
    for (at %= DUTY_SLOTS;; at = (at + 1) % DUTY_SLOTS) {
        uint32_t found = f->duty_slots[at];
        if (found == 0 ||
            bytes_equal(f->duties[found - 1].district, district))
            return &f->duty_slots[at];
    }
}

const struct frozen_duty *frozen_roster_find(const struct frozen *f,
                                             struct bytes district)
{
    uint32_t found = *slot_of(f, district);
    return found == 0 ? NULL : &f->duties[found - 1];
}

struct frozen_duty *frozen_roster_duty(struct frozen *f, struct bytes district)
{
    uint32_t *slot = slot_of(f, district);
    if (*slot != 0) return &f->duties[*slot - 1];
    if (f->duty_count == DUTIES_MAX) return NULL;

    const struct announcement *a = f->input.announcement;
    struct frozen_duty *duty = &f->duties[f->duty_count];
    duty->district = arena_copy(&f->arena, district);
    struct wish wish = { .district = duty->district };
    clock_print_beijing(wish.day, a->t0);
    for (size_t d = 0; d < a->department_count; d++) {
        wish.department = a->departments[d].name;
        duty->pools[d] = make_pool(f, &wish);
    }
    if (f->arena.is_short) return NULL;
    *slot = (uint32_t)++f->duty_count;
    return duty;
}

static int compare_pools(const void *a, const void *b)
{
    const struct team_pool *x = a, *y = b;
    uint32_t count = x->count < y->count ? x->count : y->count;
    for (uint32_t i = 0; i < count; i++) {
        if (x->members[i] != y->members[i])
            return x->members[i] < y->members[i] ? -1 : 1;
    }
    return (x->count > y->count) - (x->count < y->count);
}

static enum err collect_pools(struct frozen *f)
{
    const struct announcement *a = f->input.announcement;
    f->pools = arena_take(&f->arena, f->duty_count * a->department_count + 1,
                          sizeof *f->pools);
    if (f->pools == NULL) return ERR_MEMORY;

    uint32_t count = 0;
    for (size_t i = 0; i < f->duty_count; i++) {
        const struct frozen_duty *duty = &f->duties[i];
        for (size_t d = 0; duty->is_used && d < a->department_count; d++) {
            if (duty->pools[d].count == 0) {
                bool is_none = duty->district.len == 0;
                snprintf(f->why, sizeof f->why,
                         "%s%.*s%s的检查对象没有“%.*s”的检查人员可派。"
                         "请补充该区划或全市的检查人员，或在公告中缩小范围",
                         is_none ? "没有行政区划" : "行政区划“",
                         (int)duty->district.len,
                         (const char *)duty->district.at,
                         is_none ? "" : "”",
                         (int)a->departments[d].name.len,
                         (const char *)a->departments[d].name.at);
                return ERR_INPUT;
            }
            f->pools[count++] = duty->pools[d];
        }
    }
    qsort(f->pools, count, sizeof *f->pools, compare_pools);
    for (uint32_t i = 0; i < count; i++) {
        if (f->pool_count == 0 ||
            compare_pools(&f->pools[f->pool_count - 1], &f->pools[i]) != 0)
            f->pools[f->pool_count++] = f->pools[i];
    }
    return OK;
}

static enum err write_duty(struct frozen *f, struct frozen_duty *duty)
{
    const struct announcement *a = f->input.announcement;
    uint8_t room[1024];
    size_t seat = 0;
    for (size_t d = 0; d < a->department_count; d++) {
        const struct team_pool *pool =
            bsearch(&duty->pools[d], f->pools, f->pool_count,
                    sizeof *f->pools, compare_pools);
        for (uint32_t s = 0; s < a->departments[d].seats; s++)
            duty->posts[seat++] =
                pool == NULL ? 0 : (uint32_t)(pool - f->pools);
    }
    const struct frame_duty plain = { duty->posts, seat, NULL, 0 };
    struct writer w = writer_into(room, sizeof room);
    frame_write_duty(&w, &plain);
    duty->text = arena_copy(&f->arena, writer_bytes(&w));
    return w.is_full ? ERR_FULL : f->arena.is_short ? ERR_MEMORY : OK;
}

enum err frozen_roster_number(struct frozen *f)
{
    enum err err = collect_pools(f);
    for (size_t i = 0; i < f->duty_count && err == OK; i++) {
        if (f->duties[i].is_used) err = write_duty(f, &f->duties[i]);
    }
    return err;
}
