/*
 * outcome — what a seed makes of the frozen lists: positions and teams.
 *
 *     seed -> per stratum N rows: k positions, in draw order
 *          -> per drawn target and seat: the inspector who goes
 *
 * A pure function of the frozen lists and the seed.
 * Source: FORMAT 5, 6 and 3.9.
 */
#ifndef DOMAIN_OUTCOME_H
#define DOMAIN_OUTCOME_H

#include "core/pick.h"
#include "core/seed.h"
#include "domain/frozen.h"

struct outcome_stratum {
    uint64_t take;       /* k */
    uint64_t *positions; /* k drawn, then `reserves` reserves */
    uint64_t reserves;
    struct hash digest;  /* of the k positions */
    size_t first;        /* index of its first target */
};

/* One drawn target, strata in A's order and in draw order. */
struct outcome_target {
    uint32_t stratum;
    uint64_t position;
    const struct frozen_place *place;
    struct hash crew; /* its digest, leaf data of the crew tree */
};

struct outcome {
    const struct frozen *frozen; /* borrowed */
    struct arena arena;
    struct hash seed, team_seed;
    struct outcome_stratum *strata;
    size_t target_count;
    struct outcome_target *targets;
    uint32_t *holders; /* seat_count per target, TEAM_NOBODY: open */
    uint32_t open_count;
    struct merkle_levels crews;
    struct hash crews_commitment;
};

/*
 * Derives everything; `reserves` more positions a stratum are derived behind
 * the drawn ones.  Released by outcome_release() also after an error.
 *   ERR_MEMORY, ERR_LIMIT, and the errors of frozen_row()
 */
MUST_CHECK enum err outcome_make(struct outcome *outcome,
                                 const struct frozen *frozen,
                                 const struct hash *seed, uint64_t reserves);
/* The same for positions, holders and open posts only. */
MUST_CHECK enum err outcome_try(struct outcome *outcome,
                                const struct frozen *frozen,
                                const struct hash *seed);
void outcome_release(struct outcome *outcome);

/* k of stratum `index` as announced and frozen. */
uint64_t outcome_take(const struct frozen *frozen, size_t index);

/* Writes the crew of these holders, `seats` of them. */
void outcome_write_crew(struct writer *w, const struct frozen *frozen,
                        const uint32_t *holders, size_t seats);

#endif
