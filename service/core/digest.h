/*
 * digest — what persons sign, and what stands in the log for a text or name.
 *
 *     custody       HASH("custody/v1", H(A), F without the key custody)
 *     contribution  HASH("contribution/v1", H(F), utf8 name, value)
 *     salted        HASH("salt/v1", salt, bytes)
 *     actor         HASH("actor/v1", salt, utf8 name)
 *
 * A salt is 32 random bytes, kept beside the text it belongs to.
 * Source: FORMAT 4.6.  Pure: no I/O, no allocation.
 */
#ifndef CORE_DIGEST_H
#define CORE_DIGEST_H

#include "core/hash.h"

/* `announcement` is H(A); `freeze` the canonical text without custody. */
struct hash digest_custody(const struct hash *announcement,
                           struct bytes freeze);
/* `freeze` is H(F); the value is 1 to 64 bytes. */
struct hash digest_contribution(const struct hash *freeze, struct bytes name,
                                struct bytes value);
struct hash digest_salted(const struct hash *salt, struct bytes text);
struct hash digest_actor(const struct hash *salt, struct bytes name);

#endif
