/*
 * policy — which logs and witnesses are trusted, and how many must agree.
 *
 *     log draw.example.gov/log1+8adf4c2b+AWtPm3/0lSSGqzSdnC9NF…
 *     witness sfj witness.example.gov/w1+d5a2258e+BOGiyb6mPbJLO…
 *     witness sjj …
 *     witness gzc …
 *     group w 2 sfj sjj gzc
 *     quorum w
 *
 * The canonical form, which stands in proofs, is this and no more: one log,
 * up to 16 witnesses, at most one group of witnesses, the quorum, in this
 * order; no addresses, comments or empty lines; single spaces, one newline
 * after each line; names of [0-9A-Za-z._-].
 * Source: c2sp.org/tlog-policy; FORMAT section 2.
 */
#ifndef CORE_POLICY_H
#define CORE_POLICY_H

#include "core/cosignature.h"

#define POLICY_TEXT_MAX 65536 /* bytes */
#define POLICY_LOGS_MAX 32
#define POLICY_WITNESSES_MAX 32
#define POLICY_GROUPS_MAX 32
#define POLICY_MEMBERS_MAX (POLICY_WITNESSES_MAX + POLICY_GROUPS_MAX)
/* In the canonical form: */
#define POLICY_CANONICAL_WITNESSES_MAX 16
#define POLICY_CANONICAL_NAME_MAX 64 /* bytes */
#define POLICY_CANONICAL_MAX 8192    /* bytes: more than all of it */

struct policy_log {
    struct note_key key;
    struct bytes url; /* empty: none */
};

struct policy_witness {
    struct bytes name; /* in this policy; not the name of the key */
    struct note_key key;
    struct bytes url;
};

/* Who is meant: a witness, a group, or nobody. */
enum policy_who { POLICY_NONE, POLICY_WITNESS, POLICY_GROUP };
struct policy_member {
    enum policy_who who;
    uint32_t index;
};

struct policy_group {
    struct bytes name;
    struct bytes spelled; /* the threshold as written: all, any or digits */
    uint32_t need;        /* how many members must agree                  */
    uint32_t member_count;
    struct policy_member members[POLICY_MEMBERS_MAX];
};

/* Everything is borrowed from the text it was read from. */
struct policy {
    uint32_t line; /* where reading stopped, from 1: for messages */
    uint32_t log_count, witness_count, group_count;
    struct policy_log logs[POLICY_LOGS_MAX];
    struct policy_witness witnesses[POLICY_WITNESSES_MAX];
    struct policy_group groups[POLICY_GROUPS_MAX];
    bool has_quorum;
    struct policy_member quorum; /* POLICY_NONE: quorum none */
};

/*
 * Reads a policy; policy->line is set on errors as well.
 *   ERR_FORMAT      not a policy; a character that may not stand there
 *   ERR_ABSENT      a name used before it is defined, or no quorum line
 *   ERR_EXISTS      a name, a key, a member or a quorum line a second time
 *   ERR_RANGE       a threshold of 0 or above the number of members
 *   ERR_LIMIT       more than the limits above
 *   ERR_KEY, ERR_CANONICAL, ERR_SUPPORT   as note_key_read; ERR_KEY also for
 *                   a log or witness whose key is of the other's type
 */
MUST_CHECK enum err policy_read(struct policy *policy, struct bytes text);
/*
 * The same, and refuses every text that is not in the canonical form above,
 * or that has a key twice, even as log and as witness.
 *   ERR_CANONICAL   a policy, but in another form     others: as policy_read
 */
MUST_CHECK enum err policy_read_canonical(struct policy *policy,
                                          struct bytes text);
/* All lines in the canonical form: logs, witnesses, groups, quorum. */
void policy_write(struct writer *w, const struct policy *policy);

/* How far a quorum can be trusted. */
struct policy_bound {
    uint32_t n; /* witnesses that count for the quorum                      */
    uint32_t q; /* the least number of them that meets it                   */
    int32_t f;  /* so many dishonest ones cannot show two worlds; below 0:
                   not even none.  For one group 2q - n - 1                 */
};
struct policy_bound policy_bound(const struct policy *policy);

/* Would the quorum be met by the witnesses whose bit (1 << index) is set? */
bool policy_is_met(const struct policy *policy, uint32_t witnesses);

/*
 * Opens the checkpoint of one of the logs of this policy.  Borrowed from
 * the note.
 *   ERR_ABSENT   no line of a log of this policy
 *   others       as checkpoint_open
 */
MUST_CHECK enum err policy_open_checkpoint(struct checkpoint *checkpoint,
                                           const struct policy *policy,
                                           const struct note *note);

/* What the witnesses of a policy say about one checkpoint. */
struct policy_view {
    uint32_t witnesses; /* bit (1 << index): that one cosigned             */
    struct cosignature_times times[POLICY_WITNESSES_MAX];
};

/*
 * Checks every cosignature of a witness of this policy; asks neither for a
 * quorum nor for the log's signature.
 *   ERR_SIGNATURE   a line of one of the witnesses does not verify
 *   ERR_LIMIT       a text longer than CHECKPOINT_TEXT_MAX
 */
MUST_CHECK enum err policy_view_note(struct policy_view *view,
                                     const struct policy *policy,
                                     const struct note *note);

/*
 * Has the note the one form in which a proof may hold it: the line of the
 * policy's one log, then lines of its witnesses in the policy's order, each
 * at most once, no other, and no signature of another length?
 */
bool policy_is_note_ordered(const struct policy *policy,
                            const struct note *note);

/*
 * The earliest time by which a quorum had cosigned (each witness's earliest
 * line counts): on time means that it is not after the deadline.
 *   ERR_ABSENT   no quorum     ERR_STATE   the policy asks for none
 */
MUST_CHECK enum err policy_first_time(uint64_t *time,
                                      const struct policy *policy,
                                      const struct policy_view *view);
/*
 * The latest time at or after which a whole quorum cosigned (each witness's
 * latest line counts): late means that it is after the deadline.
 *   ERR_ABSENT   no quorum     ERR_STATE   the policy asks for none
 */
MUST_CHECK enum err policy_last_time(uint64_t *time,
                                     const struct policy *policy,
                                     const struct policy_view *view);

#endif
