/*
 * xlsx_write — one table as a workbook that spreadsheets open.
 *
 *     struct xlsx_write x;
 *     enum err err = xlsx_write_begin(&x, &sheet);
 *     for (...) xlsx_write_row(&x, cells);
 *     err = xlsx_write_end(&file, &x);            free((void *)file.at)
 *
 * Codes stay text, so no digit is lost; nothing in a cell is a formula.  The
 * same rows give the same bytes: no date and no author inside.
 * Source: ECMA-376 (SpreadsheetML, OPC); APPNOTE.TXT (zip).
 */
#ifndef FORMAT_XLSX_WRITE_H
#define FORMAT_XLSX_WRITE_H

#include "core/bytes.h"

enum {
    XLSX_WRITE_ROWS_MAX = 1048575, /* under the header, Excel's own limit */
    XLSX_WRITE_COLUMNS_MAX = 64,
    XLSX_WRITE_PARTS = 6
};

struct xlsx_column {
    const char *title; /* Chinese, borrowed              */
    unsigned width;    /* in letters                     */
    bool is_number;    /* decimal digits, else as text   */
};

struct xlsx_sheet {
    const char *name; /* at most 31 letters, none of []:*?/\ */
    const struct xlsx_column *columns;
    size_t column_count;
};

/* Bytes from malloc that grow. */
struct xlsx_text {
    uint8_t *at;
    size_t len, max;
};

struct xlsx_write {
    const struct xlsx_sheet *sheet; /* borrowed until the end */
    struct xlsx_text rows;
    uint64_t row_count;
    enum err err; /* the first one sticks */
};

/* ERR_RANGE: no column or too many.  Then there is nothing to end. */
MUST_CHECK enum err xlsx_write_begin(struct xlsx_write *x,
                                     const struct xlsx_sheet *sheet);
/* One row, column_count cells of valid UTF-8.  What fails is kept. */
void xlsx_write_row(struct xlsx_write *x, const struct bytes *cells);
/*
 * The whole file; `x` is released in any case.  *file is from malloc, the
 * caller frees it.
 *   ERR_LIMIT   more than XLSX_WRITE_ROWS_MAX rows, or a part over 4 GiB
 *   ERR_FORMAT  a number that is none     ERR_MEMORY
 */
MUST_CHECK enum err xlsx_write_end(struct bytes *file, struct xlsx_write *x);

#endif
