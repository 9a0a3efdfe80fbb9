/*
 * cache — answers by address and coding, and the list of those to be made.
 *
 *     reader  cache_find() -> an answer, or cache_wait() and sleep
 *     maker   cache_take() -> a job … cache_put(), which wakes the readers
 *             or cache_defer(): it takes long, others do it
 *
 * One mutex, held for a look at the table only: never while an answer is
 * made or sent.  What a hit sends is shared, not copied.  The least recently
 * used answers go first when `bytes_max` is exceeded.
 * Source: RFC 9111; the rules of this house on limits.
 */
#ifndef HTTP_CACHE_H
#define HTTP_CACHE_H

#include "http/answer.h"
#include "store/store_stamp.h"

enum {
    CACHE_KEY_MAX = 1 + 1024 + 1 + PARAMETER_QUERY_MAX,
    CACHE_JOBS_MAX = 512, /* addresses that are being made at one time */
    CACHE_DEFERRED_MAX = 448 /* of them, so that others find room      */
};

/* When somebody asks. */
struct cache_moment {
    uint64_t generation; /* of the database, see watch.h */
    uint64_t now;        /* Unix seconds                 */
};

/* How long an answer stays right. */
struct cache_life {
    uint64_t generation; /* while this is the database's …         */
    uint64_t until;      /* … and before this, Unix seconds        */
    bool is_for_ever;    /* or always                              */
    bool is_of_draw;     /* or while `stamp` is that of draw `draw` */
    uint64_t draw;
    struct store_stamp stamp;
};

/* Who sleeps.  `wake` is called once, by the maker, with `answer` held for
 * it (NULL: it could not be made); the waiter may be gone right after. */
struct cache_waiter {
    struct cache_waiter *next;
    void (*wake)(struct cache_waiter *waiter);
    struct answer *answer;
};

/* What a maker works at; borrowed until cache_put(). */
struct cache_job {
    struct cache_entry *entry;
    struct bytes key;
    struct answer *old; /* NULL: none; else it may still be right */
    struct cache_life life;
};

struct cache;

/* ERR_MEMORY. */
MUST_CHECK enum err cache_create(struct cache **cache, size_t bytes_max);
/* Nobody uses it any more.  NULL is fine. */
void cache_destroy(struct cache *cache);
/* cache_take() answers false from now on, and every waiter is woken. */
void cache_close(struct cache *cache);

/* An answer that is right at this moment, held for the caller; or NULL. */
struct answer *cache_find(struct cache *cache, struct bytes key,
                          struct cache_moment moment);
/* Have it made and be woken.  false: too many wait, or it is closed. */
bool cache_wait(struct cache *cache, struct bytes key,
                struct cache_waiter *waiter);

/*
 * The next job, as soon as there is one; those that were deferred first, or
 * not at all.  false: closed.
 */
bool cache_take(struct cache_job *job, struct cache *cache,
                bool takes_deferred);
/* Leaves a job to those who take deferred ones.  false: too many wait. */
bool cache_defer(struct cache *cache, const struct cache_job *job);
/* Ends a job.  `answer` is taken over; it may be job->old, or NULL. */
void cache_put(struct cache *cache, const struct cache_job *job,
               struct answer *answer, const struct cache_life *life);

/* Bytes it takes now. */
size_t cache_size(struct cache *cache);

#endif
