#include "store/store_head.h"

#include <stdio.h>

#include "store/db.h"
#include "store/query.h"

enum err store_head_write(struct db *db, const struct merkle_head *head)
{
    static const char sql[] = "INSERT INTO log_head (size, root, published)"
                              " VALUES ($1, $2, 0)";

    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)head->size);
    query_bind_bytes(&q, 2, hash_bytes(&head->root));
    return query_run(&q);
}

enum err store_head_publish(struct db *db, uint64_t size, const char *line)
{
    static const char sql[] = "UPDATE log_head SET line = $1, published = 1"
                              " WHERE size = $2";

    struct query q = query_begin(db, sql);
    query_bind_text(&q, 1, line);
    query_bind_int(&q, 2, (int64_t)size);
    enum err err = query_run(&q);
    if (err != OK) return err;
    return db_changes(db) == 1 ? OK : ERR_STATE;
}

static const char *head_sql(enum store_head_which which)
{
#define COLUMNS "SELECT size, root, published, line FROM log_head"
    static const char *const sql[] = {
        [STORE_HEAD_EXACT] = COLUMNS " WHERE size = $1",
        [STORE_HEAD_AFTER] = COLUMNS " WHERE size > $1 AND published = 1"
                                     " ORDER BY size LIMIT 1",
        [STORE_HEAD_BEFORE] = COLUMNS " WHERE size < $1 AND published = 1"
                                      " ORDER BY size DESC LIMIT 1",
        [STORE_HEAD_LAST] = COLUMNS " WHERE $1 >= 0 AND published = 1"
                                    " ORDER BY size DESC LIMIT 1",
        [STORE_HEAD_WAITING] = COLUMNS " WHERE $1 >= 0 AND published = 0"
                                       " ORDER BY size DESC LIMIT 1",
    };
#undef COLUMNS
    return sql[which];
}

static enum err head_row(struct store_head *head, struct query *q)
{
    struct bytes root = query_bytes(q, 1);
    if (root.len != sizeof head->head.root.b) return ERR_FORMAT;

    head->head.size = (uint64_t)query_int(q, 0);
    bytes_copy(head->head.root.b, root.at, root.len);
    head->is_published = query_int(q, 2) == 1;
    int len = snprintf(head->line, sizeof head->line, "%s", query_text(q, 3));
    return len >= 0 && (size_t)len < sizeof head->line ? OK : ERR_FORMAT;
}

enum err store_head_read(struct store_head *head, struct db *db,
                         enum store_head_which which, uint64_t size)
{
    struct query q = query_begin(db, head_sql(which));
    query_bind_int(&q, 1, (int64_t)size);
    enum err found = ERR_ABSENT;
    if (query_next(&q)) found = head_row(head, &q);
    enum err err = query_end(&q);
    return err != OK ? err : found;
}

enum err
store_head_cosignature_write(struct db *db,
                             const struct store_head_cosignature *cosignature)
{
    static const char sql[] = "INSERT INTO log_cosignature"
                              " (size, witness, time, line)"
                              " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)cosignature->size);
    query_bind_text(&q, 2, cosignature->vkey);
    query_bind_int(&q, 3, (int64_t)cosignature->time);
    query_bind_text(&q, 4, cosignature->line);
    return query_run(&q);
}

enum err store_head_cosignature(struct writer *line, struct db *db,
                                const struct store_head_cosignature *of,
                                enum store_head_end end)
{
    static const char sql_first[] = "SELECT line FROM log_cosignature"
                                    " WHERE size = $1 AND witness = $2"
                                    " ORDER BY time LIMIT 1";
    static const char sql_last[] = "SELECT line FROM log_cosignature"
                                   " WHERE size = $1 AND witness = $2"
                                   " ORDER BY time DESC LIMIT 1";

    bool is_first = end == STORE_HEAD_EARLIEST;
    struct query q = query_begin(db, is_first ? sql_first : sql_last);
    query_bind_int(&q, 1, (int64_t)of->size);
    query_bind_text(&q, 2, of->vkey);
    enum err found = ERR_ABSENT;
    if (query_next(&q)) {
        writer_text(line, query_text(&q, 0));
        found = line->is_full ? ERR_FULL : OK;
    }
    enum err err = query_end(&q);
    return err != OK ? err : found;
}
