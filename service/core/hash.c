#include "core/hash.h"

struct hash hash_sha256(struct bytes bytes)
{
    struct sha256 state;
    struct hash hash;
    sha256_begin(&state);
    sha256_add(&state, bytes.at, bytes.len);
    sha256_end(&state, hash.b);
    return hash;
}

struct sha256 hash_begin(const char *tag)
{
    struct sha256 state;
    uint8_t len = (uint8_t)__builtin_strlen(tag);
    sha256_begin(&state);
    sha256_add(&state, &len, 1);
    sha256_add(&state, tag, len);
    return state;
}

void hash_add(struct sha256 *state, struct bytes arg)
{
    uint8_t len[4];
    bytes_put_u32(len, (uint32_t)arg.len);
    sha256_add(state, len, sizeof len);
    sha256_add(state, arg.at, arg.len);
}

void hash_add_u32(struct sha256 *state, uint32_t arg)
{
    uint8_t wire[4];
    bytes_put_u32(wire, arg);
    hash_add(state, bytes_of(wire, sizeof wire));
}

void hash_add_u64(struct sha256 *state, uint64_t arg)
{
    uint8_t wire[8];
    bytes_put_u64(wire, arg);
    hash_add(state, bytes_of(wire, sizeof wire));
}

void hash_add_hash(struct sha256 *state, struct hash arg)
{
    hash_add(state, hash_bytes(&arg));
}

struct hash hash_end(struct sha256 *state)
{
    struct hash hash;
    sha256_end(state, hash.b);
    return hash;
}

/* All of it in one room, where it is short: a state costs more than that. */
static bool hash_short(struct hash *hash, const char *tag,
                       const struct bytes *args, size_t count)
{
    uint8_t room[SHA256_SHORT_ROOM];
    size_t tag_len = __builtin_strlen(tag), len = 1 + tag_len;
    for (size_t i = 0; i < count; i++) {
        if (args[i].len > SHA256_SHORT_MAX) return false;
        len += 4 + args[i].len;
    }
    if (len > SHA256_SHORT_MAX) return false;
    struct writer w = writer_into(room, SHA256_SHORT_MAX);
    writer_byte(&w, (uint8_t)tag_len);
    writer_add(&w, bytes_of(tag, tag_len));
    for (size_t i = 0; i < count; i++) {
        uint8_t arg_len[4];
        bytes_put_u32(arg_len, (uint32_t)args[i].len);
        writer_add(&w, bytes_of(arg_len, sizeof arg_len));
        writer_add(&w, args[i]);
    }
    sha256_short(hash->b, room, len);
    return true;
}

struct hash hash_tagged(const char *tag, const struct bytes *args, size_t count)
{
    struct hash hash;
    if (hash_short(&hash, tag, args, count)) return hash;
    struct sha256 state = hash_begin(tag);
    for (size_t i = 0; i < count; i++) hash_add(&state, args[i]);
    return hash_end(&state);
}

struct hash hash_keyed(const char *tag, const struct hash *key,
                       struct bytes bytes)
{
    const struct bytes args[] = { hash_bytes(key), bytes };
    return hash_tagged(tag, args, 2);
}

bool hash_equal(struct hash a, struct hash b)
{
    return hash_compare(&a, &b) == 0;
}

int hash_compare(const struct hash *a, const struct hash *b)
{
    return __builtin_memcmp(a->b, b->b, sizeof a->b);
}

struct bytes hash_bytes(const struct hash *hash)
{
    return bytes_of(hash->b, sizeof hash->b);
}

enum err hash_read_hex(struct hash *hash, struct bytes text)
{
    return bytes_read_hex(hash->b, sizeof hash->b, text);
}
