/*
 * batch — the rows of a plan's file, gathered into its batches.
 *
 *     rows of one code     one batch, a quota each; what the first row says
 *                          of name, items, departments, scope holds for all
 *
 * Source: FORMAT 3.3 (batch, quota).
 */
#ifndef DOMAIN_BATCH_H
#define DOMAIN_BATCH_H

#include "domain/report.h"
#include "domain/sheet.h"

/* One row of the file, spelt and checked by itself. */
struct batch_row {
    uint64_t row;
    struct bytes code, name, items, scope, stratum, take;
    struct bytes departments[3]; /* 部门; 发起部门, 配合部门 */
    bool is_least_one;
    uint64_t follows;
};

/* All zero is an empty list. */
struct batch_list {
    struct batch_row *rows; /* their bytes are owned as well */
    size_t count, max;
};

/* Keep a copy.  ERR_MEMORY, ERR_LIMIT (too many rows). */
MUST_CHECK enum err batch_list_add(struct batch_list *list,
                                   const struct batch_row *row);
void batch_list_release(struct batch_list *list);

/*
 * Add one line for each batch to the sheet; what does not fit together goes
 * to the report.  `items` holds what may be inspected.
 *   ERR_MEMORY, ERR_LIMIT
 */
MUST_CHECK enum err batch_list_write(struct sheet *sheet,
                                     const struct batch_list *list,
                                     struct report *report,
                                     const struct sheet *items);

#endif
