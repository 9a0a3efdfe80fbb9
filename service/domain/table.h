/*
 * table — a CSV file of people, read by the names of its columns.
 *
 *     header 社会信用代码,名称 …     any order, synonyms, other columns too
 *     row    -> fields[column], one spelling, within limits
 *
 * What is wrong with a cell goes to the report and its row is passed over.
 * Source: the rules of `import` in the README.
 */
#ifndef DOMAIN_TABLE_H
#define DOMAIN_TABLE_H

#include "domain/report.h"
#include "format/csv.h"
#include "format/encoding.h"

enum { TABLE_COLUMN_MAX = 16, TABLE_ROOM = 32768 };

enum table_spelling { TABLE_NAME, TABLE_LABEL, TABLE_CODE };

struct table_column {
    const char *title; /* for reports, Chinese                         */
    const char *names; /* header names, upper case, without blanks and
                          marks, joined by '|'; an earlier one wins    */
    enum table_spelling spelling;
    size_t max;       /* bytes of a field                             */
    bool is_required; /* the column, and in each row                  */
    bool is_public;   /* published as it stands: what points at a
                         person is a warning                          */
};

struct table {
    const struct table_column *columns; /* borrowed constants            */
    size_t column_count;
    struct report *report; /* borrowed                      */
    struct encoding encoding;
    struct csv csv;
    size_t header_count;
    size_t place[TABLE_COLUMN_MAX];        /* cell of a column, or SIZE_MAX */
    struct bytes fields[TABLE_COLUMN_MAX]; /* borrowed until the next row */
    struct bytes raw[TABLE_COLUMN_MAX];    /* the cells as they stand     */
    size_t released;                       /* bytes given back to the machine */
    uint8_t room[TABLE_ROOM];
};

/*
 * Decode `file`, which is borrowed, and read its header.  Always followed by
 * table_end().
 *   ERR_INPUT  the report says why      ERR_MEMORY
 */
MUST_CHECK enum err table_begin(struct table *table,
                                const struct table_column *columns,
                                size_t count, struct report *report,
                                struct bytes file);

/*
 * The next row without an error of its own.
 *   ERR_ABSENT  no more rows    ERR_INPUT  reading cannot go on, see report
 */
MUST_CHECK enum err table_next(struct table *table);
void table_end(struct table *table);

bool table_has(const struct table *table, size_t column);
/* Of the row that is read, from 1. */
uint64_t table_row(const struct table *table);
/* 64 bits that two rows share when all their cells but `column` are equal. */
uint64_t table_cells(const struct table *table, size_t column);
/* A finding about a field of the row that is read. */
void table_error(struct table *table, size_t column, const char *reason);
void table_warn(struct table *table, size_t column, const char *reason);

#endif
