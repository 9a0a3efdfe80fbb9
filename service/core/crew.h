/*
 * crew — who goes to a target, committed before anybody may know.
 *
 *     crew {"holders":[{"certificate":"***07","index":3,"unit":"盐湖分局"},
 *                      null]}
 *     digest = HASH("crew/v1", HASH("crew-blind/v1", roster_key, id), crew)
 *     D.crews = HASH("crews/v1", u64be count, root over the digests)
 *
 * Source: FORMAT 4.4.  Pure: no I/O, no allocation.
 */
#ifndef CORE_CREW_H
#define CORE_CREW_H

#include "core/hash.h"

struct hash crew_blind(const struct hash *roster_key, struct bytes id);
/* Leaf data of the crew tree; also what later entries hold. */
struct hash crew_digest(const struct hash *blind, struct bytes crew);
struct hash crew_commitment(uint64_t count, const struct hash *root);

/* One seat.  An open seat has is_open set and nothing else. */
struct crew_holder {
    bool is_open;
    uint32_t index;            /* in the roster */
    struct bytes masked, unit; /* as in the inspector's opened text */
};

void crew_write(struct writer *w, const struct crew_holder *holders,
                size_t count);

#endif
