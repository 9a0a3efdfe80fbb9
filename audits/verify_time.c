/* 4.10, 4.16, 4.17, 4.38 to 4.40: what the witnesses saw, and when. */
#include "audits/verify_rule.h"

enum { LEAD_S = 86400, LEAD_URGENT_S = 1800 };

static struct verify_judge own_judge(const struct verify *v)
{
    return (struct verify_judge){ v->policy, false };
}

static const struct policy_view *view_of(const struct verify *v,
                                         const struct verify_judge *judge,
                                         enum verify_head_name head)
{
    return judge->is_asked ? &v->heads[head].asked_view : &v->heads[head].view;
}

/*
 * Was the entry seen in `head` by the deadline?  Without a quorum the
 * entry's own time stands for the witnesses'.
 */
static bool is_seen(const struct verify *v, const struct verify_judge *judge,
                    enum verify_head_name head, enum verify_kind kind,
                    uint64_t deadline)
{
    const struct verify_entry *entry = verify_case_entry(v, kind);
    if (!verify_case_holds(v, head, entry)) return false;
    uint64_t time = value_member_u64(entry->value, "time");
    if (judge->policy->quorum.who != POLICY_NONE &&
        policy_first_time(&time, judge->policy, view_of(v, judge, head)) != OK)
        return false;
    return time <= deadline;
}

static bool is_lead_kept(const struct verify *v,
                         const struct verify_judge *judge)
{
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    uint64_t t0 = value_member_u64(a, "t0");
    uint64_t lead = value_member_u64(a, "urgent") ? LEAD_URGENT_S : LEAD_S;
    if (v->is_rehearsal) lead = 0;
    return t0 >= lead && is_seen(v, judge, HEAD_ANNOUNCED, KIND_ANNOUNCEMENT,
                                 t0 - lead);
}

static bool is_freeze_on_time(const struct verify *v,
                              const struct verify_judge *judge)
{
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    return v->at[KIND_FREEZE] == VERIFY_NONE ||
           is_seen(v, judge, HEAD_FROZEN, KIND_FREEZE,
                   value_member_u64(a, "t0"));
}

static bool is_reveal_on_time(const struct verify *v,
                              const struct verify_judge *judge)
{
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    const struct verify_entry *reveal = verify_case_entry(v, KIND_REVEAL);
    return reveal == NULL ||
           (reveal->index >= v->heads[HEAD_FROZEN].checkpoint.head.size &&
            is_seen(v, judge, HEAD_REVEALED, KIND_REVEAL,
                    value_member_u64(a, "t1")));
}

bool verify_time_lead(struct verify *v)
{
    struct verify_judge judge = own_judge(v);
    return is_lead_kept(v, &judge);
}

bool verify_time_freeze(struct verify *v)
{
    struct verify_judge judge = own_judge(v);
    return is_freeze_on_time(v, &judge);
}

bool verify_time_reveal(struct verify *v)
{
    struct verify_judge judge = own_judge(v);
    return is_reveal_on_time(v, &judge);
}

bool verify_time_late(const struct verify *v, const struct verify_judge *judge)
{
    const struct verify_entry *ending = verify_case_entry(v, KIND_VOID);
    const struct verify_entry *before = ending - 1;
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    bool is_freeze =
        value_is_text(value_member(ending->value, "cause"), "freeze-late");
    uint64_t deadline = value_member_u64(a, is_freeze ? "t0" : "t1");
    struct bytes head = value_member_text(ending->value, "head");
    if (before->kind != (is_freeze ? KIND_ANNOUNCEMENT : KIND_FREEZE))
        return false;
    if (judge->policy->quorum.who == POLICY_NONE)
        return head.len == 0 &&
               value_member_u64(ending->value, "time") > deadline;

    const struct verify_head *late = &v->heads[HEAD_LATE];
    uint64_t time;
    return late->value != NULL &&
           bytes_equal(head, value_member_text(late->value, "note")) &&
           verify_case_holds(v, HEAD_LATE, before) &&
           late->checkpoint.head.size <= ending->index &&
           policy_last_time(&time, judge->policy,
                            view_of(v, judge, HEAD_LATE)) == OK &&
           time > deadline;
}

/* As of when the proof is to be judged, if that is known at all. */
static void learn_as_of(struct verify *v)
{
    v->has_as_of = true;
    if (v->options.has_at) {
        v->as_of = v->options.at;
        return;
    }
    if (verify_case_is_unwitnessed(v)) {
        v->as_of = value_member_u64(verify_case_last(v)->value, "time");
        return;
    }
    v->has_as_of = policy_last_time(&v->as_of, v->policy,
                                    &v->heads[HEAD_FINAL].view) == OK;
}

bool verify_time_opened(struct verify *v)
{
    const struct value *a = verify_case_value(v, KIND_ANNOUNCEMENT);
    learn_as_of(v);
    return !v->has_as_of || v->as_of <= value_member_u64(a, "t4") ||
           v->at[KIND_OPENING] != VERIFY_NONE ||
           v->at[KIND_VOID] != VERIFY_NONE;
}

bool verify_time_quorum(struct verify *v)
{
    return policy_is_met(v->policy, v->heads[HEAD_FINAL].view.witnesses);
}

bool verify_time_asked(struct verify *v)
{
    if (v->asked == NULL || v->asked->quorum.who == POLICY_NONE) return true;
    struct verify_judge judge = { v->asked, true };
    const struct value *ending = verify_case_value(v, KIND_VOID);
    const struct value *cause = value_member(ending, "cause");
    bool is_late = value_is_text(cause, "freeze-late") ||
                   value_is_text(cause, "reveal-late");
    return is_lead_kept(v, &judge) && is_freeze_on_time(v, &judge) &&
           is_reveal_on_time(v, &judge) &&
           (!is_late || verify_time_late(v, &judge)) &&
           policy_is_met(v->asked, v->heads[HEAD_FINAL].asked_view.witnesses);
}
