/*
 * aftermath — a draw opened for what comes after it.
 *
 * Everything is made again from the log: lists, outcome, and who stands
 * where by now.
 * Source: FORMAT 3.12 … 3.15.
 */
#ifndef DOMAIN_AFTERMATH_H
#define DOMAIN_AFTERMATH_H

#include "domain/actor.h"
#include "domain/succession.h"

struct aftermath {
    struct directory *dir; /* borrowed */
    const struct draw_persons *persons;
    struct draw draw;
    struct draw_libraries libraries;
    struct frozen frozen;
    struct outcome outcome;
    struct succession succession;
};

/*
 * Ended by aftermath_end() also after an error.
 *   ERR_STATE  nothing is drawn yet, or the draw is annulled
 */
MUST_CHECK enum err aftermath_begin(struct aftermath *a,
                                    struct directory *dir, uint64_t number);
/* All but dir and draw, which are set: lists, outcome, succession. */
MUST_CHECK enum err aftermath_make(struct aftermath *a);
void aftermath_end(struct aftermath *a);

/* The place that a person named.  ERR_INPUT, ERR_STATE: dropped before. */
MUST_CHECK enum err aftermath_place(size_t *place, struct aftermath *a,
                                    const char *stratum, uint64_t position);
/* Does an entry hold a digest of why, or why itself? */
bool aftermath_is_sealed(const struct aftermath *a);
bool aftermath_is_open(const struct aftermath *a);
/* A name of 1 to 200 bytes without control characters, or ERR_INPUT. */
MUST_CHECK enum err aftermath_name(struct aftermath *a, const char *what,
                                   const char *text);
/* What ends every entry of this part: appends, and moves on. */
MUST_CHECK enum err aftermath_append(struct aftermath *a,
                                     const struct actor_entry *entry);

#endif
