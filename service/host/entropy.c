#include "host/entropy.h"

#include "core/hash.h"
#include "host/crypto.h"

struct entropy entropy_machine(void)
{
    return (struct entropy){ .is_fixed = false };
}

struct entropy entropy_fixed(const uint8_t seed[32])
{
    struct entropy entropy = { .is_fixed = true };
    bytes_copy(entropy.seed, seed, sizeof entropy.seed);
    return entropy;
}

void entropy_take(struct entropy *entropy, void *to, size_t len)
{
    if (!entropy->is_fixed) {
        crypto_random(to, len);
        return;
    }
    uint8_t *at = to;
    while (len > 0) {
        struct sha256 state = hash_begin("entropy/v1");
        hash_add(&state, bytes_of(entropy->seed, sizeof entropy->seed));
        hash_add_u64(&state, entropy->count++);
        struct hash block = hash_end(&state);
        size_t part = len < sizeof block.b ? len : sizeof block.b;
        bytes_copy(at, block.b, part);
        at += part;
        len -= part;
    }
}
