/*
 * verdict — one draw as this server's own verifier finds it, member by
 * member of the document that a draw's page shows.
 *
 *     proof_make ──> verify_run ──> say, checks, steps, strata, rows …
 *
 * Everything that is shown of a draw comes out of its proof; where a rule
 * fails before the meaning of the entries is known, only the verdict and
 * the checks are written.
 * Source: FORMAT 8 and 9.
 */
#ifndef HTTP_VERDICT_H
#define HTTP_VERDICT_H

#include "audits/verify.h"
#include "core/canon.h"
#include "domain/directory.h"

/* Where a draw stands at a moment, worst first. */
enum verdict_state {
    VERDICT_UNUSABLE,
    VERDICT_REFUTED,
    VERDICT_PENDING, /* witnesses have yet to sign, and still can */
    VERDICT_OVERDUE, /* a step's deadline is past and it is not there */
    VERDICT_ANNULLED,
    VERDICT_VOID,
    VERDICT_OPENED,
    VERDICT_GOING_ON
};

struct verdict {
    struct verify v;
    struct bytes proof, vkey;
    uint64_t number, now;
    enum verdict_state state;
    bool is_read;       /* the entries are of their form: A, F … count  */
    uint64_t next_time; /* the deadline that comes next; 0: none        */
    uint64_t until;     /* the state is right before this, Unix seconds;
                           UINT64_MAX: until something is logged        */
};

/*
 * Makes the proof of draw `number` and verifies it.  verdict_end() must
 * follow, also after an error.
 *   ERR_ABSENT  no such draw     others as proof_make()
 */
MUST_CHECK enum err verdict_begin(struct verdict *verdict,
                                  struct directory *dir, uint64_t number,
                                  uint64_t now);
void verdict_end(struct verdict *verdict);

/* Everything below writes members of an object that is open in `c`. */

/* icon, say, stage: one sentence for everybody. */
void verdict_say(struct canon *c, const struct verdict *verdict);
/* proved, asserted, trusted: lists of sentences. */
void verdict_claims(struct canon *c, const struct verdict *verdict);
/* remarks: [{is_grave, text}].  ERR_MEMORY. */
MUST_CHECK enum err verdict_remarks(struct canon *c,
                                    const struct verdict *verdict);

/* The entry's value, NULL: it is not there or not known to be well formed. */
const struct value *verdict_entry(const struct verdict *verdict,
                                  enum verify_kind kind);
/*
 * Void, or failed: the freeze or the reveal missed its deadline.  What is not
 * there by now will never come.
 */
bool verdict_is_over(const struct verdict *verdict);
/* The time of the beacon's round; 0: not known. */
uint64_t verdict_round_time(const struct verdict *verdict);
/* Σ k over the strata, as far as known. */
uint64_t verdict_take(const struct verdict *verdict);

#endif
