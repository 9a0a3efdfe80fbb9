#include "store/store_log.h"

#include <stdio.h>

#include "store/db.h"
#include "store/query.h"

enum err store_log_identity_write(struct db *db,
                                  const struct store_log_identity *identity)
{
    static const char sql[] = "INSERT INTO log_identity"
                              " (one, origin, vkey, guard, created)"
                              " VALUES (1, $1, $2, $3, $4)";

    struct query q = query_begin(db, sql);
    query_bind_text(&q, 1, identity->origin);
    query_bind_text(&q, 2, identity->vkey);
    query_bind_text(&q, 3, identity->guard);
    query_bind_int(&q, 4, (int64_t)identity->created);
    return query_run(&q);
}

enum err store_log_identity_read(struct store_log_identity *identity,
                                 struct db *db)
{
    static const char sql[] = "SELECT origin, vkey, guard, created"
                              " FROM log_identity";

    struct query q = query_begin(db, sql);
    enum err found = ERR_ABSENT;
    if (query_next(&q)) {
        snprintf(identity->origin, sizeof identity->origin, "%s",
                 query_text(&q, 0));
        snprintf(identity->vkey, sizeof identity->vkey, "%s",
                 query_text(&q, 1));
        snprintf(identity->guard, sizeof identity->guard, "%s",
                 query_text(&q, 2));
        identity->created = (uint64_t)query_int(&q, 3);
        found = OK;
    }
    enum err err = query_end(&q);
    return err != OK ? err : found;
}

enum err store_log_policy_write(struct db *db, struct bytes text, uint64_t time)
{
    static const char sql[] = "INSERT INTO log_policy (digest, text, time)"
                              " VALUES ($1, $2, $3)";

    struct hash digest = hash_sha256(text);
    struct query q = query_begin(db, sql);
    query_bind_bytes(&q, 1, hash_bytes(&digest));
    query_bind_bytes(&q, 2, text);
    query_bind_int(&q, 3, (int64_t)time);
    return query_run(&q);
}

enum err store_log_policy_read(struct writer *text, struct db *db,
                               const struct hash *digest)
{
    static const char sql_last[] = "SELECT text FROM log_policy"
                                   " ORDER BY seq DESC LIMIT 1";
    static const char sql[] = "SELECT text FROM log_policy WHERE digest = $1";

    struct query q = query_begin(db, digest == NULL ? sql_last : sql);
    if (digest != NULL) query_bind_bytes(&q, 1, hash_bytes(digest));
    enum err found = ERR_ABSENT;
    if (query_next(&q)) {
        writer_add(text, query_bytes(&q, 0));
        found = text->is_full ? ERR_FULL : OK;
    }
    enum err err = query_end(&q);
    return err != OK ? err : found;
}

enum err store_log_append(struct db *db, const struct store_log_entry *entry)
{
    static const char sql[] = "INSERT INTO log_entry"
                              " (seq, kind, draw, time, body)"
                              " VALUES ($1, $2, $3, $4, $5)";

    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)entry->seq);
    query_bind_text(&q, 2, entry->kind);
    query_bind_int(&q, 3, (int64_t)entry->draw);
    query_bind_int(&q, 4, (int64_t)entry->time);
    query_bind_bytes(&q, 5, entry->body);
    return query_run(&q);
}

enum err store_log_body(struct writer *body, struct db *db, uint64_t seq)
{
    static const char sql[] = "SELECT body FROM log_entry WHERE seq = $1";

    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)seq);
    enum err found = ERR_ABSENT;
    if (query_next(&q)) {
        writer_add(body, query_bytes(&q, 0));
        found = body->is_full ? ERR_FULL : OK;
    }
    enum err err = query_end(&q);
    return err != OK ? err : found;
}

/* Columns: seq, kind, draw, time. */
static enum err about_end(struct store_log_entry *entry, struct query *q)
{
    enum err found = ERR_ABSENT;
    if (query_next(q)) {
        *entry = (struct store_log_entry){
            .seq = (uint64_t)query_int(q, 0),
            .draw = (uint64_t)query_int(q, 2),
            .time = (uint64_t)query_int(q, 3),
        };
        snprintf(entry->kind, sizeof entry->kind, "%s", query_text(q, 1));
        found = OK;
    }
    enum err err = query_end(q);
    return err != OK ? err : found;
}

enum err store_log_about(struct store_log_entry *entry, struct db *db,
                         uint64_t seq)
{
    static const char sql[] = "SELECT seq, kind, draw, time FROM log_entry"
                              " WHERE seq = $1";

    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)seq);
    return about_end(entry, &q);
}

