/*
 * proof_heads — the heads of a proof: when was what in the log, and who saw.
 *
 * Source: FORMAT 8, "Heads".
 */
#ifndef DOMAIN_PROOF_HEADS_H
#define DOMAIN_PROOF_HEADS_H

#include "domain/draw.h"

/* Writes the key `heads` and its object; `final` is the published head. */
MUST_CHECK enum err proof_write_heads(struct canon *c, struct directory *dir,
                                      const struct draw *draw,
                                      const struct merkle_head *final);

#endif
