#include "store/store_guard.h"

#include <stdio.h>

#include "store/db.h"
#include "store/query.h"

enum err store_guard_create(struct db *guard, const char *origin,
                            const struct merkle_head *head)
{
    static const char sql[] = "INSERT INTO guard (origin, size, root)"
                              " VALUES ($1, $2, $3)";

    struct query q = query_begin(guard, sql);
    query_bind_text(&q, 1, origin);
    query_bind_int(&q, 2, (int64_t)head->size);
    query_bind_bytes(&q, 3, hash_bytes(&head->root));
    return query_run(&q);
}

enum err store_guard_read(struct merkle_head *head, struct db *guard,
                          const char *origin)
{
    static const char sql[] = "SELECT size, root FROM guard WHERE origin = $1";

    struct query q = query_begin(guard, sql);
    query_bind_text(&q, 1, origin);
    enum err found = ERR_ABSENT;
    if (query_next(&q)) {
        struct bytes root = query_bytes(&q, 1);
        head->size = (uint64_t)query_int(&q, 0);
        found = root.len == sizeof head->root.b ? OK : ERR_FORMAT;
        if (found == OK) bytes_copy(head->root.b, root.at, root.len);
    }
    enum err err = query_end(&q);
    return err != OK ? err : found;
}

enum err store_guard_swap(struct db *guard, const char *origin,
                          const struct store_guard_step *step)
{
    static const char sql[] = "UPDATE guard SET size = $1, root = $2"
                              " WHERE origin = $3 AND size = $4 AND root = $5";

    struct query q = query_begin(guard, sql);
    query_bind_int(&q, 1, (int64_t)step->to.size);
    query_bind_bytes(&q, 2, hash_bytes(&step->to.root));
    query_bind_text(&q, 3, origin);
    query_bind_int(&q, 4, (int64_t)step->from.size);
    query_bind_bytes(&q, 5, hash_bytes(&step->from.root));
    enum err err = query_run(&q);
    if (err != OK) return err;
    return db_changes(guard) == 1 ? OK : ERR_FORK;
}

enum err store_guard_alarm(struct db *guard, const char *origin,
                           const struct store_guard_alarm *alarm)
{
    static const char sql[] = "INSERT INTO guard_alarm"
                              " (origin, time, reason, note)"
                              " VALUES ($1, $2, $3, $4)";

    struct query q = query_begin(guard, sql);
    query_bind_text(&q, 1, origin);
    query_bind_int(&q, 2, (int64_t)alarm->time);
    query_bind_text(&q, 3, alarm->reason);
    query_bind_bytes(&q, 4, alarm->note);
    return query_run(&q);
}

enum err store_guard_reason(char *reason, size_t max, struct db *guard,
                            const char *origin)
{
    static const char sql[] = "SELECT reason FROM guard_alarm"
                              " WHERE origin = $1 ORDER BY seq LIMIT 1";

    struct query q = query_begin(guard, sql);
    query_bind_text(&q, 1, origin);
    enum err found = ERR_ABSENT;
    if (query_next(&q)) {
        snprintf(reason, max, "%s", query_text(&q, 0));
        found = OK;
    }
    enum err err = query_end(&q);
    return err != OK ? err : found;
}
