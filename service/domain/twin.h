/*
 * twin — a file of people becomes a sheet, no key twice.
 *
 *     all cells alike   a warning, the row counts once
 *     different cells   an error
 *
 * Source: the rules of `import` in the README.
 */
#ifndef DOMAIN_TWIN_H
#define DOMAIN_TWIN_H

#include "domain/sheet.h"
#include "domain/table.h"

/* How the rows of one kind of file become lines. */
struct twin_kind {
    const struct table_column *columns; /* the first is that of the key */
    size_t count;
    /* Adds all rows; what table_next() ended with, or an error of its own. */
    enum err (*rows)(struct sheet *sheet, struct table *table,
                     void *context);
    void *context;
    const char *empty; /* what no row means, a warning; NULL: an error  */
};
/*
 * Reads a whole file into a sheet in order, which the caller frees.
 *   ERR_INPUT  the report holds an error; there is no sheet    ERR_MEMORY
 *   and the errors of `rows`
 */
MUST_CHECK enum err twin_read(struct sheet **sheet, struct report *report,
                              struct bytes file,
                              const struct twin_kind *kind);

#endif
