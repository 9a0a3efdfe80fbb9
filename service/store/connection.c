#include "store/connection.h"

#include <sqlite3.h>
#include <string.h>

static enum err constraint(int extended)
{
    switch (extended) {
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
    case SQLITE_CONSTRAINT_UNIQUE:
        return ERR_EXISTS;
    case SQLITE_CONSTRAINT_TRIGGER:
        return ERR_STATE;
    default:
        return ERR_INPUT;
    }
}

static enum err err_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_OK:
        return OK;
    case SQLITE_CONSTRAINT:
        return constraint(code);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return ERR_DISK;
    case SQLITE_NOMEM:
        return ERR_MEMORY;
    case SQLITE_TOOBIG:
        return ERR_LIMIT;
    default:
        return ERR_DATABASE;
    }
}

enum err connection_err(struct db *db, int code)
{
    enum err err = err_of(code);
    if (err == OK) return OK;
    sqlite3_snprintf(sizeof db->message, db->message, "%s (%d)",
                     sqlite3_errmsg(db->sqlite), code);
    return err;
}

enum err connection_take(struct sqlite3_stmt **statement, struct db *db,
                         const char *sql)
{
    for (size_t i = 0; i < CONNECTION_KEPT; i++) {
        sqlite3_stmt *kept = db->kept[i].statement;
        if (kept == NULL || db->kept[i].is_lent) continue;
        if (strcmp(sqlite3_sql(kept), sql) != 0) continue;
        db->kept[i].is_lent = true;
        *statement = kept;
        return OK;
    }
    return connection_err(
        db, sqlite3_prepare_v2(db->sqlite, sql, -1, statement, NULL));
}

static void keep(struct db *db, sqlite3_stmt *statement)
{
    for (size_t i = 0; i < CONNECTION_KEPT; i++) {
        size_t at = (db->next + i) % CONNECTION_KEPT;
        if (db->kept[at].is_lent) continue;
        sqlite3_finalize(db->kept[at].statement);
        db->kept[at].statement = statement;
        db->next = at + 1;
        return;
    }
    sqlite3_finalize(statement);
}

void connection_give(struct db *db, struct sqlite3_stmt *statement)
{
    if (statement == NULL) return;
    sqlite3_reset(statement); /* its error was seen by query_next() */
    sqlite3_clear_bindings(statement);
    for (size_t i = 0; i < CONNECTION_KEPT; i++)
        if (db->kept[i].statement == statement) {
            db->kept[i].is_lent = false;
            return;
        }
    keep(db, statement);
}

void connection_clear(struct db *db)
{
    for (size_t i = 0; i < CONNECTION_KEPT; i++) {
        sqlite3_finalize(db->kept[i].statement);
        db->kept[i].statement = NULL;
    }
}
