/* What the witnesses saw, and when; as of when the log is judged. */
#include "audits/audit_case.h"

size_t audit_time_first(const struct audit *a, size_t entry)
{
    size_t low = 0, high = a->head_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (a->heads[middle].size > entry) high = middle;
        else low = middle + 1;
    }
    return low == a->head_count ? AUDIT_NONE : low;
}

static bool view_head(struct policy_view *view, const struct audit_head *head,
                      const struct policy *policy)
{
    struct note note;
    return note_read(&note, head->text) == OK &&
           policy_view_note(view, policy, &note) == OK;
}

size_t audit_time_seen(const struct audit *a, const struct policy *policy,
                       size_t entry, uint64_t deadline)
{
    if (policy->quorum.who == POLICY_NONE)
        return a->entries[entry].time <= deadline ? audit_time_first(a, entry)
                                                  : AUDIT_NONE;
    size_t first = audit_time_first(a, entry);
    for (size_t i = first; i < a->head_count; i++) {
        struct policy_view view;
        uint64_t time;
        if (view_head(&view, &a->heads[i], policy) &&
            policy_first_time(&time, policy, &view) == OK && time <= deadline)
            return i;
    }
    return AUDIT_NONE;
}

void audit_time_learn(struct audit_policy *policy, const struct audit *a)
{
    const struct policy *p = policy->policy;
    policy->last = a->head_count - 1;
    if (p->quorum.who == POLICY_NONE) {
        policy->has_as_of = true;
        for (size_t i = 0; i < a->entry_count; i++)
            if (a->entries[i].time > policy->as_of)
                policy->as_of = a->entries[i].time;
    }
    /* Witnesses of an earlier policy need not sign the newest heads. */
    for (size_t i = a->head_count; i > 0 && !policy->has_as_of; i--) {
        struct policy_view view;
        policy->has_as_of =
            view_head(&view, &a->heads[i - 1], p) &&
            policy_last_time(&policy->as_of, p, &view) == OK;
        if (policy->has_as_of) policy->last = i - 1;
    }
    if (!a->options.has_now) return;
    policy->has_as_of = true;
    policy->as_of = a->options.now;
}
