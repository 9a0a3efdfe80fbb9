/*
 * csv — a table of text, read row by row out of a whole file in memory.
 *
 *     企业名称,统一社会信用代码          row 1, the header
 *     "运城 ""试验"", 有限公司",9114…    quotes double inside quotes
 *
 * Rows end with LF, CRLF or CR; the last one may lack its end.  A quote that
 * does not open a cell is a character like any other, as spreadsheets take
 * it.  Lines of nothing at all are skipped, but counted.
 * Source: RFC 4180.
 */
#ifndef FORMAT_CSV_H
#define FORMAT_CSV_H

#include "core/bytes.h"

enum {
    CSV_CELL_MAX = 65536,  /* bytes of one cell          */
    CSV_COLUMN_MAX = 256,  /* cells of one row           */
    CSV_ROW_MAX = 20000000 /* rows of one file           */
};

/* Why a file cannot be read on: place and reason, from row 1, column 1. */
struct csv_fault {
    uint64_t row;
    uint64_t column;
    const char *reason; /* Chinese, a constant */
};

struct csv {
    struct bytes text; /* borrowed, UTF-8                              */
    size_t at;         /* next byte to read                            */
    uint64_t row;      /* of the cells below, from 1                   */
    size_t cell_count;
    struct bytes cells[CSV_COLUMN_MAX];
    uint8_t *scratch; /* where doubled quotes become single ones      */
    size_t scratch_max;
    struct csv_fault fault;
};

/* `text` is UTF-8 without NUL, see encoding.h; borrowed until csv_end(). */
void csv_begin(struct csv *csv, struct bytes text);

/*
 * Read the next row into csv->cells.  Borrowed: valid until the next call.
 *   ERR_ABSENT  the file is at its end
 *   ERR_INPUT   csv->fault says where and why; reading cannot go on
 *   ERR_MEMORY
 */
MUST_CHECK enum err csv_next(struct csv *csv);

void csv_end(struct csv *csv);

/* One row with its line end; cells with `,` `"` or line ends are quoted,
 * and what a spreadsheet would compute gets an apostrophe before it. */
void csv_write_row(struct writer *w, const struct bytes *cells, size_t count);

/* Would a spreadsheet take this cell for a formula: = + - @ TAB CR LF first,
 * or a wide = + - @, which an East Asian one reads as the narrow? */
bool csv_is_formula(struct bytes cell);

#endif
