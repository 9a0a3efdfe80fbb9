#include "store/store_stamp.h"

#include "store/query.h"

static enum err ends(uint64_t *first, uint64_t *last, struct db *db,
                     uint64_t number)
{
    static const char sql[] =
        "SELECT min(seq), max(seq) FROM log_entry WHERE draw = $1";

    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)number);
    bool is_there = query_next(&q) && !query_is_null(&q, 0);
    *first = (uint64_t)query_int(&q, 0);
    *last = (uint64_t)query_int(&q, 1);
    enum err err = query_end(&q);
    return err == OK && !is_there ? ERR_ABSENT : err;
}

enum err store_stamp_draw(struct store_stamp *stamp, struct db *db,
                          uint64_t number)
{
    static const char sql[] =
        "SELECT count(*) FROM log_cosignature WHERE size > $1 AND size <="
        " coalesce((SELECT min(size) FROM log_head"
        " WHERE size > $2 AND published = 1), $2)";

    uint64_t first = 0;
    enum err err = ends(&first, &stamp->last, db, number);
    if (err != OK) return err;
    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)first);
    query_bind_int(&q, 2, (int64_t)stamp->last);
    if (query_next(&q)) stamp->cosignatures = (uint64_t)query_int(&q, 0);
    return query_end(&q);
}
