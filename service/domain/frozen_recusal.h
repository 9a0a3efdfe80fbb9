/*
 * frozen_recusal — recusals by roster index, and the duties that hold them.
 *
 * Source: FORMAT 4.3.  Used by domain/frozen only.
 */
#ifndef DOMAIN_FROZEN_RECUSAL_H
#define DOMAIN_FROZEN_RECUSAL_H

#include "domain/frozen.h"

/* After the roster; who is not in it is left out.  ERR_FORMAT, ERR_MEMORY. */
MUST_CHECK enum err frozen_recusal_build(struct frozen *frozen);
/* Of this code only those stay who are in a pool of the duty. */
void frozen_recusal_keep(struct frozen *frozen, struct bytes code,
                         const struct frozen_duty *duty);
/* NULL: nobody is recused for this code. */
const struct frozen_recusal *frozen_recusal_find(const struct frozen *frozen,
                                                 struct bytes code);
/* The duty with its recused, behind what stands in `w`.  Borrowed from it. */
struct bytes frozen_recusal_write(struct writer *w,
                                  const struct frozen *frozen,
                                  const struct frozen_row *row);

#endif
