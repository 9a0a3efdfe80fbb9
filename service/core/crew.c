#include "core/crew.h"

#include "core/canon.h"

struct hash crew_blind(const struct hash *roster_key, struct bytes id)
{
    return hash_keyed("crew-blind/v1", roster_key, id);
}

struct hash crew_digest(const struct hash *blind, struct bytes crew)
{
    return hash_keyed("crew/v1", blind, crew);
}

struct hash crew_commitment(uint64_t count, const struct hash *root)
{
    struct sha256 state = hash_begin("crews/v1");
    hash_add_u64(&state, count);
    hash_add(&state, hash_bytes(root));
    return hash_end(&state);
}

static void write_holder(struct canon *j, const struct crew_holder *holder)
{
    if (holder->is_open) {
        canon_null(j);
        return;
    }
    canon_object(j);
    canon_member_string(j, "certificate", holder->masked);
    canon_member_u64(j, "index", holder->index);
    canon_member_string(j, "unit", holder->unit);
    canon_object_end(j);
}

void crew_write(struct writer *w, const struct crew_holder *holders,
                size_t count)
{
    struct canon j = canon_into(w);
    canon_object(&j);
    canon_key(&j, "holders");
    canon_array(&j);
    for (size_t i = 0; i < count; i++) write_holder(&j, &holders[i]);
    canon_array_end(&j);
    canon_object_end(&j);
}
