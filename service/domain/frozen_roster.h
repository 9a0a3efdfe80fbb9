/*
 * frozen_roster — inspectors by roster index, and who may go where.
 *
 * Source: FORMAT 4.3, 4.5.  Used by domain/frozen only.
 */
#ifndef DOMAIN_FROZEN_ROSTER_H
#define DOMAIN_FROZEN_ROSTER_H

#include "domain/frozen.h"

/* Order, leaves and commitment of the roster.  ERR_INPUT, ERR_MEMORY. */
MUST_CHECK enum err frozen_roster_build(struct frozen *frozen);

/* The duty of a district, made at the first question.  NULL: no memory. */
struct frozen_duty *frozen_roster_duty(struct frozen *frozen,
                                       struct bytes district);
/* The same, of a district that was asked for before; NULL: it was not. */
const struct frozen_duty *frozen_roster_find(const struct frozen *frozen,
                                             struct bytes district);

/* Numbers the pools of the duties in use, and writes the duties' texts.
 * ERR_INPUT: a pool is empty. */
MUST_CHECK enum err frozen_roster_number(struct frozen *frozen);

#endif
