/*
 * db — the door to one SQLite file: open, migrate, transactions.
 *
 *     struct db *db;
 *     err = db_open(&db, "DIR/yaohao.db", DB_WRITE);
 *     err = db_migrate(db, db_schema_main);
 *     err = db_begin(db);  …queries…  err = db_commit(db);
 *     db_close(db);
 *
 * Every connection: WAL, synchronous=FULL, foreign keys on, waits 5 s for
 * another writer.  Schema files stand in store/schema/NNNN_name.sql and for
 * the guard in store/schema/guard/; `make` puts them into the program.
 * Source: SQLite's manual on WAL, PRAGMA synchronous and user_version.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include "core/bytes.h"

struct db;

enum db_mode {
    DB_CREATE, /* the file must not exist; it is made, mode 0600 */
    DB_WRITE,  /* the file must exist                            */
    DB_READ,   /* the file must exist; nothing can be written    */
};

/* One schema file of a numbered row; `sql` is NULL after the last one. */
struct db_step {
    const char *name; /* "0001_register.sql" */
    const char *sql;
};

extern const struct db_step db_schema_main[];  /* yaohao.db */
extern const struct db_step db_schema_guard[]; /* guard.db  */

/*
 * Open `path`.  The caller closes *db; on an error there is nothing to close.
 *   ERR_EXISTS  DB_CREATE and there is a file   ERR_ABSENT  no such file
 *   ERR_DATABASE  not an SQLite file            ERR_DISK, ERR_MEMORY
 */
MUST_CHECK enum err db_open(struct db **db, const char *path,
                            enum db_mode mode);

/* NULL is allowed.  An open transaction is rolled back. */
void db_close(struct db *db);

/*
 * Bring the schema to the last step, each step its own transaction; nothing
 * to do is OK.  Opened with DB_READ it only compares.
 *   ERR_SUPPORT  the file has more steps than this program knows: update it;
 *                or fewer, and cannot be written: run a writing verb first
 *   and the errors of query_end()
 */
MUST_CHECK enum err db_migrate(struct db *db, const struct db_step *steps);

/* BEGIN IMMEDIATE.  They do not nest.  ERR_BUSY, ERR_DISK. */
MUST_CHECK enum err db_begin(struct db *db);
/* Any error: it is unknown whether the transaction stands.  Stop, reopen. */
MUST_CHECK enum err db_commit(struct db *db);
/* Always ends the transaction; without one it does nothing. */
void db_rollback(struct db *db);
/* db_commit() if `err` is OK, else db_rollback(); returns the first error. */
MUST_CHECK enum err db_finish(struct db *db, enum err err);

/* A read transaction: all queries until db_rollback() see one moment. */
MUST_CHECK enum err db_begin_read(struct db *db);

/* Rows changed by the last statement. */
int64_t db_changes(const struct db *db);

/*
 * Copy everything into a new file at `path`, there whole or not at all.
 *   ERR_EXISTS  the path is taken    ERR_ABSENT  no such directory
 *   ERR_DISK
 */
MUST_CHECK enum err db_backup(struct db *db, const char *path);

/* Another number than before: another connection has committed. */
MUST_CHECK enum err db_version(int64_t *version, struct db *db);

/* Of the last error, English, for the log.  Borrowed until the next call. */
const char *db_message(const struct db *db);

#endif
