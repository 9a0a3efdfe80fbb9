/* 5.08 and 5.09: what one announcement owes to the others. */
#include "audits/audit_case.h"

#include <stdlib.h>

/* An announcement, beside its like once sorted. */
struct fact {
    uint64_t number; /* year, or slot */
    struct hash hash; /* of the batch's code, the book, or the ending */
    size_t at;        /* of the draw, or of the entry                 */
};

static int compare_facts(const void *a, const void *b)
{
    const struct fact *x = a, *y = b;
    if (x->number != y->number) return x->number < y->number ? -1 : 1;
    int order = hash_compare(&x->hash, &y->hash);
    if (order != 0) return order;
    return (x->at > y->at) - (x->at < y->at);
}

static bool is_alike(const struct fact *x, const struct fact *y)
{
    return x->number == y->number && hash_equal(x->hash, y->hash);
}

static void sort(struct fact *facts, size_t count)
{
    if (count != 0) qsort(facts, count, sizeof *facts, compare_facts);
}

/* ---- 5.08 ---------------------------------------------------------------- */

static void check_slots(struct audit *a, struct fact *facts)
{
    size_t count = 0;
    for (size_t i = 0; i < a->entry_count; i++) {
        const struct audit_entry *entry = &a->entries[i];
        if (entry->kind != KIND_ANNOUNCEMENT) continue;
        facts[count++] =
            (struct fact){ value_member_u64(entry->value, "slot"),
                           value_member_hash(entry->value, "book"), i };
    }
    sort(facts, count);
    for (size_t i = 1; i < count; i++)
        if (is_alike(&facts[i - 1], &facts[i]))
            audit_find(a, "5.08", "第 %zu 条与第 %zu 条用了同一个种子格",
                       facts[i].at, facts[i - 1].at);
}

/* ---- 5.09 ---------------------------------------------------------------- */

static const struct value *announced_in(const struct audit *a, size_t draw)
{
    return a->entries[a->draws[draw].at[KIND_ANNOUNCEMENT]].value;
}

static bool is_ending_of(const struct audit *a, size_t index,
                         struct hash ending)
{
    const struct audit_draw *draw = &a->draws[index];
    size_t ended = draw->at[KIND_VOID];
    size_t annulled = draw->at[KIND_ANNUL];
    return (ended != AUDIT_NONE &&
            hash_equal(a->entries[ended].hash, ending)) ||
           (annulled != AUDIT_NONE &&
            hash_equal(a->entries[annulled].hash, ending));
}

static bool is_zero(struct hash hash)
{
    struct hash zeros = { { 0 } };
    return hash_equal(hash, zeros);
}

/* Draws of one batch, in log order: each names the ending of the last. */
static void check_chain(struct audit *a, const struct fact *facts,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t draw = facts[i].at;
        struct hash ending =
            value_member_hash(announced_in(a, draw), "ending");
        bool is_first = i == 0 || !is_alike(&facts[i - 1], &facts[i]);
        bool is_good = is_first
                           ? is_zero(ending)
                           : is_ending_of(a, facts[i - 1].at, ending);
        if (!is_good)
            audit_find(
                a, "5.09",
                "第 %zu 条：这一批次已公告过，而未指明它的作废或撤销，"
                "或所指不是它的",
                a->draws[draw].at[KIND_ANNOUNCEMENT]);
    }
}

static void check_endings(struct audit *a, struct fact *facts)
{
    size_t count = 0;
    for (size_t i = 0; i < a->draw_count; i++) {
        struct hash ending = value_member_hash(announced_in(a, i), "ending");
        if (!is_zero(ending)) facts[count++] = (struct fact){ 0, ending, i };
    }
    sort(facts, count);
    for (size_t i = 1; i < count; i++)
        if (is_alike(&facts[i - 1], &facts[i]))
            audit_find(a, "5.09", "第 %zu 条：同一次终止被指名两次",
                       a->draws[facts[i].at].at[KIND_ANNOUNCEMENT]);
}

/* Plans by their hash; `number` is the year. */
static size_t list_plans(const struct audit *a, struct fact *plans)
{
    size_t count = 0;
    for (size_t i = 0; i < a->entry_count; i++)
        if (a->entries[i].kind == KIND_PLAN)
            plans[count++] = (struct fact){ 0, a->entries[i].hash, i };
    sort(plans, count);
    return count;
}

/* The year of the plan that A names, 0 where it is not there. */
static uint64_t year_of(const struct audit *a, const struct fact *plans,
                        size_t count, struct hash prev)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = hash_compare(&plans[middle].hash, &prev);
        if (order == 0)
            return value_member_u64(a->entries[plans[middle].at].value,
                                    "year");
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return 0;
}

void audit_batch_check(struct audit *a)
{
    struct fact *facts = malloc((a->entry_count + 1) * sizeof *facts);
    struct fact *plans = malloc((a->entry_count + 1) * sizeof *plans);
    if (facts == NULL || plans == NULL) {
        *a->is_short = true;
        goto done;
    }
    check_slots(a, facts);
    size_t plan_count = list_plans(a, plans);
    for (size_t i = 0; i < a->draw_count; i++) {
        const struct value *announced = announced_in(a, i);
        facts[i] = (struct fact){
            year_of(a, plans, plan_count,
                    value_member_hash(announced, "prev")),
            hash_sha256(value_member_text(announced, "batch")), i
        };
    }
    sort(facts, a->draw_count);
    check_chain(a, facts, a->draw_count);
    check_endings(a, facts);
done:
    free(facts);
    free(plans);
}