enum err store_log_find(struct store_log_entry *found, struct db *db,
                        const struct store_log_entry *wish)
{
    static const char sql_kind[] = "SELECT seq, kind, draw, time FROM log_entry"
                                   " WHERE draw = $1 AND seq >= $2"
                                   " AND kind = $3 ORDER BY seq LIMIT 1";
    static const char sql[] = "SELECT seq, kind, draw, time FROM log_entry"
                              " WHERE draw = $1 AND seq >= $2"
                              " ORDER BY seq LIMIT 1";

    bool is_any = wish->kind[0] == '\0';
    struct query q = query_begin(db, is_any ? sql : sql_kind);
    query_bind_int(&q, 1, (int64_t)wish->draw);
    query_bind_int(&q, 2, (int64_t)wish->seq);
    if (!is_any) query_bind_text(&q, 3, wish->kind);
    return about_end(found, &q);
}

enum err store_log_has(bool *is_there, struct db *db, uint64_t draw,
                       const char *kind)
{
    struct store_log_entry wish = { .draw = draw }, found;
    snprintf(wish.kind, sizeof wish.kind, "%s", kind);
    enum err err = store_log_find(&found, db, &wish);
    *is_there = err == OK;
    return err == ERR_ABSENT ? OK : err;
}

enum err store_log_draws(uint64_t *count, struct db *db)
{
    static const char sql[] = "SELECT coalesce(max(draw), 0) FROM log_entry";

    struct query q = query_begin(db, sql);
    *count = query_next(&q) ? (uint64_t)query_int(&q, 0) : 0;
    return query_end(&q);
}

enum err store_log_pending(uint64_t *draw, struct db *db, uint64_t after)
{
    static const char sql[] =
        "SELECT a.draw FROM log_entry a"
        " WHERE a.draw > $1 AND a.kind = 'announcement'"
        " AND NOT EXISTS (SELECT 1 FROM log_entry b WHERE b.draw = a.draw"
        " AND b.kind IN ('draw', 'void'))"
        " ORDER BY a.draw LIMIT 1";

    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)after);
    enum err found = ERR_ABSENT;
    if (query_next(&q)) {
        *draw = (uint64_t)query_int(&q, 0);
        found = OK;
    }
    enum err err = query_end(&q);
    return err != OK ? err : found;
}

enum err store_log_count(uint64_t *count, struct db *db)
{
    static const char sql[] = "SELECT coalesce(max(seq) + 1, 0)"
                              " FROM log_entry";

    struct query q = query_begin(db, sql);
    *count = query_next(&q) ? (uint64_t)query_int(&q, 0) : 0;
    return query_end(&q);
}

enum err store_log_holds(bool *is_held, struct db *db, struct bytes part,
                         uint64_t size)
{
    static const char sql[] = "SELECT 1 FROM log_entry WHERE seq < $1"
                              " AND instr(body, $2) LIMIT 1";

    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)size);
    query_bind_bytes(&q, 2, part);
    *is_held = query_next(&q);
    return query_end(&q);
}

static struct query bodies(struct db *db, uint64_t start, uint32_t count)
{
    static const char sql[] = "SELECT body FROM log_entry WHERE seq >= $1"
                              " ORDER BY seq LIMIT $2";

    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)start);
    query_bind_int(&q, 2, (int64_t)count);
    return q;
}

enum err store_log_leaves(struct hash *leaves, struct db *db, uint64_t start,
                          uint32_t count)
{
    uint32_t found = 0;
    struct query q = bodies(db, start, count);
    while (query_next(&q)) leaves[found++] = merkle_leaf(query_bytes(&q, 0));
    enum err err = query_end(&q);
    return err != OK ? err : found == count ? OK : ERR_ABSENT;
}

enum err store_log_bundle_len(size_t *len, struct db *db, struct tile tile)
{
    static const char sql[] = "SELECT count(*), coalesce(sum(length(body)), 0)"
                              " FROM log_entry WHERE seq >= $1 AND seq < $2";

    uint64_t start = tile.index * TILE_WIDTH;
    uint64_t count = 0;
    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)start);
    query_bind_int(&q, 2, (int64_t)(start + tile.width));
    if (query_next(&q)) {
        count = (uint64_t)query_int(&q, 0);
        *len = (size_t)query_int(&q, 1) + 2 * (size_t)count;
    }
    enum err err = query_end(&q);
    return err != OK ? err : count == tile.width ? OK : ERR_ABSENT;
}

enum err store_log_bundle(struct writer *bundle, struct db *db,
                          struct tile tile)
{
    uint32_t found = 0;
    enum err broken = OK;
    struct query q = bodies(db, tile.index * TILE_WIDTH, tile.width);
    while (broken == OK && query_next(&q)) {
        broken = tile_entry_write(bundle, query_bytes(&q, 0));
        found++;
    }
    enum err err = query_end(&q);
    if (err != OK) return err;
    if (broken != OK) return broken;
    return found == tile.width ? OK : ERR_ABSENT;
}
