/*
 * frozen_order — the rows of every list in the order that frame_key gives,
 * and the commitment to each list.
 *
 *     list of each row  ->  sorted by (list, order)  ->  leaves  ->  root
 *
 * Source: FORMAT 4.1 to 4.4.
 */
#ifndef DOMAIN_FROZEN_ORDER_H
#define DOMAIN_FROZEN_ORDER_H

#include "domain/frozen.h"

/*
 * Fills places and commitments; `list_of` holds the list of each row and is
 * borrowed.
 *   ERR_INPUT  two rows of one order, so of one code     ERR_MEMORY
 */
MUST_CHECK enum err frozen_order_build(struct frozen *frozen,
                                       const uint16_t *list_of);

/* All nodes of a list's tree, for paths; memory from `arena`. */
MUST_CHECK enum err frozen_levels(struct merkle_levels *levels,
                                  struct arena *arena,
                                  const struct frozen *frozen, size_t list);

#endif
