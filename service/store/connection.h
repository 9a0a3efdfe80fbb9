/*
 * connection — what db.c and query.c share: the handle, SQLite's codes.
 *
 * Nobody outside of store/ includes this.
 * Source: SQLite's result codes.
 */
#ifndef STORE_CONNECTION_H
#define STORE_CONNECTION_H

#include "core/err.h"

struct sqlite3;

struct db {
    struct sqlite3 *sqlite;
    char message[256]; /* of the last error; a commit may overwrite SQLite's */
};

/*
 * The house's error for SQLite's `code`, listed at query_end(); OK for
 * SQLITE_OK.  The message of an error is kept for db_message().
 */
enum err connection_err(struct db *db, int code);

#endif
