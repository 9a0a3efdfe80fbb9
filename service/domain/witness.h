/*
 * witness — cosignatures: stored after they were checked, and what they
 * prove about an entry: on time, or late.
 *
 *     on time   a head that contains the entry, a quorum, each line's time
 *               at or before the deadline (the earliest lines count)
 *     late      a head that does not contain it, a quorum, each line's time
 *               after the deadline (the latest lines count)
 *
 * Source: FORMAT 4.10, 4.16, 4.17, 4.20; c2sp.org/tlog-cosignature.
 */
#ifndef DOMAIN_WITNESS_H
#define DOMAIN_WITNESS_H

#include "core/policy.h"
#include "domain/log.h"

/* What witness_store() did. */
struct witness_report {
    uint64_t size;    /* of the head                            */
    uint32_t stored;  /* lines, also those that we had          */
    uint32_t unknown; /* lines of keys that no policy of ours has */
};

/*
 * `file` is a signed note of one of our heads, or only signature lines
 * ("— name base64"), then for the largest head that all of them sign.  All
 * lines of witnesses of the policy in force are checked before any is kept.
 *   ERR_FORMAT      neither of the two
 *   ERR_ABSENT      no line of a witness of ours, or no such head
 *   ERR_SIGNATURE   a line of a witness of ours does not verify
 *   ERR_FORK        the file proves that we signed, or a witness saw, a head
 *                   that we do not have: quarantine
 *   others          as query_end()
 */
MUST_CHECK enum err witness_store(struct witness_report *report,
                                  struct log *log, struct bytes file);

/* A fact about the order of an entry and a deadline. */
struct witness_question {
    const struct policy *policy; /* under which the draw is judged         */
    uint64_t deadline;           /* Unix seconds                           */
    uint64_t index; /* of the entry; for late: no head above this size   */
};
struct witness_answer {
    uint64_t size; /* of the head that proves it                           */
    uint64_t time; /* when the quorum was complete, or began               */
};
/*
 *   ERR_ABSENT   nothing proves it     ERR_STATE   the policy has no quorum
 */
MUST_CHECK enum err witness_on_time(struct witness_answer *answer,
                                    struct db *db,
                                    const struct witness_question *question);
MUST_CHECK enum err witness_late(struct witness_answer *answer, struct db *db,
                                 const struct witness_question *question);

#endif
