/* 5.07, 5.10 to 5.14, 5.17 to 5.19: how each draw went. */
#include "audits/audit_case.h"

enum { DAY_S = 86400 };

struct audit_draw *audit_draw_of(const struct audit *a, uint64_t number)
{
    /* Without gaps a number is a place. */
    if (number - 1 < a->draw_count && a->draws[number - 1].number == number)
        return &a->draws[number - 1];
    for (size_t i = a->has_gap ? a->draw_count : 0; i > 0; i--)
        if (a->draws[i - 1].number == number) return &a->draws[i - 1];
    return NULL;
}

static struct audit_draw *begin(struct audit *a, uint64_t number)
{
    if (a->draw_count == a->draw_max) {
        size_t max = a->draw_max == 0 ? 64 : 2 * a->draw_max;
        struct audit_draw *draws = arena_take(&a->arena, max, sizeof *draws);
        if (draws == NULL) return NULL;
        if (a->draw_count != 0)
            bytes_copy(draws, a->draws, a->draw_count * sizeof *draws);
        a->draws = draws;
        a->draw_max = max;
    }
    struct audit_draw *draw = &a->draws[a->draw_count++];
    draw->number = number;
    draw->first = draw->last = AUDIT_NONE;
    a->has_gap |= number != a->draw_count;
    for (size_t i = 0; i < KIND_COUNT; i++) draw->at[i] = AUDIT_NONE;
    return draw;
}

bool audit_draw_add(struct audit *a, size_t index)
{
    const struct audit_entry *entry = &a->entries[index];
    bool is_once = entry->kind >= KIND_ANNOUNCEMENT &&
                   entry->kind <= KIND_DRAW;
    if (entry->kind < KIND_ANNOUNCEMENT || entry->kind == KIND_ITEMS)
        return true;
    struct audit_draw *draw = audit_draw_of(a, entry->draw);
    if (draw == NULL && entry->kind != KIND_ANNOUNCEMENT) {
        audit_find(a, "5.16", "第 %zu 条：第 %llu 号抽取没有公告（3.02）",
                   index, (unsigned long long)entry->draw);
        return true;
    }
    if (draw == NULL && (draw = begin(a, entry->draw)) == NULL) return false;
    if (draw->first == AUDIT_NONE) draw->first = index;
    else a->entries[draw->last].next = index;
    draw->last = index;
    if (draw->at[entry->kind] == AUDIT_NONE)
        draw->at[entry->kind] = index;
    else if (is_once)
        audit_find(a, "5.07",
                   "第 %llu 号抽取：第 %zu 条是又一条 %s，只认第 %zu 条",
                   (unsigned long long)entry->draw, index,
                   verify_table[entry->kind].kind, draw->at[entry->kind]);
    return true;
}

/* ---- the state of one draw ---------------------------------------------- */

struct state {
    struct audit *a;
    struct audit_draw *draw;
    const struct value *announced;
    const struct audit_policy *policy;
    unsigned long long number; /* for printf */
};

static bool has(const struct state *s, enum verify_kind kind)
{
    return s->draw->at[kind] != AUDIT_NONE;
}

static bool is_after(const struct state *s, const char *key)
{
    return s->policy->has_as_of &&
           s->policy->as_of > value_member_u64(s->announced, key);
}

/* 5.11 and 5.12 for F and t0, or V and t1.  True: it is there in time. */
static bool check_step(struct state *s, enum verify_kind kind,
                       const char *deadline, const char *name)
{
    uint64_t limit = value_member_u64(s->announced, deadline);
    if (has(s, kind) && audit_time_seen(s->a, s->policy->policy,
                                        s->draw->at[kind], limit) != AUDIT_NONE)
        return true;
    if (has(s, KIND_VOID)) return false;
    if (has(s, kind) && is_after(s, deadline)) {
        audit_find(s->a, "5.11", "第 %llu 号抽取：%s逾期，又没有作废",
                   s->number, name);
        s->draw->is_reported = true;
    } else if (is_after(s, deadline)) {
        audit_find(s->a, "5.12", "第 %llu 号抽取失败：未按时%s，也没有作废",
                   s->number, name);
        s->draw->is_reported = true;
    }
    return false;
}

static void check_end(struct state *s)
{
    if (has(s, KIND_ANNUL)) {
        if (!has(s, KIND_OPENING) ||
            s->draw->at[KIND_ANNUL] < s->draw->at[KIND_OPENING])
            audit_find(s->a, "5.14", "第 %llu 号抽取：公开之前就撤销",
                       s->number);
        audit_remark(s->a, "5.19", "第 %llu 号抽取已撤销", s->number);
    }
    if (!has(s, KIND_VOID)) return;
    const struct audit_entry *ending = &s->a->entries[s->draw->at[KIND_VOID]];
    struct bytes cause = value_member_text(ending->value, "cause");
    audit_remark(s->a, "5.18", "第 %llu 号抽取已作废（%.*s）", s->number,
                 (int)cause.len, (const char *)cause.at);
    if (has(s, KIND_BEACON) || has(s, KIND_DRAW)) {
        audit_find(s->a, "5.10", "第 %llu 号抽取：信标或抽取之后不能作废",
                   s->number);
        s->draw->is_reported = true;
    }
}

static void check_opening(struct state *s)
{
    if (!has(s, KIND_VOID) && !has(s, KIND_OPENING) && is_after(s, "t4"))
        audit_find(s->a, "5.13", "第 %llu 号抽取：逾期没有公开", s->number);
    if (has(s, KIND_DRAW) && !has(s, KIND_OPENING))
        audit_remark(s->a, "5.16",
                     "第 %llu 号抽取尚未公开：抽中的对象和人员未核对",
                     s->number);
}

/* 5.17: everything was set a day ago, and nobody drew. */
static void check_settled(struct state *s)
{
    uint64_t delay = s->a->is_rehearsal ? CHAIN_DELAY_REHEARSAL_S
                                        : CHAIN_DELAY_S;
    uint64_t due = value_member_u64(s->announced, "t1") + delay + DAY_S;
    if (!has(s, KIND_DRAW) && !has(s, KIND_VOID) &&
        s->policy->has_as_of && s->policy->as_of > due)
        audit_remark(s->a, "5.17", "第 %llu 号抽取：已定未办", s->number);
}

static void check_draw(struct state *s)
{
    check_end(s);
    if (check_step(s, KIND_FREEZE, "t0", "封存") &&
        check_step(s, KIND_REVEAL, "t1", "揭示"))
        check_settled(s);
    check_opening(s);
}

void audit_draw_check(struct audit *a)
{
    for (size_t i = 0; i < a->draw_count; i++) {
        struct audit_draw *draw = &a->draws[i];
        struct state s = { .a = a, .draw = draw, .policy = draw->policy };
        s.announced = a->entries[draw->at[KIND_ANNOUNCEMENT]].value;
        s.number = draw->number;
        if (s.policy != NULL) check_draw(&s);
    }
}
