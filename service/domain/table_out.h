/*
 * table_out — the drawn list and the teams as CSV for a spreadsheet.
 *
 * UTF-8 with byte order mark, CRLF; a cell that a spreadsheet would take for
 * a formula gets an apostrophe in front.
 * Source: RFC 4180; the rules of `rehearse` in the README.
 */
#ifndef DOMAIN_TABLE_OUT_H
#define DOMAIN_TABLE_OUT_H

#include "domain/outcome.h"

/* *csv is from malloc, the caller frees it.  ERR_MEMORY, ERR_FULL. */
MUST_CHECK enum err table_out_targets(struct bytes *csv,
                                      const struct outcome *outcome);
MUST_CHECK enum err table_out_teams(struct bytes *csv,
                                    const struct outcome *outcome);

#endif
