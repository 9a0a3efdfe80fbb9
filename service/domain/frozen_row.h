/*
 * frozen_row — one row of a frozen list, made of a line of the register.
 *
 *     line -> cells -> id, row, duty      order and leaf need the keys
 *
 * Source: FORMAT 4.
 */
#ifndef DOMAIN_FROZEN_ROW_H
#define DOMAIN_FROZEN_ROW_H

#include "domain/frozen.h"

/* `room` has FROZEN_TEXT_MAX bytes.  ERR_FORMAT, ERR_FULL. */
MUST_CHECK enum err frozen_row(struct frozen_row *row,
                               const struct frozen *frozen, uint32_t line,
                               uint8_t *room);
/* Its cells and id alone; the rest is left as it was.  The same errors. */
MUST_CHECK enum err frozen_row_cells(struct frozen_row *row,
                                     const struct frozen *frozen,
                                     uint32_t line, uint8_t *room);
/* The row of these cells: A's columns in A's order.  Needs no key. */
void frozen_row_write(struct writer *w, const struct announcement *a,
                      const struct register_row *cells);
/* The three parts of a leaf in a list. */
struct frame_leaf frozen_row_leaf(const struct frozen *frozen,
                              const struct frozen_row *row, bool is_excluded);

#endif
