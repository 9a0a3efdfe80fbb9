#include "store/db.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "host/fault.h"
#include "host/file.h"
#include "store/connection.h"
#include "store/query.h"

enum { BUSY_WAIT_MS = 5000 };

static enum err run(struct db *db, const char *sql)
{
    return connection_err(db, sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL));
}

/* Kept for the next time: a server begins and ends one for every answer. */
static enum err run_kept(struct db *db, const char *sql)
{
    struct query q = query_begin(db, sql);
    query_next(&q);
    return query_end(&q);
}

static enum err check_file(const char *path, enum db_mode mode)
{
    if (mode != DB_CREATE) return file_exists(path) ? OK : ERR_ABSENT;
    /* Made here, so that nobody else can read it at any moment. */
    return file_create(path, bytes_text(""), 0600);
}

static enum err prepare(struct db *db, enum db_mode mode)
{
    static const char sql_write[] = "PRAGMA journal_mode = WAL;"
                                    "PRAGMA synchronous = FULL;"
                                    "PRAGMA foreign_keys = ON;"
                                    "PRAGMA trusted_schema = OFF;";
    static const char sql_read[] = "PRAGMA query_only = ON;"
                                   "PRAGMA trusted_schema = OFF;"
                                   "SELECT count(*) FROM sqlite_schema;";
    sqlite3_extended_result_codes(db->sqlite, 1);
    sqlite3_busy_timeout(db->sqlite, BUSY_WAIT_MS);
    return run(db, mode == DB_READ ? sql_read : sql_write);
}

enum err db_open(struct db **db, const char *path, enum db_mode mode)
{
    enum err err = check_file(path, mode);
    if (err != OK) return err;

    struct db *made = calloc(1, sizeof *made);
    if (made == NULL) return ERR_MEMORY;
    int flags = SQLITE_OPEN_NOMUTEX; /* one thread at a time has it */
    flags |= mode == DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    int code = sqlite3_open_v2(path, &made->sqlite, flags, NULL);
    err = made->sqlite == NULL ? ERR_MEMORY : connection_err(made, code);
    if (err == OK) err = prepare(made, mode);
    if (err != OK) {
        db_close(made);
        return err;
    }
    *db = made;
    return OK;
}

void db_close(struct db *db)
{
    if (db == NULL) return;
    db_rollback(db);
    connection_clear(db);
    sqlite3_close_v2(db->sqlite);
    free(db);
}

static enum err version_read(int64_t *version, struct db *db)
{
    struct query q = query_begin(db, "PRAGMA user_version");
    if (query_next(&q)) *version = query_int(&q, 0);
    return query_end(&q);
}

static enum err step_apply(struct db *db, const char *sql, int64_t version)
{
    enum err err = db_begin(db);
    if (err != OK) return err;
    err = run(db, sql);

    char mark[48]; /* a PRAGMA takes no bound value; ours is an integer */
    sqlite3_snprintf(sizeof mark, mark, "PRAGMA user_version = %lld", version);
    if (err == OK) err = run(db, mark);
    return db_finish(db, err);
}

enum err db_migrate(struct db *db, const struct db_step *steps)
{
    int64_t version = 0, count = 0;
    enum err err = version_read(&version, db);
    if (err != OK) return err;

    while (steps[count].sql != NULL) count++;
    if (version > count) return ERR_SUPPORT;
    if (version < count && sqlite3_db_readonly(db->sqlite, "main") == 1)
        return ERR_SUPPORT;

    for (int64_t i = version; i < count && err == OK; i++)
        err = step_apply(db, steps[i].sql, i + 1);
    return err;
}

enum err db_begin(struct db *db)
{
    enum err err = run(db, "BEGIN IMMEDIATE");
    FAULT("db-begun");
    return err;
}

enum err db_begin_read(struct db *db)
{
    return run_kept(db, "BEGIN");
}

enum err db_commit(struct db *db)
{
    FAULT("db-commit");
    enum err err = run(db, "COMMIT");
    FAULT("db-committed");
    return err;
}

void db_rollback(struct db *db)
{
    if (db->sqlite == NULL || sqlite3_get_autocommit(db->sqlite)) return;
    /* A failed ROLLBACK leaves nothing to do: closing rolls back as well. */
    (void)run_kept(db, "ROLLBACK");
}

enum err db_finish(struct db *db, enum err err)
{
    if (err == OK) err = db_commit(db);
    if (err != OK) db_rollback(db);
    return err;
}

int64_t db_changes(const struct db *db)
{
    return sqlite3_changes64(db->sqlite);
}

enum err db_version(int64_t *version, struct db *db)
{
    struct query q = query_begin(db, "PRAGMA data_version");
    if (query_next(&q)) *version = query_int(&q, 0);
    return query_end(&q);
}

enum err db_backup(struct db *db, const char *path)
{
    static const char sql[] = "VACUUM INTO $1";

    char beside[FILE_PATH_MAX];
    if (file_exists(path)) return ERR_EXISTS;
    enum err err = file_beside(beside, path);
    if (err == OK) err = file_remove(beside); /* a crash left it */
    if (err == OK) err = check_file(beside, DB_CREATE);
    if (err != OK) return err;
    FAULT("backup-begun");
    struct query q = query_begin(db, sql); /* empty: VACUUM accepts it */
    query_bind_text(&q, 1, beside);
    err = query_run(&q);
    FAULT("backup-written");
    if (err == OK) return file_adopt(path, beside);
    enum err removed = file_remove(beside);
    (void)removed; /* what failed first is what is told */
    return err;
}

const char *db_message(const struct db *db)
{
    return db->message;
}
