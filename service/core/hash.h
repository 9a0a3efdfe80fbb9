/*
 * hash — SHA-256, and HASH() with a tag for every purpose.
 *
 *     HASH(tag, x1 … xn) = SHA-256( u8 len(tag) || tag
 *                                   || (u32be len(xi) || xi) … )
 *
 * SHA-256 itself is a seam: sha256_begin, sha256_add, sha256_end and
 * sha256_short are declared here and resolved when a program is linked, to
 * libcrypto in service/host or to blst in the static verifier.
 * Source: FIPS 180-4; FORMAT rule for HASH.
 */
#ifndef CORE_HASH_H
#define CORE_HASH_H

#include "core/bytes.h"

struct hash {
    uint8_t b[32];
};

/* Room for the state of whichever library is linked (<= 128 bytes). */
struct sha256 {
    uint64_t room[16];
};

/* The seam.  Not defined in core. */
void sha256_begin(struct sha256 *state);
void sha256_add(struct sha256 *state, const void *at, size_t len);
void sha256_end(struct sha256 *state, uint8_t out[32]);
/*
 * The same for the first `len` bytes of `room`, at most SHA256_SHORT_MAX; the
 * rest of the room is overwritten.  Trees hash little else, and a state's
 * bookkeeping costs a fifth of such a hash.
 */
#define SHA256_SHORT_MAX  119
#define SHA256_SHORT_ROOM 128
void sha256_short(uint8_t out[32], uint8_t room[SHA256_SHORT_ROOM],
                  size_t len);

/* SHA-256 of a run of bytes. */
struct hash hash_sha256(struct bytes bytes);

/* HASH() with `count` arguments; the tag is at most 255 bytes. */
struct hash hash_tagged(const char *tag, const struct bytes *args,
                        size_t count);
/* The commonest: a key or salt or blind, then one run of bytes. */
struct hash hash_keyed(const char *tag, const struct hash *key,
                       struct bytes bytes);
/* The same, argument by argument. */
struct sha256 hash_begin(const char *tag);
void hash_add(struct sha256 *state, struct bytes arg);
void hash_add_u32(struct sha256 *state, uint32_t arg); /* four bytes  */
void hash_add_u64(struct sha256 *state, uint64_t arg); /* eight bytes */
void hash_add_hash(struct sha256 *state, struct hash arg);
struct hash hash_end(struct sha256 *state);

bool hash_equal(struct hash a, struct hash b);
/* As 32 unsigned bytes: below 0, 0, above 0. */
int hash_compare(const struct hash *a, const struct hash *b);
struct bytes hash_bytes(const struct hash *hash);
/* 64 lower-case digits.  ERR_FORMAT: anything else. */
MUST_CHECK enum err hash_read_hex(struct hash *hash, struct bytes text);

#endif
