/*
 * crypto — libsodium behind the words of this house: random bytes, secret
 * memory, Ed25519 signing, sealed boxes, pass phrases.
 *
 *     sealed = nonce (24) || tag (16) || ciphertext
 *
 * Checking a signature is a seam of core, see ed25519_sodium.c.
 * Source: libsodium 1.0.18; RFC 8032 (Ed25519), RFC 9106 (Argon2id).
 */
#ifndef HOST_CRYPTO_H
#define HOST_CRYPTO_H

#include "core/bytes.h"

enum {
    CRYPTO_SEED_LEN = 32,
    CRYPTO_PUBLIC_LEN = 32,
    CRYPTO_SIGNATURE_LEN = 64,
    CRYPTO_KEY_LEN = 32,
    CRYPTO_NONCE_LEN = 24,
    CRYPTO_SALT_LEN = 16,
    CRYPTO_SEAL_EXTRA = CRYPTO_NONCE_LEN + 16 /* sealed minus plain */
};

/* Once, before anything else of this file.  ERR_IO: no randomness. */
MUST_CHECK enum err crypto_begin(void);

/* Random bytes of the machine.  Rehearsals ask host/entropy instead. */
void crypto_random(void *to, size_t len);

/*
 * Memory for secrets: guarded, locked, never in a core dump, zeroed when
 * released.  NULL when there is none.  Owned: crypto_release().
 */
void *crypto_secret(size_t len);
void crypto_release(void *secret); /* NULL is allowed */
/* Zero `len` bytes in a way that no compiler removes. */
void crypto_wipe(void *at, size_t len);
/* Compare in constant time. */
bool crypto_equal(const void *a, const void *b, size_t len);

/* The public key of the 32-byte seed. */
void crypto_public(uint8_t public_key[CRYPTO_PUBLIC_LEN],
                   const uint8_t seed[CRYPTO_SEED_LEN]);
/* Ed25519, deterministic: the same message gives the same signature. */
void crypto_signature(uint8_t signature[CRYPTO_SIGNATURE_LEN],
                      const uint8_t seed[CRYPTO_SEED_LEN],
                      struct bytes message);

/*
 * Write plain.len + CRYPTO_SEAL_EXTRA bytes to `to`.  A nonce is used once
 * for a key: take 24 random bytes.
 */
void crypto_seal(uint8_t *to, struct bytes plain,
                 const uint8_t key[CRYPTO_KEY_LEN],
                 const uint8_t nonce[CRYPTO_NONCE_LEN]);
/*
 * Write sealed.len - CRYPTO_SEAL_EXTRA bytes to `to`.
 *   ERR_FORMAT  too short to be sealed
 *   ERR_KEY     another key, or changed bytes; nothing was written
 */
MUST_CHECK enum err crypto_open(uint8_t *to, struct bytes sealed,
                                const uint8_t key[CRYPTO_KEY_LEN]);

/* What turning a pass phrase into a key may cost; stands in the key file. */
struct crypto_cost {
    uint32_t passes;
    uint32_t memory_kib;
};
extern const struct crypto_cost crypto_cost_moderate; /* real keys      */
extern const struct crypto_cost crypto_cost_minimal;  /* rehearsal only */

/*
 * Argon2id.
 *   ERR_RANGE   a cost below the minimal or above 64 passes or 4 GiB
 *   ERR_MEMORY  the machine cannot lend that much
 */
MUST_CHECK enum err crypto_stretch(uint8_t key[CRYPTO_KEY_LEN],
                                   struct bytes passphrase,
                                   const uint8_t salt[CRYPTO_SALT_LEN],
                                   struct crypto_cost cost);

#endif
