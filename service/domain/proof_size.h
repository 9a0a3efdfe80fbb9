/*
 * proof_size — how long the proof of a draw will be once it is opened, told
 * before its lists can no longer change.
 *
 *     every opened target: its row, crew and duty, some 500 bytes, 110 a
 *     seat, and 69 for each hash of its two paths
 *
 * Never more than what it will be, and some per cent less: names and units
 * are taken as short.
 * Source: FORMAT 8, "Size".
 */
#ifndef DOMAIN_PROOF_SIZE_H
#define DOMAIN_PROOF_SIZE_H

#include "domain/frozen.h"
#include "domain/proof.h"

/* From here on a person is told: names may take the rest. */
#define PROOF_SIZE_NEAR (PROOF_MAX / 4 * 3)

struct proof_size_list {
    uint64_t count, take; /* N and k of a stratum */
};

/* Bytes of the targets alone; UINT64_MAX stands for all that is more. */
uint64_t proof_size_least(const struct proof_size_list *lists, size_t count,
                          size_t seats);

/* The same of lists that are built. */
uint64_t proof_size_frozen(const struct frozen *frozen);

/*
 * The same of a draw that is announced, as if the register in force were
 * its list, with equal strata; 0: no register is in force.
 */
MUST_CHECK enum err proof_size_announced(uint64_t *bytes,
                                         struct directory *dir,
                                         uint64_t number);

#endif
