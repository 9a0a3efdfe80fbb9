/*
 * sha256_openssl — the SHA-256 seam of core on libcrypto's low-level calls,
 * which use the processor's SHA instructions and save the look-ups of EVP.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "core/hash.h"

#include <openssl/sha.h>

_Static_assert(sizeof(SHA256_CTX) <= sizeof(struct sha256), "state too small");

void sha256_begin(struct sha256 *state)
{
    SHA256_Init((SHA256_CTX *)state);
}

void sha256_add(struct sha256 *state, const void *at, size_t len)
{
    if (len != 0) SHA256_Update((SHA256_CTX *)state, at, len);
}

void sha256_end(struct sha256 *state, uint8_t out[32])
{
    SHA256_Final(out, (SHA256_CTX *)state);
}
