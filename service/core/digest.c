#include "core/digest.h"

struct hash digest_custody(const struct hash *announcement, struct bytes freeze)
{
    return hash_keyed("custody/v1", announcement, freeze);
}

struct hash digest_contribution(const struct hash *freeze, struct bytes name,
                                struct bytes value)
{
    const struct bytes args[] = { hash_bytes(freeze), name, value };
    return hash_tagged("contribution/v1", args, 3);
}

struct hash digest_salted(const struct hash *salt, struct bytes text)
{
    return hash_keyed("salt/v1", salt, text);
}

struct hash digest_actor(const struct hash *salt, struct bytes name)
{
    return hash_keyed("actor/v1", salt, name);
}
