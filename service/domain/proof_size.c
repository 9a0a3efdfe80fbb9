#include "domain/proof_size.h"

#include "domain/edition.h"
#include "domain/outcome.h"

enum { TARGET_LEN = 480, SEAT_LEN = 110, HASH_LEN = 69 };

/* The least hashes of a path in a tree of so many leaves. */
static uint64_t path_least(uint64_t leaves)
{
    uint64_t hashes = 0;
    for (; leaves > 1; leaves /= 2) hashes++;
    return hashes;
}

uint64_t proof_size_least(const struct proof_size_list *lists, size_t count,
                          size_t seats)
{
    uint64_t total = 0, bytes = 0;
    for (size_t i = 0; i < count; i++) {
        if (lists[i].take > UINT32_MAX) return UINT64_MAX;
        total += lists[i].take;
    }
    for (size_t i = 0; i < count; i++) {
        uint64_t hashes = path_least(lists[i].count) + path_least(total);
        bytes += lists[i].take *
                 (TARGET_LEN + SEAT_LEN * seats + HASH_LEN * hashes);
    }
    return bytes;
}

uint64_t proof_size_frozen(const struct frozen *frozen)
{
    const struct announcement *a = frozen->input.announcement;
    struct proof_size_list lists[ANNOUNCEMENT_STRATA_MAX];
    for (size_t i = 0; i < a->stratum_count; i++)
        lists[i] = (struct proof_size_list){ frozen->lists[i].count,
                                             outcome_take(frozen, i) };
    return proof_size_least(lists, a->stratum_count, a->seat_count);
}

enum err proof_size_announced(uint64_t *bytes, struct directory *dir,
                              uint64_t number)
{
    struct proof_size_list lists[ANNOUNCEMENT_STRATA_MAX];
    struct edition targets = { 0 };
    struct draw draw;
    *bytes = 0;
    enum err err = draw_load(&draw, dir, number);
    if (err == OK) err = edition_active(&targets, dir->db, EDITION_TARGETS);
    const struct announcement *a = &draw.announcement;
    for (size_t i = 0; err == OK && i < a->stratum_count; i++) {
        uint64_t rows = targets.count / a->stratum_count;
        lists[i] = (struct proof_size_list){
            rows, rate_take(&a->strata[i].take, rows,
                            a->strata[i].is_least_one)
        };
    }
    if (err == OK)
        *bytes = proof_size_least(lists, a->stratum_count, a->seat_count);
    draw_release(&draw);
    return err == ERR_ABSENT ? OK : err;
}
