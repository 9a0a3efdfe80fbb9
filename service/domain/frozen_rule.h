/*
 * frozen_rule — which list a row of the register belongs to.
 *
 *     scope -> exclusion rules 1, 2, … -> stratum
 *
 * The values of the announcement are sorted once: a rule may name a thousand
 * codes, and every row is asked.
 * Source: FORMAT 3.5.  Used by domain/frozen only.
 */
#ifndef DOMAIN_FROZEN_RULE_H
#define DOMAIN_FROZEN_RULE_H

#include "domain/frozen.h"

/* Values of one column, ascending. */
struct frozen_rule {
    enum announcement_column column;
    struct bytes *values;
    size_t count;
};

/* Reads scope and exclusions.  ERR_FORMAT, ERR_MEMORY. */
MUST_CHECK enum err frozen_rule_build(struct frozen *frozen);

/* Index of the row's list: a stratum, or behind them the rule. */
uint32_t frozen_rule_list(const struct frozen *frozen,
                          const struct register_row *row);

/* A column of a row; of COLUMN_NONE it is 全部. */
struct bytes frozen_rule_cell(const struct register_row *row,
                              enum announcement_column column);

#endif
