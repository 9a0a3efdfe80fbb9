/*
 * sha256_sodium — the SHA-256 seam of core on libsodium, for the static
 * verifier, which must not carry libcrypto.
 */
#include "core/hash.h"

#include <sodium.h>

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct sha256),
               "state too small");

void sha256_begin(struct sha256 *state)
{
    crypto_hash_sha256_init((crypto_hash_sha256_state *)state);
}

void sha256_add(struct sha256 *state, const void *at, size_t len)
{
    if (len == 0) return;
    crypto_hash_sha256_update((crypto_hash_sha256_state *)state, at, len);
}

void sha256_end(struct sha256 *state, uint8_t out[32])
{
    crypto_hash_sha256_final((crypto_hash_sha256_state *)state, out);
}

void sha256_short(uint8_t out[32], uint8_t room[SHA256_SHORT_ROOM], size_t len)
{
    struct sha256 state;
    sha256_begin(&state);
    sha256_add(&state, room, len);
    sha256_end(&state, out);
}
