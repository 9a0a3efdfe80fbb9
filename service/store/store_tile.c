#include "store/store_tile.h"

#include "store/query.h"

/* Column 0 holds the hashes; no row leaves `count` at 0. */
static enum err hashes_end(struct hash hashes[TILE_WIDTH], uint32_t *count,
                           struct query *q)
{
    enum err found = OK;
    *count = 0;
    if (query_next(q)) {
        struct bytes body = query_bytes(q, 0);
        found = body.len % sizeof *hashes == 0 && body.len <= STORE_TILE_LEN
                    ? OK
                    : ERR_FORMAT;
        if (found == OK) {
            bytes_copy(hashes, body.at, body.len);
            *count = (uint32_t)(body.len / sizeof *hashes);
        }
    }
    enum err err = query_end(q);
    return err != OK ? err : found;
}

static struct bytes hashes_bytes(const struct hash *hashes, uint32_t count)
{
    return bytes_of(hashes, count * sizeof *hashes);
}

static enum err read_full(struct hash hashes[TILE_WIDTH], uint32_t *count,
                          struct db *db, struct tile tile)
{
    static const char sql[] = "SELECT body FROM log_tile"
                              " WHERE level = $1 AND number = $2";

    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)tile.level);
    query_bind_int(&q, 2, (int64_t)tile.index);
    return hashes_end(hashes, count, &q);
}

enum err store_tile_read(struct hash hashes[TILE_WIDTH], uint32_t *count,
                         struct db *db, struct tile tile)
{
    enum err err = read_full(hashes, count, db, tile);
    if (err != OK || *count > 0) return err;

    uint64_t full = 0;
    err = store_tile_count(&full, db, tile.level);
    if (err != OK || tile.index != full) return err;
    return store_tile_edge(hashes, count, db, tile.level);
}

enum err store_tile_write(struct db *db, struct tile tile,
                          const struct hash *hashes)
{
    static const char sql[] = "INSERT INTO log_tile (level, number, body)"
                              " VALUES ($1, $2, $3)";

    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)tile.level);
    query_bind_int(&q, 2, (int64_t)tile.index);
    query_bind_bytes(&q, 3, hashes_bytes(hashes, TILE_WIDTH));
    return query_run(&q);
}

enum err store_tile_count(uint64_t *count, struct db *db, uint32_t level)
{
    static const char sql[] = "SELECT coalesce(max(number) + 1, 0)"
                              " FROM log_tile WHERE level = $1";

    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)level);
    *count = query_next(&q) ? (uint64_t)query_int(&q, 0) : 0;
    return query_end(&q);
}

enum err store_tile_edge_write(struct db *db, uint32_t level,
                               const struct hash *hashes, uint32_t count)
{
    static const char sql[] = "INSERT INTO log_edge (level, body)"
                              " VALUES ($1, $2) ON CONFLICT (level)"
                              " DO UPDATE SET body = excluded.body";

    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)level);
    query_bind_bytes(&q, 2, hashes_bytes(hashes, count));
    return query_run(&q);
}

enum err store_tile_edge(struct hash hashes[TILE_WIDTH], uint32_t *count,
                         struct db *db, uint32_t level)
{
    static const char sql[] = "SELECT body FROM log_edge WHERE level = $1";

    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)level);
    return hashes_end(hashes, count, &q);
}
