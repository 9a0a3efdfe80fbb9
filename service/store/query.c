#include "store/query.h"

#include <sqlite3.h>

#include "store/connection.h"

static bool is_broken(struct query *q, int code)
{
    if (q->err == OK) q->err = connection_err(q->db, code);
    return q->err != OK;
}

struct query query_begin(struct db *db, const char *sql)
{
    struct query q = { db, NULL, OK };
    q.err = connection_take(&q.statement, db, sql);
    return q;
}

void query_bind_int(struct query *q, int index, int64_t value)
{
    if (q->err == OK)
        is_broken(q, sqlite3_bind_int64(q->statement, index, value));
}

void query_bind_text(struct query *q, int index, const char *text)
{
    query_bind_string(q, index, bytes_text(text));
}

void query_bind_string(struct query *q, int index, struct bytes utf8)
{
    if (q->err != OK) return;
    const char *at = utf8.len == 0 ? "" : (const char *)utf8.at;
    is_broken(q, sqlite3_bind_text64(q->statement, index, at, utf8.len,
                                     SQLITE_STATIC, SQLITE_UTF8));
}

void query_bind_bytes(struct query *q, int index, struct bytes blob)
{
    if (q->err != OK) return;
    const void *at = blob.len == 0 ? "" : (const void *)blob.at;
    is_broken(q, sqlite3_bind_blob64(q->statement, index, at, blob.len,
                                     SQLITE_STATIC));
}

bool query_next(struct query *q)
{
    if (q->err != OK) return false;
    int code = sqlite3_step(q->statement);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) is_broken(q, code);
    return false;
}

int64_t query_int(struct query *q, int column)
{
    return q->err == OK ? sqlite3_column_int64(q->statement, column) : 0;
}

const char *query_text(struct query *q, int column)
{
    if (q->err != OK) return "";
    const void *text = sqlite3_column_text(q->statement, column);
    return text == NULL ? "" : text;
}

struct bytes query_bytes(struct query *q, int column)
{
    if (q->err != OK) return (struct bytes){ NULL, 0 };
    const void *at = sqlite3_column_blob(q->statement, column);
    int len = sqlite3_column_bytes(q->statement, column);
    return bytes_of(at, (size_t)len);
}

bool query_is_null(struct query *q, int column)
{
    return q->err != OK ||
           sqlite3_column_type(q->statement, column) == SQLITE_NULL;
}

void query_again(struct query *q)
{
    if (q->err != OK) return;
    sqlite3_reset(q->statement); /* its error was seen by query_next() */
    sqlite3_clear_bindings(q->statement);
}

enum err query_end(struct query *q)
{
    connection_give(q->db, q->statement);
    q->statement = NULL;
    return q->err;
}

enum err query_run(struct query *q)
{
    query_next(q);
    return query_end(q);
}
