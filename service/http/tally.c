#include "http/tally.h"

#include <stdlib.h>
#include <string.h>

#include "core/pick.h"
#include "core/seed.h"
#include "format/json_read.h"

enum { LIST_MIN = 10 /* rows: a shorter list has no tenths */ };

bool tally_is_usual(uint64_t take, double expected)
{
    double off = (double)take - expected;
    return off * off <= 4 * expected;
}

static double expect(const struct rate *rate, uint64_t count, uint64_t take)
{
    return rate->is_percent ? (double)count * (double)rate->amount /
                                  (double)RATE_WHOLE
                            : (double)take;
}

static void print(char *to, size_t max, struct bytes text)
{
    size_t len = text.len < max ? text.len : max - 1;
    memcpy(to, text.at, len);
    to[len] = 0;
}

static void add_stratum(struct tally *tally, struct bytes name,
                        struct bytes planned, uint64_t count, uint64_t take)
{
    struct rate rate;
    size_t i = 0;
    if (name.len >= TALLY_NAME_MAX || rate_read(&rate, planned) != OK) return;
    while (i < tally->stratum_count &&
           (!bytes_equal_text(name, tally->strata[i].name) ||
            !bytes_equal_text(planned, tally->strata[i].planned)))
        i++;
    if (i == TALLY_STRATA_MAX) return;
    struct tally_stratum *stratum = &tally->strata[i];
    if (i == tally->stratum_count) {
        tally->stratum_count++;
        print(stratum->name, sizeof stratum->name, name);
        print(stratum->planned, sizeof stratum->planned, planned);
    }
    stratum->draws++;
    stratum->count += count;
    stratum->take += take;
    stratum->expected += expect(&rate, count, take);
}

/* Rows of a list of `count` whose tenth is `tenth`. */
static uint64_t width(uint64_t count, uint64_t tenth)
{
    uint64_t from = (tenth * count + TALLY_TENTHS - 1) / TALLY_TENTHS;
    uint64_t to = ((tenth + 1) * count + TALLY_TENTHS - 1) / TALLY_TENTHS;
    return to - from;
}

static enum err add_tenths(struct tally *tally, const struct hash *seed,
                           uint64_t count, uint64_t take)
{
    size_t slot_count = pick_slots(take);
    struct pick_slot *slots = calloc(slot_count, sizeof *slots);
    struct pick pick;
    if (slots == NULL) return ERR_MEMORY;
    enum err err = pick_begin(&pick, seed, count, slots, slot_count);
    for (uint64_t i = 0; err == OK && i < take; i++) {
        uint64_t position;
        err = pick_next(&position, &pick);
        if (err == OK) tally->take[position * TALLY_TENTHS / count]++;
    }
    for (uint64_t t = 0; t < TALLY_TENTHS; t++)
        tally->expected[t] += (double)take * (double)width(count, t) /
                              (double)count;
    free(slots);
    return err;
}

static uint64_t number_of(const json_t *object, const char *key)
{
    uint64_t number = 0;
    return json_read_u64(&number, json_read_member(object, key),
                         UINT64_C(1) << 48) == OK
               ? number
               : 0;
}

static enum err add_one(struct tally *tally, const struct hash *seed,
                        const json_t *planned, const json_t *drawn)
{
    struct bytes name, take_text;
    uint64_t count = number_of(drawn, "count");
    uint64_t take = number_of(drawn, "take");
    enum err err = json_read_string(&name, json_read_member(drawn, "name"));
    if (err == OK)
        err = json_read_string(&take_text,
                               json_read_member(planned, "take"));
    if (err != OK) return err;
    add_stratum(tally, name, take_text, count, take);
    if (count < LIST_MIN || take == 0 || take >= count) return OK;
    if (tally->picks + take > TALLY_PICKS_MAX) {
        tally->left_out++;
        return OK;
    }
    tally->picks += take;
    struct hash own = seed_stratum(seed, name);
    return add_tenths(tally, &own, count, take);
}

enum err tally_add(struct tally *tally, const struct draw *draw)
{
    const struct draw_entry *entry = &draw->entries[DRAW_DRAW];
    json_t *root = NULL;
    struct hash seed;
    if (!entry->is_there) return OK;
    enum err err = draw_seed(&seed, draw);
    if (err == OK) err = json_read_text(&root, entry->text);
    const json_t *drawn = json_read_member(root, "strata");
    const json_t *planned =
        json_read_member(draw->announcement.root, "strata");
    for (size_t i = 0; err == OK && i < json_array_size(drawn); i++)
        err = add_one(tally, &seed, json_array_get(planned, i),
                      json_array_get(drawn, i));
    json_decref(root);
    if (err == OK) tally->drawn++;
    return err;
}
