/*
 * twin — two rows of one file with the same key.
 *
 *     all cells alike   a warning, the row counts once
 *     different cells   an error
 *
 * Source: the rules of `import` in the README.
 */
#ifndef DOMAIN_TWIN_H
#define DOMAIN_TWIN_H

#include "domain/report.h"
#include "domain/sheet.h"

/*
 * Put a sheet in order after its last row was read with `err`, ERR_ABSENT at
 * the end of the file; `title` is that of the key's column.
 *   ERR_INPUT  the report holds an error, or there is no row
 *   and `err` where it is another one
 */
MUST_CHECK enum err twin_finish(struct sheet *sheet, struct report *report,
                                const char *title, enum err err);

#endif
