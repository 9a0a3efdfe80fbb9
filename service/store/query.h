/*
 * query — one SQL statement: bind, step, read; errors stick to the end.
 *
 *     static const char sql[] = "SELECT leaf FROM log_entry WHERE seq = $1";
 *     struct query q = query_begin(db, sql);
 *     query_bind_int(&q, 1, seq);
 *     if (query_next(&q)) leaf = query_bytes(&q, 0);
 *     enum err err = query_end(&q);
 *
 * After the first error every call does nothing, query_next() says false,
 * and query_end() returns that error.  The SQL is a constant; values are
 * bound, never printed.
 * Source: SQLite's C interface.
 */
#ifndef STORE_QUERY_H
#define STORE_QUERY_H

#include "core/bytes.h"

struct db;
struct sqlite3_stmt;

struct query {
    struct db *db;
    struct sqlite3_stmt *statement; /* NULL after an error in begin */
    enum err err;                   /* the first error, it sticks   */
};

/* Prepare `sql`, one statement.  Always followed by query_end(). */
struct query query_begin(struct db *db, const char *sql);

/* Bind to $index, from 1.  Text and bytes are borrowed until query_end(),
 * query_run() or query_again(). */
void query_bind_int(struct query *q, int index, int64_t value);
void query_bind_text(struct query *q, int index, const char *text);
void query_bind_string(struct query *q, int index, struct bytes utf8);
void query_bind_bytes(struct query *q, int index, struct bytes blob);

/* True: a row can be read.  False: no more rows, or an error. */
bool query_next(struct query *q);

/* Columns of the row, from 0.  Text and bytes are borrowed: valid until the
 * next query_next(), query_again() or query_end().  NULL reads as 0, "" and
 * no bytes. */
int64_t query_int(struct query *q, int column);
const char *query_text(struct query *q, int column);
struct bytes query_bytes(struct query *q, int column);
bool query_is_null(struct query *q, int column);

/* Make the statement ready to be bound and run once more. */
void query_again(struct query *q);

/*
 * Release the statement and give the one answer for everything since begin.
 *   ERR_EXISTS    a UNIQUE or PRIMARY KEY constraint
 *   ERR_STATE     a trigger of the schema refused (append-only, order)
 *   ERR_INPUT     another constraint (CHECK, NOT NULL, STRICT type)
 *   ERR_BUSY      another process writes, also after the waiting time
 *   ERR_DISK      full, read-only, or an I/O error
 *   ERR_MEMORY    no memory
 *   ERR_DATABASE  anything else, see db_message()
 */
MUST_CHECK enum err query_end(struct query *q);

/* For statements without rows: query_next() and query_end() in one. */
MUST_CHECK enum err query_run(struct query *q);

#endif
