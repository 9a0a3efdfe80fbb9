/* The policies of a log: each draw is judged by the one its A names. */
#include "audits/audit_case.h"

static struct audit_policy *find(const struct audit *a, struct hash hash)
{
    for (size_t i = a->policy_count; i > 0; i--)
        if (hash_equal(a->policies[i - 1].hash, hash))
            return &a->policies[i - 1];
    return NULL;
}

const struct audit_policy *audit_policy_of(const struct audit *a,
                                           struct hash hash)
{
    const struct audit_policy *policy = find(a, hash);
    return policy == NULL || policy->policy == NULL ? NULL : policy;
}

static bool grow(struct audit *a)
{
    if (a->policy_count < a->policy_max) return true;
    size_t max = a->policy_max == 0 ? 8 : 2 * a->policy_max;
    struct audit_policy *all = arena_take(&a->arena, max, sizeof *all);
    if (all == NULL) return false;
    if (a->policy_count != 0)
        bytes_copy(all, a->policies, a->policy_count * sizeof *all);
    a->policies = all;
    a->policy_max = max;
    return true;
}

static void learn(struct audit *a, size_t index)
{
    struct hash hash = value_member_hash(a->entries[index].value, "policy");
    struct audit_policy *to = find(a, hash);
    bool is_announced = a->entries[index].kind == KIND_ANNOUNCEMENT;
    if (to != NULL) {
        to->is_announced |= is_announced;
        return;
    }
    struct policy *policy = arena_take(&a->arena, 1, sizeof *policy);
    if (policy == NULL || !grow(a)) return;
    to = &a->policies[a->policy_count++];
    to->hash = hash;
    to->is_announced = is_announced;
    if (audit_file_text(&to->text, &a->arena, a, hash) &&
        policy_read_canonical(policy, to->text) == OK) {
        to->policy = policy;
        audit_time_learn(to, a);
    } else {
        audit_find(a, "5.01",
                   "第 %zu 条的见证规则原文缺失或有误，签名无从核对", index);
    }
}

void audit_policy_learn(struct audit *a)
{
    struct bytes origin = value_member_text(a->entries[0].value, "origin");
    if (a->entries[0].kind == KIND_LOG) learn(a, 0);
    for (size_t i = 1; i < a->entry_count; i++)
        if (a->entries[i].kind == KIND_ANNOUNCEMENT) learn(a, i);
    if (a->policy_count == 0) return;
    const struct policy *first = a->policies[0].policy;
    if (first != NULL && a->entries[0].kind == KIND_LOG &&
        !bytes_equal(origin, first->logs[0].key.name))
        audit_find(a, "5.04", "第 0 条的名称不是这份日志的名称");
    for (size_t i = 0; i < a->draw_count; i++) {
        struct audit_draw *draw = &a->draws[i];
        const struct value *announced =
            a->entries[draw->at[KIND_ANNOUNCEMENT]].value;
        draw->policy =
            audit_policy_of(a, value_member_hash(announced, "policy"));
    }
}
