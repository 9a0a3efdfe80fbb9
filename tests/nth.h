/*
 * nth — lets the n-th allocation or the n-th call of SQLite fail.
 *
 * The linker puts these in front of malloc, calloc, realloc, sodium_malloc
 * and of sqlite3_open_v2, _prepare_v2, _step, _exec (--wrap in the Makefile);
 * jansson allocates through them as well.  Included once.
 */
#ifndef TESTS_NTH_H
#define TESTS_NTH_H

#include <jansson.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum nth_kind { NTH_MEMORY, NTH_SQLITE, NTH_KINDS };

static struct {
    bool is_armed, has_failed;
    enum nth_kind kind;
    uint64_t left, failures;
} nth;

/* From now on the n-th call of this kind fails, n from 1, and only it. */
static void nth_arm(enum nth_kind kind, uint64_t n)
{
    nth.kind = kind;
    nth.left = n;
    nth.has_failed = false;
    nth.is_armed = true;
}

/* No more failures; true: the n-th call came. */
static bool nth_disarm(void)
{
    nth.is_armed = false;
    return nth.has_failed;
}

/* The next n: ever fewer of them, or with NTH=all each one. */
static uint64_t nth_next(uint64_t n)
{
    const char *wish = getenv("NTH");
    bool is_all = wish != NULL && strcmp(wish, "all") == 0;
    return n + 1 + (is_all ? 0 : n / 6);
}

static bool nth_fails(enum nth_kind kind)
{
    if (!nth.is_armed || nth.kind != kind || --nth.left != 0) return false;
    nth.is_armed = false;
    nth.has_failed = true;
    nth.failures++;
    return true;
}

/* A full disk, a broken one, no memory: each in its turn. */
static int nth_code(void)
{
    static const int codes[] = { SQLITE_FULL, SQLITE_IOERR_WRITE,
                                 SQLITE_NOMEM };
    return codes[nth.failures % 3];
}

/* What the linker calls the real ones, and ours. */
#define REAL(name) __asm__("__real_" name)
#define WRAP(name) __asm__("__wrap_" name)
typedef int nth_row(void *, int, char **, char **);

void *real_malloc(size_t len) REAL("malloc");
void *real_calloc(size_t count, size_t len) REAL("calloc");
void *real_realloc(void *at, size_t len) REAL("realloc");
void *real_sodium(size_t len) REAL("sodium_malloc");
int real_open(const char *path, sqlite3 **db, int flags, const char *vfs)
    REAL("sqlite3_open_v2");
int real_prepare(sqlite3 *db, const char *sql, int len, sqlite3_stmt **made,
                 const char **tail) REAL("sqlite3_prepare_v2");
int real_step(sqlite3_stmt *statement) REAL("sqlite3_step");
int real_exec(sqlite3 *db, const char *sql, nth_row *row, void *context,
              char **message) REAL("sqlite3_exec");

void *nth_malloc(size_t len) WRAP("malloc");
void *nth_calloc(size_t count, size_t len) WRAP("calloc");
void *nth_realloc(void *at, size_t len) WRAP("realloc");
void *nth_sodium(size_t len) WRAP("sodium_malloc");
int nth_open(const char *path, sqlite3 **db, int flags, const char *vfs)
    WRAP("sqlite3_open_v2");
int nth_prepare(sqlite3 *db, const char *sql, int len, sqlite3_stmt **made,
                const char **tail) WRAP("sqlite3_prepare_v2");
int nth_step(sqlite3_stmt *statement) WRAP("sqlite3_step");
int nth_exec(sqlite3 *db, const char *sql, nth_row *row, void *context,
             char **message) WRAP("sqlite3_exec");

void *nth_malloc(size_t len)
{
    return nth_fails(NTH_MEMORY) ? NULL : real_malloc(len);
}

void *nth_calloc(size_t count, size_t len)
{
    return nth_fails(NTH_MEMORY) ? NULL : real_calloc(count, len);
}

void *nth_realloc(void *at, size_t len)
{
    return nth_fails(NTH_MEMORY) ? NULL : real_realloc(at, len);
}

void *nth_sodium(size_t len)
{
    return nth_fails(NTH_MEMORY) ? NULL : real_sodium(len);
}

/* SQLite gives a handle even where opening fails; it must be closed. */
int nth_open(const char *path, sqlite3 **db, int flags, const char *vfs)
{
    int code = real_open(path, db, flags, vfs);
    return nth_fails(NTH_SQLITE) ? SQLITE_CANTOPEN : code;
}

int nth_prepare(sqlite3 *db, const char *sql, int len, sqlite3_stmt **made,
                const char **tail)
{
    *made = NULL;
    return nth_fails(NTH_SQLITE) ? nth_code()
                                 : real_prepare(db, sql, len, made, tail);
}

int nth_step(sqlite3_stmt *statement)
{
    return nth_fails(NTH_SQLITE) ? nth_code() : real_step(statement);
}

int nth_exec(sqlite3 *db, const char *sql, nth_row *row, void *context,
             char **message)
{
    return nth_fails(NTH_SQLITE) ? nth_code()
                                 : real_exec(db, sql, row, context, message);
}

/* jansson too; once, before anything else. */
static void nth_begin(void)
{
    json_set_alloc_funcs(nth_malloc, free);
}

#endif
