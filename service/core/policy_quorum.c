/* policy, second half: what a policy says about a note. */
#include "core/policy.h"

/* ---- quorums --------------------------------------------------------- */

static bool is_in(struct policy_member member, uint32_t witnesses,
                  uint32_t groups)
{
    uint32_t set = member.who == POLICY_WITNESS ? witnesses : groups;
    return member.who != POLICY_NONE && (set >> member.index & 1) != 0;
}

/* Groups name only what stands before them, so one pass decides. */
bool policy_is_met(const struct policy *policy, uint32_t witnesses)
{
    uint32_t groups = 0;
    for (uint32_t g = 0; g < policy->group_count; g++) {
        const struct policy_group *group = &policy->groups[g];
        uint32_t agree = 0;
        for (uint32_t i = 0; i < group->member_count; i++)
            agree += is_in(group->members[i], witnesses, groups);
        if (agree >= group->need) groups |= 1U << g;
    }
    if (policy->quorum.who == POLICY_NONE) return true;
    return is_in(policy->quorum, witnesses, groups);
}

/*
 * n: witnesses below; q: the least that meet it; both: the least that any
 * two sets that meet it have in common.
 */
struct weight {
    uint32_t n, q, both;
};

static void sort(uint32_t *values, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t held = values[i], at = i;
        for (; at > 0 && values[at - 1] > held; at--)
            values[at] = values[at - 1];
        values[at] = held;
    }
}

static uint32_t sum_least(uint32_t *values, uint32_t count, uint32_t take)
{
    uint32_t sum = 0;
    sort(values, count);
    for (uint32_t i = 0; i < take; i++) sum += values[i];
    return sum;
}

static struct weight weigh(const struct policy_group *group,
                           const struct weight *groups)
{
    struct weight sum = { 0 };
    uint32_t count = group->member_count, need = group->need;
    uint32_t least[POLICY_MEMBERS_MAX] = { 0 };
    uint32_t both[POLICY_MEMBERS_MAX] = { 0 };
    for (uint32_t i = 0; i < count; i++) {
        struct weight one = { 1, 1, 1 };
        if (group->members[i].who == POLICY_GROUP)
            one = groups[group->members[i].index];
        sum.n += one.n;
        least[i] = one.q;
        both[i] = one.both;
    }
    sum.q = sum_least(least, count, need);
    /* Two choices of `need` members share at least 2 * need - count. */
    uint32_t shared = 2 * need > count ? 2 * need - count : 0;
    sum.both = sum_least(both, count, shared);
    return sum;
}

struct policy_bound policy_bound(const struct policy *policy)
{
    struct weight groups[POLICY_GROUPS_MAX], quorum = { 0 };
    for (uint32_t g = 0; g < policy->group_count; g++)
        groups[g] = weigh(&policy->groups[g], groups);
    if (policy->quorum.who == POLICY_WITNESS)
        quorum = (struct weight){ 1, 1, 1 };
    if (policy->quorum.who == POLICY_GROUP)
        quorum = groups[policy->quorum.index];
    return (struct policy_bound){ quorum.n, quorum.q,
                                  (int32_t)quorum.both - 1 };
}

/* ---- notes ----------------------------------------------------------- */

enum err policy_open_checkpoint(struct checkpoint *checkpoint,
                                const struct policy *policy,
                                const struct note *note)
{
    enum err opened = ERR_ABSENT;
    for (uint32_t i = 0; i < policy->log_count; i++) {
        struct checkpoint found;
        enum err err = checkpoint_open(&found, note, &policy->logs[i].key);
        if (err == ERR_ABSENT) continue;
        if (err != OK) return err;
        *checkpoint = found;
        opened = OK;
    }
    return opened;
}

enum err policy_view_note(struct policy_view *view, const struct policy *policy,
                          const struct note *note)
{
    bytes_fill(view, 0, sizeof *view);
    for (uint32_t i = 0; i < policy->witness_count; i++) {
        enum err err =
            cosignature_check(&view->times[i], note, &policy->witnesses[i].key);
        if (err == ERR_ABSENT) continue;
        if (err != OK) return err;
        view->witnesses |= 1U << i;
    }
    return OK;
}

bool policy_is_note_ordered(const struct policy *policy,
                            const struct note *note)
{
    if (policy->log_count != 1 || note->line_count == 0) return false;
    const struct note_line *line = note->lines;
    if (!note_line_is_by(line, &policy->logs[0].key)) return false;
    if (line->signature_len != ED25519_SIGNATURE_LEN) return false;

    size_t at = 1;
    for (uint32_t i = 0; i < policy->witness_count; i++) {
        if (at == note->line_count) return true;
        if (!note_line_is_by(&line[at], &policy->witnesses[i].key)) continue;
        if (line[at++].signature_len != COSIGNATURE_LEN) return false;
    }
    return at == note->line_count;
}

/* ---- times ----------------------------------------------------------- */

static uint32_t cosigned_by(const struct policy_view *view, uint64_t time)
{
    uint32_t set = 0;
    for (uint32_t i = 0; i < POLICY_WITNESSES_MAX; i++)
        if ((view->witnesses >> i & 1) != 0 && view->times[i].earliest <= time)
            set |= 1U << i;
    return set;
}

static uint32_t cosigned_since(const struct policy_view *view, uint64_t time)
{
    uint32_t set = 0;
    for (uint32_t i = 0; i < POLICY_WITNESSES_MAX; i++)
        if ((view->witnesses >> i & 1) != 0 && view->times[i].latest >= time)
            set |= 1U << i;
    return set;
}

static enum err check_quorum(const struct policy *policy,
                             const struct policy_view *view)
{
    if (policy->quorum.who == POLICY_NONE) return ERR_STATE;
    return policy_is_met(policy, view->witnesses) ? OK : ERR_ABSENT;
}

enum err policy_first_time(uint64_t *time, const struct policy *policy,
                           const struct policy_view *view)
{
    enum err err = check_quorum(policy, view);
    if (err != OK) return err;
    *time = UINT64_MAX;
    for (uint32_t i = 0; i < policy->witness_count; i++) {
        uint64_t tried = view->times[i].earliest;
        if ((view->witnesses >> i & 1) == 0 || tried >= *time) continue;
        if (policy_is_met(policy, cosigned_by(view, tried))) *time = tried;
    }
    return OK;
}

enum err policy_last_time(uint64_t *time, const struct policy *policy,
                          const struct policy_view *view)
{
    enum err err = check_quorum(policy, view);
    if (err != OK) return err;
    *time = 0;
    for (uint32_t i = 0; i < policy->witness_count; i++) {
        uint64_t tried = view->times[i].latest;
        if ((view->witnesses >> i & 1) == 0 || tried <= *time) continue;
        if (policy_is_met(policy, cosigned_since(view, tried))) *time = tried;
    }
    return OK;
}
