/*
 * sha256_blst — the SHA-256 seam of core on blst's own, for the static
 * verifier, which must not carry libcrypto.  Like libcrypto, and unlike
 * libsodium, it uses the processor's SHA instructions where there are some.
 */
#include "core/hash.h"

/* A header of static functions, of which one file needs the few for hashing. */
#pragma GCC diagnostic ignored "-Wunused-function"
#include <sha256.h>
#include <string.h>

_Static_assert(sizeof(SHA256_CTX) <= sizeof(struct sha256), "state too small");

void sha256_begin(struct sha256 *state)
{
    sha256_init((SHA256_CTX *)state);
}

void sha256_add(struct sha256 *state, const void *at, size_t len)
{
    sha256_update((SHA256_CTX *)state, at, len);
}

void sha256_end(struct sha256 *state, uint8_t out[32])
{
    sha256_final(out, (SHA256_CTX *)state);
}

/* Padded in place, so that whole blocks go to the processor uncopied. */
void sha256_short(uint8_t out[32], uint8_t room[SHA256_SHORT_ROOM], size_t len)
{
    unsigned int h[8];
    size_t end = len <= 55 ? 64 : 128;
    memset(room + len, 0, end - len);
    room[len] = 0x80;
    room[end - 2] = (uint8_t)(len * 8 >> 8);
    room[end - 1] = (uint8_t)(len * 8);
    sha256_init_h(h);
    sha256_block_data_order(h, room, end / 64);
    sha256_emit(out, h);
}
