/*
 * sha256_openssl — the SHA-256 seam of core on libcrypto's low-level calls,
 * which use the processor's SHA instructions and save the look-ups of EVP.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "core/hash.h"

#include <openssl/sha.h>
#include <string.h>

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

/* Padded in place, so that whole blocks go to the processor uncopied. */
void sha256_short(uint8_t out[32], uint8_t room[SHA256_SHORT_ROOM], size_t len)
{
    SHA256_CTX state = { .h = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                0x510e527f, 0x9b05688c, 0x1f83d9ab,
                                0x5be0cd19 } };
    size_t end = len <= 55 ? 64 : 128;
    memset(room + len, 0, end - len);
    room[len] = 0x80;
    room[end - 2] = (uint8_t)(len * 8 >> 8);
    room[end - 1] = (uint8_t)(len * 8);
    SHA256_Update(&state, room, end);
    for (size_t i = 0; i < 8; i++) {
        uint32_t word = __builtin_bswap32(state.h[i]);
        memcpy(out + 4 * i, &word, sizeof word);
    }
}
