#include "core/frame.h"

#include "core/canon.h"

struct hash frame_key_commitment(uint64_t draw, const struct hash *frame_key)
{
    struct sha256 state = hash_begin("frame-key/v1");
    hash_add_u64(&state, draw);
    hash_add(&state, hash_bytes(frame_key));
    return hash_end(&state);
}

struct hash frame_order(const struct hash *frame_key, struct bytes id)
{
    return hash_keyed("order/v1", frame_key, id);
}

struct hash frame_blind(const struct hash *frame_key, struct bytes id)
{
    return hash_keyed("blind/v1", frame_key, id);
}

struct hash frame_duty_blind(const struct hash *roster_key, struct bytes id)
{
    return hash_keyed("duty-blind/v1", roster_key, id);
}

struct hash frame_row_digest(const struct hash *blind, struct bytes row)
{
    return hash_keyed("row/v1", blind, row);
}

struct hash frame_duty_digest(const struct hash *dblind, struct bytes duty)
{
    return hash_keyed("duty/v1", dblind, duty);
}

struct frame_leaf frame_leaf(const struct frame_keys *keys, struct bytes id,
                             struct bytes row, struct bytes duty)
{
    struct hash blind = frame_blind(&keys->frame, id);
    struct hash dblind = frame_duty_blind(&keys->roster, id);
    return (struct frame_leaf){
        .order = frame_order(&keys->frame, id),
        .row = frame_row_digest(&blind, row),
        .duty = frame_duty_digest(&dblind, duty),
    };
}

_Static_assert(sizeof(struct frame_leaf) == 96, "leaf data has no padding");

struct bytes frame_leaf_bytes(const struct frame_leaf *leaf)
{
    return bytes_of(leaf, sizeof *leaf);
}

struct hash frame_commitment(struct bytes stratum, uint64_t count,
                             const struct hash *root)
{
    struct sha256 state = hash_begin("frame/v1");
    hash_add(&state, stratum);
    hash_add_u64(&state, count);
    hash_add(&state, hash_bytes(root));
    return hash_end(&state);
}

struct hash frame_excluded(uint32_t rule, uint64_t count,
                           const struct hash *root)
{
    struct sha256 state = hash_begin("excluded/v1");
    hash_add_u32(&state, rule);
    hash_add_u64(&state, count);
    hash_add(&state, hash_bytes(root));
    return hash_end(&state);
}

void frame_write_row(struct writer *w, const struct frame_cell *cells,
                     size_t count)
{
    struct canon j = canon_into(w);
    canon_object(&j);
    for (size_t i = 0; i < count; i++)
        canon_member_string(&j, cells[i].column, cells[i].value);
    canon_object_end(&j);
}

static void write_numbers(struct canon *j, const uint32_t *numbers,
                          size_t count)
{
    canon_array(j);
    for (size_t i = 0; i < count; i++) canon_u64(j, numbers[i]);
    canon_array_end(j);
}

void frame_write_duty(struct writer *w, const struct frame_duty *duty)
{
    struct canon j = canon_into(w);
    canon_object(&j);
    canon_key(&j, "posts");
    write_numbers(&j, duty->posts, duty->post_count);
    canon_key(&j, "recused");
    write_numbers(&j, duty->recused, duty->recused_count);
    canon_object_end(&j);
}
