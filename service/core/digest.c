#include "core/digest.h"

struct hash digest_custody(const struct hash *announcement,
                           struct bytes freeze)
{
    const struct bytes args[] = { hash_bytes(announcement), freeze };
    return hash_tagged("custody/v1", args, 2);
}

struct hash digest_contribution(const struct hash *freeze, struct bytes name,
                                struct bytes value)
{
    const struct bytes args[] = { hash_bytes(freeze), name, value };
    return hash_tagged("contribution/v1", args, 3);
}

struct hash digest_salted(const struct hash *salt, struct bytes text)
{
    const struct bytes args[] = { hash_bytes(salt), text };
    return hash_tagged("salt/v1", args, 2);
}

struct hash digest_actor(const struct hash *salt, struct bytes name)
{
    const struct bytes args[] = { hash_bytes(salt), name };
    return hash_tagged("actor/v1", args, 2);
}
