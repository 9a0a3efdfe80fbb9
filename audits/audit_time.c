/* What the witnesses saw, and when; as of when the log is judged. */
#include "audits/audit_case.h"

size_t audit_time_first(const struct audit *a, size_t entry)
{
    for (size_t i = 0; i < a->head_count; i++)
        if (a->heads[i].size > entry) return i;
    return AUDIT_NONE;
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
    for (size_t i = 0; i < a->head_count; i++) {
        struct policy_view view;
        uint64_t time;
        if (a->heads[i].size > entry &&
            view_head(&view, &a->heads[i], policy) &&
            policy_first_time(&time, policy, &view) == OK && time <= deadline)
            return i;
    }
    return AUDIT_NONE;
}

bool audit_time_policy(struct policy *policy, const struct audit *a,
                       const struct audit_draw *draw)
{
    const struct value *announced =
        a->entries[draw->at[KIND_ANNOUNCEMENT]].value;
    const struct audit_file *file =
        audit_file_of(a, value_member_hash(announced, "policy"));
    return file != NULL && policy_read_canonical(policy, file->text) == OK;
}

void audit_time_learn(struct audit *a)
{
    a->has_as_of = true;
    a->as_of = a->options.now;
    if (a->options.has_now) return;
    struct policy_view view;
    const struct audit_head *last = &a->heads[a->head_count - 1];
    if (a->policy->quorum.who == POLICY_NONE) {
        for (size_t i = 0; i < a->entry_count; i++)
            if (a->entries[i].time > a->as_of) a->as_of = a->entries[i].time;
        return;
    }
    a->has_as_of = view_head(&view, last, a->policy) &&
                   policy_last_time(&a->as_of, a->policy, &view) == OK;
}
