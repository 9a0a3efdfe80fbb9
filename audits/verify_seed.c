#include "audits/verify_seed.h"

#include <stdlib.h>
#include <string.h>

#include "core/pick.h"
#include "core/seed.h"

enum { CONTRIBUTORS_MAX = 16, VALUE_LEN_MAX = 64 };

static struct hash make_contrib(const struct verify *v)
{
    uint8_t room[CONTRIBUTORS_MAX][VALUE_LEN_MAX];
    struct bytes values[CONTRIBUTORS_MAX];
    size_t count = 0;
    const struct value *list = value_member(
        verify_case_value(v, KIND_REVEAL), "contributions");
    const struct value *at = value_first(list);
    for (; at != NULL && count < CONTRIBUTORS_MAX;
         at = value_next(list, at), count++) {
        struct bytes digits = value_member_text(at, "value");
        size_t len = digits.len / 2;
        if (bytes_read_hex(room[count], len, digits) != OK) len = 0;
        values[count] = bytes_of(room[count], len);
    }
    return seed_contrib(values, count);
}

static int compare(const void *a, const void *b)
{
    uint64_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

static bool pick_stratum(struct verify *v, struct verify_stratum *stratum,
                         const struct hash *seed)
{
    uint64_t most = stratum->count - stratum->take;
    uint64_t reserves = stratum->drops < most ? stratum->drops : most;
    stratum->out_count = stratum->take + reserves;

    size_t slot_count = pick_slots(stratum->out_count);
    struct pick_slot *slots = calloc(slot_count, sizeof *slots);
    if (slots == NULL) v->arena.is_short = true;
    stratum->out =
        arena_take(&v->arena, stratum->out_count, sizeof *stratum->out);
    stratum->sorted =
        arena_take(&v->arena, stratum->take, sizeof *stratum->sorted);
    struct hash own = seed_stratum(seed, stratum->name);
    struct pick pick;
    bool is_good = slots != NULL && stratum->out != NULL &&
                   stratum->sorted != NULL &&
                   pick_begin(&pick, &own, stratum->count, slots,
                              slot_count) == OK &&
                   pick_take(stratum->out, &pick, stratum->out_count) == OK;
    free(slots);
    if (!is_good) return false;
    memcpy(stratum->sorted, stratum->out,
           stratum->take * sizeof *stratum->sorted);
    qsort(stratum->sorted, stratum->take, sizeof *stratum->sorted, compare);
    return true;
}

bool verify_seed_pick(struct verify *v,
                      const uint8_t signature[CHAIN_SIGNATURE_LEN])
{
    struct seed_parts parts = {
        .announcement = verify_case_entry(v, KIND_ANNOUNCEMENT)->hash,
        .freeze = verify_case_entry(v, KIND_FREEZE)->hash,
        .secret =
            value_member_hash(verify_case_value(v, KIND_REVEAL), "secret"),
        .contrib = make_contrib(v),
        .chain = v->chain.hash,
        .round = v->round,
        .signature = bytes_of(signature, CHAIN_SIGNATURE_LEN),
    };
    struct hash seed = seed_make(&parts);
    v->team_seed = seed_team(&seed);
    for (size_t i = 0; i < v->entry_count; i++) {
        if (v->entries[i].kind != KIND_REPLACEMENT) continue;
        size_t stratum = verify_case_stratum(
            v, value_member_text(v->entries[i].value, "stratum"));
        if (stratum != VERIFY_NONE) v->strata[stratum].drops++;
    }
    for (size_t i = 0; i < v->stratum_count; i++)
        if (!pick_stratum(v, &v->strata[i], &seed)) return false;
    return true;
}

bool verify_seed_is_drawn(const struct verify_stratum *stratum,
                          uint64_t position)
{
    return stratum->take != 0 &&
           bsearch(&position, stratum->sorted, stratum->take,
                   sizeof *stratum->sorted, compare) != NULL;
}
