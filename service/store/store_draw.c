#include "store/store_draw.h"

#include "store/query.h"

#include <stdlib.h>
#include <string.h>

/* One blob or text out of a query of one row. */
static enum err read_one(struct writer *to, struct query *q)
{
    enum err found = ERR_ABSENT;
    if (query_next(q)) {
        writer_add(to, query_bytes(q, 0));
        found = to->is_full ? ERR_FULL : OK;
    }
    enum err err = query_end(q);
    return err != OK ? err : found;
}

enum err store_draw_slot_write(struct db *db, const struct hash *book,
                               uint64_t slot, struct bytes sealed)
{
    static const char sql[] =
        "INSERT INTO seed_slot (book, slot, sealed) VALUES ($1, $2, $3)";
    struct query q = query_begin(db, sql);
    query_bind_bytes(&q, 1, hash_bytes(book));
    query_bind_int(&q, 2, (int64_t)slot);
    query_bind_bytes(&q, 3, sealed);
    return query_run(&q);
}

enum err store_draw_slot(struct writer *sealed, struct db *db,
                         const struct hash *book, uint64_t slot)
{
    static const char sql[] =
        "SELECT sealed FROM seed_slot WHERE book = $1 AND slot = $2";
    struct query q = query_begin(db, sql);
    query_bind_bytes(&q, 1, hash_bytes(book));
    query_bind_int(&q, 2, (int64_t)slot);
    return read_one(sealed, &q);
}

enum err store_draw_freeze_write(struct db *db, uint64_t draw,
                                 const struct store_draw_freeze *freeze)
{
    static const char sql[] =
        "INSERT INTO draw_freeze (draw, sealed, targets, inspectors, entry,"
        " recusals) VALUES ($1, $2, $3, $4, $5, $6)";
    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)draw);
    query_bind_bytes(&q, 2, freeze->sealed);
    query_bind_int(&q, 3, (int64_t)freeze->targets);
    query_bind_int(&q, 4, (int64_t)freeze->inspectors);
    query_bind_bytes(&q, 5, freeze->entry);
    query_bind_int(&q, 6, (int64_t)freeze->recusals);
    return query_run(&q);
}

static enum err copy(struct bytes *to, struct bytes from)
{
    uint8_t *room = malloc(from.len + 1);
    if (room == NULL) return ERR_MEMORY;
    if (from.len != 0) memcpy(room, from.at, from.len);
    *to = (struct bytes){ room, from.len };
    return OK;
}

enum err store_draw_freeze(struct store_draw_freeze *freeze, struct db *db,
                           uint64_t draw)
{
    static const char sql[] = "SELECT sealed, targets, inspectors, entry,"
                              " recusals FROM draw_freeze WHERE draw = $1";
    *freeze = (struct store_draw_freeze){ 0 };
    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)draw);
    enum err found = ERR_ABSENT;
    if (query_next(&q)) {
        freeze->targets = (uint64_t)query_int(&q, 1);
        freeze->inspectors = (uint64_t)query_int(&q, 2);
        freeze->recusals = (uint64_t)query_int(&q, 4);
        found = copy(&freeze->sealed, query_bytes(&q, 0));
        if (found == OK) found = copy(&freeze->entry, query_bytes(&q, 3));
    }
    enum err err = query_end(&q);
    if (err == OK) err = found;
    if (err != OK) store_draw_freeze_release(freeze);
    return err;
}

void store_draw_freeze_release(struct store_draw_freeze *freeze)
{
    free((void *)(uintptr_t)freeze->sealed.at);
    free((void *)(uintptr_t)freeze->entry.at);
    *freeze = (struct store_draw_freeze){ 0 };
}

enum err store_draw_value_write(struct db *db, uint64_t draw,
                                uint64_t stratum, struct bytes value)
{
    static const char sql[] = "INSERT INTO draw_value (draw, stratum, value)"
                              " VALUES ($1, $2, $3)";
    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)draw);
    query_bind_int(&q, 2, (int64_t)stratum);
    query_bind_string(&q, 3, value);
    return query_run(&q);
}

enum err store_draw_value(struct writer *value, struct db *db, uint64_t draw,
                          uint64_t stratum)
{
    static const char sql[] =
        "SELECT value FROM draw_value WHERE draw = $1 AND stratum = $2";
    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)draw);
    query_bind_int(&q, 2, (int64_t)stratum);
    return read_one(value, &q);
}

enum err store_draw_salt_write(struct db *db,
                               const struct store_draw_salt *salt,
                               struct bytes sealed)
{
    static const char sql[] =
        "INSERT INTO draw_salt (entry, use, sealed) VALUES ($1, $2, $3)";
    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)salt->entry);
    query_bind_text(&q, 2, salt->use);
    query_bind_bytes(&q, 3, sealed);
    return query_run(&q);
}

enum err store_draw_salt(struct writer *sealed, struct db *db,
                         const struct store_draw_salt *salt)
{
    static const char sql[] =
        "SELECT sealed FROM draw_salt WHERE entry = $1 AND use = $2";
    struct query q = query_begin(db, sql);
    query_bind_int(&q, 1, (int64_t)salt->entry);
    query_bind_text(&q, 2, salt->use);
    return read_one(sealed, &q);
}
