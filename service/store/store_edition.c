#include "store/store_edition.h"

#include <string.h>

enum err store_edition_add(struct db *db, const struct store_edition *edition)
{
    static const char sql[] =
        "INSERT INTO edition (kind, version, created, year, count, warnings,"
        " file, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

    struct query q = query_begin(db, sql);
    query_bind_text(&q, 1, edition->kind);
    query_bind_int(&q, 2, edition->version);
    query_bind_int(&q, 3, edition->created);
    query_bind_int(&q, 4, edition->year);
    query_bind_int(&q, 5, edition->count);
    query_bind_int(&q, 6, edition->warnings);
    query_bind_bytes(&q, 7, hash_bytes(&edition->file));
    query_bind_bytes(&q, 8, hash_bytes(&edition->digest));
    return query_run(&q);
}

static bool read_hash(struct hash *hash, struct bytes blob)
{
    if (blob.len != sizeof hash->b) return false;
    memcpy(hash->b, blob.at, sizeof hash->b);
    return true;
}

enum err store_edition_load(struct store_edition *edition, struct db *db)
{
    static const char sql[] =
        "SELECT created, year, count, warnings, file, digest FROM edition"
        " WHERE kind = $1 AND version = $2";

    struct query q = query_begin(db, sql);
    query_bind_text(&q, 1, edition->kind);
    query_bind_int(&q, 2, edition->version);
    enum err found = ERR_ABSENT;
    if (query_next(&q)) {
        edition->created = query_int(&q, 0);
        edition->year = query_int(&q, 1);
        edition->count = query_int(&q, 2);
        edition->warnings = query_int(&q, 3);
        bool is_whole = read_hash(&edition->file, query_bytes(&q, 4)) &&
                        read_hash(&edition->digest, query_bytes(&q, 5));
        found = is_whole ? OK : ERR_FORMAT;
    }
    enum err err = query_end(&q);
    return err != OK ? err : found;
}

static enum err read_version(int64_t *version, struct db *db, const char *sql,
                             const char *kind)
{
    struct query q = query_begin(db, sql);
    query_bind_text(&q, 1, kind);
    *version = query_next(&q) ? query_int(&q, 0) : 0;
    return query_end(&q);
}

enum err store_edition_latest(int64_t *version, struct db *db, const char *kind)
{
    static const char sql[] = "SELECT max(version) FROM edition"
                              " WHERE kind = $1";
    return read_version(version, db, sql, kind);
}

enum err store_edition_active(int64_t *version, struct db *db, const char *kind)
{
    static const char sql[] = "SELECT version FROM edition_active"
                              " WHERE kind = $1 ORDER BY seq DESC LIMIT 1";
    return read_version(version, db, sql, kind);
}

enum err store_edition_activate(struct db *db, const char *kind,
                                int64_t version, int64_t time)
{
    static const char sql[] =
        "INSERT INTO edition_active (kind, version, time) VALUES ($1, $2, $3)";

    struct query q = query_begin(db, sql);
    query_bind_text(&q, 1, kind);
    query_bind_int(&q, 2, version);
    query_bind_int(&q, 3, time);
    return query_run(&q);
}

struct query store_edition_page_begin(struct db *db)
{
    static const char sql[] =
        "INSERT INTO edition_page (kind, version, page, first, body)"
        " VALUES ($1, $2, $3, $4, $5)";
    return query_begin(db, sql);
}

void store_edition_page_add(struct query *q, const char *kind, int64_t version,
                            const struct store_edition_page *page)
{
    query_bind_text(q, 1, kind);
    query_bind_int(q, 2, version);
    query_bind_int(q, 3, page->page);
    query_bind_string(q, 4, page->first);
    query_bind_bytes(q, 5, page->body);
    query_next(q);
    query_again(q);
}

struct query store_edition_pages(struct db *db, const char *kind,
                                 int64_t version)
{
    static const char sql[] = "SELECT body FROM edition_page"
                              " WHERE kind = $1 AND version = $2 ORDER BY page";
    struct query q = query_begin(db, sql);
    query_bind_text(&q, 1, kind);
    query_bind_int(&q, 2, version);
    return q;
}

struct query store_edition_page_of(struct db *db, const char *kind,
                                   int64_t version, struct bytes key)
{
    static const char sql[] =
        "SELECT body FROM edition_page"
        " WHERE kind = $1 AND version = $2 AND first <= $3"
        " ORDER BY first DESC, page DESC LIMIT 1";
    struct query q = query_begin(db, sql);
    query_bind_text(&q, 1, kind);
    query_bind_int(&q, 2, version);
    query_bind_string(&q, 3, key);
    return q;
}
