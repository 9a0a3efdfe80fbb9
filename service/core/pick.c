#include "core/pick.h"

#define WORD_MAX (UINT64_C(1) << 32)

/* Of a 256-bit big-endian integer; the larger the steps, the fewer. */
static uint64_t modulo(const struct hash *hash, uint64_t n)
{
    uint64_t rest = 0;
    if (n <= WORD_MAX) {
        for (int i = 0; i < 32; i += 4)
            rest = (rest << 32 | bytes_get_u32(hash->b + i)) % n;
        return rest;
    }
    for (int i = 0; i < 32; i++) rest = (rest << 8 | hash->b[i]) % n;
    return rest;
}

uint64_t pick_u(const char *tag, const struct hash *seed, uint64_t t,
                uint64_t n)
{
    if (n == 0) return 0;
    /* The bytes of HASH() in one run: for a short tag a single block. */
    uint8_t room[1 + UINT8_MAX + 4 + 32 + 4 + 8];
    struct writer w = writer_into(room, sizeof room);
    uint8_t number[4 + 32 + 4 + 8];
    bytes_put_u32(number, 32);
    bytes_copy(number + 4, seed->b, 32);
    bytes_put_u32(number + 36, 8);
    bytes_put_u64(number + 40, t);
    struct bytes name = bytes_text(tag);
    writer_byte(&w, (uint8_t)name.len);
    writer_add(&w, name);
    writer_add(&w, bytes_of(number, sizeof number));
    struct hash hash = hash_sha256(writer_bytes(&w));
    return modulo(&hash, n);
}

/*
 * How many slots may be used: one is always empty, so that find() ends, and
 * an eighth of a large map.  Its memory costs more than its longer runs.
 */
static size_t slots_usable(size_t slot_count)
{
    return slot_count - slot_count / 8 - 1;
}

size_t pick_slots(uint64_t steps)
{
    size_t slots = 2;
    while (slots_usable(slots) < steps && slots <= SIZE_MAX / 2) slots *= 2;
    return slots;
}

enum err pick_begin(struct pick *pick, const struct hash *seed, uint64_t count,
                    struct pick_slot *slots, size_t slot_count)
{
    if (count > PICK_COUNT_MAX) return ERR_RANGE;
    if (slot_count < 2 || (slot_count & (slot_count - 1)) != 0)
        return ERR_RANGE;
    bytes_fill(slots, 0, slot_count * sizeof *slots);
    *pick = (struct pick){
        .seed = *seed, .count = count, .slots = slots, .slot_count = slot_count
    };
    return OK;
}

/* The slot of `place`, or the empty one where it would go. */
static struct pick_slot *find(const struct pick *pick, uint64_t place)
{
    /* Fibonacci hashing: the upper half of the product is well mixed. */
    size_t at = (size_t)(place * UINT64_C(0x9e3779b97f4a7c15) >> 32);
    for (;; at++) {
        struct pick_slot *slot = &pick->slots[at & (pick->slot_count - 1)];
        if (slot->place == 0 || slot->place == place + 1) return slot;
    }
}

static uint64_t standing_at(const struct pick *pick, uint64_t place)
{
    const struct pick_slot *slot = find(pick, place);
    return slot->place == 0 ? place : slot->position;
}

enum err pick_next(uint64_t *position, struct pick *pick)
{
    if (pick->step == pick->count) return ERR_ABSENT;
    uint64_t step = pick->step;
    uint64_t place =
        step + pick_u("draw", &pick->seed, step, pick->count - step);
    uint64_t moved = standing_at(pick, step);
    if (place == step) {
        *position = moved;
        pick->step++;
        return OK;
    }

    struct pick_slot *slot = find(pick, place);
    if (slot->place == 0) {
        if (pick->used >= slots_usable(pick->slot_count)) return ERR_FULL;
        *slot = (struct pick_slot){ place + 1, place };
        pick->used++;
    }
    *position = slot->position;
    slot->position = moved;
    pick->step++;
    return OK;
}

enum err pick_take(uint64_t *positions, struct pick *pick, uint64_t take)
{
    for (uint64_t i = 0; i < take; i++) {
        enum err err = pick_next(&positions[i], pick);
        if (err != OK) return err;
    }
    return OK;
}

struct hash pick_digest(const uint64_t *positions, size_t count)
{
    struct sha256 state;
    struct hash hash = { { 0 } };
    sha256_begin(&state);
    for (size_t i = 0; i < count; i++) {
        uint8_t wire[8];
        bytes_put_u64(wire, positions[i]);
        sha256_add(&state, wire, sizeof wire);
    }
    sha256_end(&state, hash.b);
    return hash;
}
