#include "core/seed.h"

struct hash seed_commit(struct bytes book, uint32_t slot,
                        const struct hash *secret)
{
    struct sha256 state = hash_begin("commit/v1");
    hash_add(&state, book);
    hash_add_u32(&state, slot);
    hash_add(&state, hash_bytes(secret));
    return hash_end(&state);
}

struct hash seed_contrib(const struct bytes *values, size_t count)
{
    if (count == 0) return (struct hash){ { 0 } };
    return hash_tagged("contrib/v1", values, count);
}

struct hash seed_make(const struct seed_parts *parts)
{
    struct sha256 state = hash_begin("seed/v1");
    hash_add(&state, hash_bytes(&parts->announcement));
    hash_add(&state, hash_bytes(&parts->freeze));
    hash_add(&state, hash_bytes(&parts->secret));
    hash_add(&state, hash_bytes(&parts->contrib));
    hash_add(&state, hash_bytes(&parts->chain));
    hash_add_u64(&state, parts->round);
    hash_add(&state, parts->signature);
    return hash_end(&state);
}

struct hash seed_stratum(const struct hash *seed, struct bytes stratum)
{
    return hash_keyed("sub/v1", seed, stratum);
}

struct hash seed_team(const struct hash *seed)
{
    const struct bytes seed_bytes = hash_bytes(seed);
    return hash_tagged("team/v1", &seed_bytes, 1);
}
