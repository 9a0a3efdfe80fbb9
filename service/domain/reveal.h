/*
 * reveal — is a V whole: does its secret open the slot that was committed
 * to, its frame key what was frozen, and has every contributor contributed?
 *
 *     V ─┬─ table of FORMAT 3.7 ── no: the draw has failed
 *        ├─ secret, frame key ──── no: does-not-open
 *        └─ contributions ──────── no: contributor-missing
 *
 * Source: FORMAT 3.7, 4.18 to 4.20.
 */
#ifndef DOMAIN_REVEAL_H
#define DOMAIN_REVEAL_H

#include "domain/draw.h"

enum reveal_state {
    REVEAL_WHOLE,
    REVEAL_MALFORMED,
    REVEAL_DOES_NOT_OPEN,
    REVEAL_CONTRIBUTOR_MISSING
};

/*
 * Judges the text of a V, logged or about to be; A and F are logged.
 *   ERR_ABSENT, ERR_PROOF, ERR_FORMAT   the seed book cannot be read
 *   ERR_MEMORY, and the errors of query_end()
 */
MUST_CHECK enum err reveal_judge(enum reveal_state *state,
                                 struct directory *dir,
                                 const struct draw *draw, struct bytes text);

/* The cause of a void; NULL of the first two states. */
const char *reveal_cause(enum reveal_state state);

#endif
