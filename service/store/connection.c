#include "store/connection.h"

#include <sqlite3.h>

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
