/*
 * drand — is this really the signature of round R of a beacon?
 *
 *     message   = SHA-256(u64be round)
 *     signature = 48 bytes, a point of G1    key = 96 bytes, a point of G2
 *     holds iff   e(signature, generator of G2) = e(hash-to-G1(message), key)
 *
 * Both points must be canonical, on the curve, in the subgroup and not
 * infinity.  The pairing is blst's; nothing of it is written here.
 * The chains' constants and times stand in core/chain.
 * Source: drand scheme bls-unchained-g1-rfc9380; RFC 9380; FORMAT 7.
 */
#ifndef HOST_DRAND_H
#define HOST_DRAND_H

#include "core/bytes.h"

enum {
    DRAND_KEY_LEN = 96,
    DRAND_SIGNATURE_LEN = 48,
    DRAND_SECRET_LEN = 32
};

/*
 * Check a signature against a chain's key.
 *   ERR_RANGE      round 0
 *   ERR_KEY        the key is not a usable point
 *   ERR_FORMAT     the signature is not a usable point, see above
 *   ERR_SIGNATURE  a good point, but not this round's signature
 */
MUST_CHECK enum err drand_verify(const uint8_t key[DRAND_KEY_LEN],
                                 uint64_t round,
                                 const uint8_t signature[DRAND_SIGNATURE_LEN]);

/*
 * For the test chain only: a secret from 32 random bytes (the standard's
 * KeyGen), its public key, and the signature of a round.  A secret above the
 * group's order stands for its remainder.
 */
void drand_keygen(uint8_t secret[DRAND_SECRET_LEN],
                  const uint8_t material[DRAND_SECRET_LEN]);
void drand_public(uint8_t key[DRAND_KEY_LEN],
                  const uint8_t secret[DRAND_SECRET_LEN]);
void drand_sign(uint8_t signature[DRAND_SIGNATURE_LEN],
                const uint8_t secret[DRAND_SECRET_LEN], uint64_t round);

#endif
