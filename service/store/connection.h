/*
 * connection — what db.c and query.c share: the handle, SQLite's codes.
 *
 * Nobody outside of store/ includes this.
 * Source: SQLite's result codes.
 */
#ifndef STORE_CONNECTION_H
#define STORE_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"

struct sqlite3;
struct sqlite3_stmt;

enum { CONNECTION_KEPT = 64 /* statements that need not be read again */ };

struct db {
    struct sqlite3 *sqlite;
    struct {
        struct sqlite3_stmt *statement; /* NULL: free */
        bool is_lent;
    } kept[CONNECTION_KEPT];
    size_t next; /* where a new one goes when all are taken */
    char message[256]; /* of the last error; a commit may overwrite SQLite's */
};

/*
 * A statement for `sql`, kept or new, nothing bound; given back by
 * connection_give().  The errors of connection_err().
 */
enum err connection_take(struct sqlite3_stmt **statement, struct db *db,
                         const char *sql);
/* NULL is fine. */
void connection_give(struct db *db, struct sqlite3_stmt *statement);
/* Frees what is kept, before closing. */
void connection_clear(struct db *db);

/*
 * The house's error for SQLite's `code`, listed at query_end(); OK for
 * SQLITE_OK.  The message of an error is kept for db_message().
 */
enum err connection_err(struct db *db, int code);

#endif
