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

bool audit_time_as_of(uint64_t *time, const struct audit *a,
                      const struct policy *policy)
{
    const struct audit_head *last = &a->heads[a->head_count - 1];
    struct policy_view view;
    *time = a->options.now;
    if (a->options.has_now) return true;
    if (policy->quorum.who != POLICY_NONE)
        return view_head(&view, last, policy) &&
               policy_last_time(time, policy, &view) == OK;
    for (size_t i = 0; i < a->entry_count; i++)
        if (a->entries[i].time > *time) *time = a->entries[i].time;
    return true;
}
