/*
 * database — a database of the shipped schema in a file of its own.
 *
 *     char path[DATABASE_PATH_MAX];
 *     struct db *db = database_make(path);
 *     database_remove(db, path);
 *
 * Include after cmocka.h.
 */
#ifndef TESTS_DATABASE_H
#define TESTS_DATABASE_H

#include <stdio.h>
#include <unistd.h>

#include "store/db.h"

enum { DATABASE_PATH_MAX = 64 };

static inline struct db *database_make_to(char path[DATABASE_PATH_MAX],
                                          const struct db_step *steps)
{
    struct db *db = NULL;
    snprintf(path, DATABASE_PATH_MAX, "/tmp/yaohao-test-%d.db",
             (int)getpid());
    assert_int_equal(db_open(&db, path, DB_CREATE), OK);
    assert_int_equal(db_migrate(db, steps), OK);
    return db;
}

static inline struct db *database_make(char path[DATABASE_PATH_MAX])
{
    return database_make_to(path, db_schema_main);
}

static inline void database_remove(struct db *db, const char *path)
{
    static const char *const tails[] = { "", "-wal", "-shm" };
    db_close(db);
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        char name[DATABASE_PATH_MAX + 8];
        snprintf(name, sizeof name, "%s%s", path, tails[i]);
        unlink(name);
    }
}

#endif
