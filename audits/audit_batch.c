/* 5.08 and 5.09: what one announcement owes to the others. */
#include "audits/audit_case.h"

/* The year of the plan that A names, 0 where it is not there. */
static uint64_t year_of(const struct audit *a, const struct audit_entry *entry)
{
    struct hash prev = value_member_hash(entry->value, "prev");
    for (size_t i = 0; i < a->entry_count; i++)
        if (a->entries[i].kind == KIND_PLAN &&
            hash_equal(a->entries[i].hash, prev))
            return value_member_u64(a->entries[i].value, "year");
    return 0;
}

static bool is_same_batch(const struct audit *a, const struct audit_entry *x,
                          const struct audit_entry *y)
{
    return bytes_equal(value_member_text(x->value, "batch"),
                       value_member_text(y->value, "batch")) &&
           year_of(a, x) == year_of(a, y);
}

static bool is_same_slot(const struct audit_entry *x,
                         const struct audit_entry *y)
{
    return hash_equal(value_member_hash(x->value, "book"),
                      value_member_hash(y->value, "book")) &&
           value_member_u64(x->value, "slot") ==
               value_member_u64(y->value, "slot");
}

static bool is_ending_of(const struct audit *a, const struct audit_draw *draw,
                         struct hash ending)
{
    size_t ended = draw->at[KIND_VOID];
    size_t annulled = draw->at[KIND_ANNUL];
    return (ended != AUDIT_NONE &&
            hash_equal(a->entries[ended].hash, ending)) ||
           (annulled != AUDIT_NONE &&
            hash_equal(a->entries[annulled].hash, ending));
}

static void check_ending(struct audit *a, size_t index)
{
    const struct audit_draw *draw = &a->draws[index], *last = NULL;
    size_t at = draw->at[KIND_ANNOUNCEMENT];
    const struct audit_entry *entry = &a->entries[at];
    struct hash ending = value_member_hash(entry->value, "ending"), zeros;
    bytes_fill(&zeros, 0, sizeof zeros);
    bool is_first = hash_equal(ending, zeros);
    for (size_t i = 0; i < index; i++) {
        const struct audit_entry *other =
            &a->entries[a->draws[i].at[KIND_ANNOUNCEMENT]];
        if (is_same_batch(a, other, entry)) last = &a->draws[i];
        if (!is_first && hash_equal(ending, value_member_hash(other->value,
                                                              "ending")))
            audit_find(a, "5.09", "第 %zu 条：同一次终止被指名两次", at);
    }
    bool is_good = last == NULL ? is_first : is_ending_of(a, last, ending);
    if (!is_good)
        audit_find(a, "5.09",
                   "第 %zu 条：这一批次已公告过，而未指明它的作废或撤销", at);
}

void audit_batch_check(struct audit *a)
{
    for (size_t i = 0; i < a->entry_count; i++) {
        if (a->entries[i].kind != KIND_ANNOUNCEMENT) continue;
        for (size_t j = 0; j < i; j++)
            if (a->entries[j].kind == KIND_ANNOUNCEMENT &&
                is_same_slot(&a->entries[j], &a->entries[i]))
                audit_find(a, "5.08", "第 %zu 条与第 %zu 条用了同一个种子格",
                           i, j);
    }
    for (size_t i = 0; i < a->draw_count; i++) check_ending(a, i);
}
