/*
 * verify_seed — from the entries of a draw to its seed and positions.
 *
 * Source: FORMAT 5.
 */
#ifndef AUDITS_VERIFY_SEED_H
#define AUDITS_VERIFY_SEED_H

#include "audits/verify_case.h"

/*
 * Computes the team seed and, for every stratum, the k positions and one
 * reserve more for each replacement in the proof.  A, F and V have been
 * checked.  False: memory is short.
 */
bool verify_seed_pick(struct verify *v,
                      const uint8_t signature[CHAIN_SIGNATURE_LEN]);

/* Is it one of the k drawn positions of this stratum? */
bool verify_seed_is_drawn(const struct verify_stratum *stratum,
                          uint64_t position);

#endif
