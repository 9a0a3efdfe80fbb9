#include "http/cache.h"

#include <pthread.h>
#include <stdlib.h>

enum { SLOTS = 1 << 14, ENTRY_OVERHEAD = 256 };

struct cache_entry {
    struct cache_entry *chain;           /* of the same slot             */
    struct cache_entry *newer, *older;   /* by last use                  */
    struct cache_entry *next_job;
    struct cache_waiter *waiters;
    struct answer *answer; /* NULL: not made yet */
    struct cache_life life;
    bool is_in_work;
    size_t len;
    uint8_t key[];
};

/* In the order of coming.  All zero: empty. */
struct queue {
    struct cache_entry *first, *last;
    size_t count;
};

struct cache {
    pthread_mutex_t mutex;
    pthread_cond_t has_job;
    struct cache_entry *slots[SLOTS];
    struct cache_entry *newest, *oldest;
    struct queue new, deferred;
    size_t jobs, bytes, bytes_max;
    bool is_closed;
};

/* FNV-1a.  Who makes keys collide makes chains of the bounded table long,
 * nothing worse. */
static size_t slot_of(struct bytes key)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < key.len; i++)
        h = (h ^ key.at[i]) * UINT64_C(1099511628211);
    return (size_t)((h ^ (h >> 32)) % SLOTS);
}

/* ---- by last use ----------------------------------------------------- */

static void unlink_use(struct cache *cache, struct cache_entry *entry)
{
    if (entry->newer != NULL) entry->newer->older = entry->older;
    else cache->newest = entry->older;
    if (entry->older != NULL) entry->older->newer = entry->newer;
    else cache->oldest = entry->newer;
}

static void link_use(struct cache *cache, struct cache_entry *entry)
{
    entry->newer = NULL;
    entry->older = cache->newest;
    if (cache->newest != NULL) cache->newest->newer = entry;
    else cache->oldest = entry;
    cache->newest = entry;
}

static struct cache_entry *find(struct cache *cache, struct bytes key)
{
    struct cache_entry *at = cache->slots[slot_of(key)];
    while (at != NULL && !bytes_equal(bytes_of(at->key, at->len), key))
        at = at->chain;
    return at;
}

static size_t size_of(const struct cache_entry *entry)
{
    return ENTRY_OVERHEAD + entry->len +
           (entry->answer == NULL ? 0 : answer_size(entry->answer));
}

static void forget(struct cache *cache, struct cache_entry *entry)
{
    struct cache_entry **at =
        &cache->slots[slot_of(bytes_of(entry->key, entry->len))];
    while (*at != entry) at = &(*at)->chain;
    *at = entry->chain;
    unlink_use(cache, entry);
    cache->bytes -= size_of(entry);
    answer_drop(entry->answer);
    free(entry);
}

static void make_room(struct cache *cache)
{
    struct cache_entry *at = cache->oldest;
    while (cache->bytes > cache->bytes_max && at != NULL) {
        struct cache_entry *newer = at->newer;
        if (!at->is_in_work) forget(cache, at);
        at = newer;
    }
}

/* ---- its life -------------------------------------------------------- */

enum err cache_create(struct cache **cache, size_t bytes_max)
{
    struct cache *made = calloc(1, sizeof *made);
    if (made == NULL) return ERR_MEMORY;
    pthread_mutex_init(&made->mutex, NULL);
    pthread_cond_init(&made->has_job, NULL);
    made->bytes_max = bytes_max;
    *cache = made;
    return OK;
}

static void wake(struct cache_waiter *waiter, struct answer *answer)
{
    while (waiter != NULL) {
        struct cache_waiter *next = waiter->next;
        waiter->answer = answer == NULL ? NULL : answer_hold(answer);
        waiter->wake(waiter);
        waiter = next;
    }
}

void cache_close(struct cache *cache)
{
    struct cache_waiter *waiters = NULL;
    pthread_mutex_lock(&cache->mutex);
    cache->is_closed = true;
    for (struct cache_entry *at = cache->newest; at != NULL; at = at->older)
        while (at->waiters != NULL) {
            struct cache_waiter *first = at->waiters;
            at->waiters = first->next;
            first->next = waiters;
            waiters = first;
        }
    pthread_cond_broadcast(&cache->has_job);
    pthread_mutex_unlock(&cache->mutex);
    wake(waiters, NULL);
}

void cache_destroy(struct cache *cache)
{
    if (cache == NULL) return;
    while (cache->newest != NULL) forget(cache, cache->newest);
    pthread_cond_destroy(&cache->has_job);
    pthread_mutex_destroy(&cache->mutex);
    free(cache);
}

/* ---- readers --------------------------------------------------------- */

static bool is_right(const struct cache_life *life, struct cache_moment at)
{
    if (life->is_for_ever) return true;
    return life->generation == at.generation && at.now < life->until;
}

struct answer *cache_find(struct cache *cache, struct bytes key,
                          struct cache_moment moment)
{
    struct answer *answer = NULL;
    pthread_mutex_lock(&cache->mutex);
    struct cache_entry *entry = find(cache, key);
    if (entry != NULL && entry->answer != NULL &&
        is_right(&entry->life, moment)) {
        if (entry != cache->newest) {
            unlink_use(cache, entry);
            link_use(cache, entry);
        }
        answer = answer_hold(entry->answer);
    }
    pthread_mutex_unlock(&cache->mutex);
    return answer;
}

static struct cache_entry *add(struct cache *cache, struct bytes key)
{
    struct cache_entry *made = calloc(1, sizeof *made + key.len);
    if (made == NULL) return NULL;
    made->len = key.len;
    bytes_copy(made->key, key.at, key.len);
    struct cache_entry **slot = &cache->slots[slot_of(key)];
    made->chain = *slot;
    *slot = made;
    link_use(cache, made);
    cache->bytes += size_of(made);
    return made;
}

static void add_job(struct cache *cache, struct queue *queue,
                    struct cache_entry *entry)
{
    entry->next_job = NULL;
    if (queue->first == NULL) queue->first = entry;
    else queue->last->next_job = entry;
    queue->last = entry;
    queue->count++;
    /* Whom a signal would wake may not take it. */
    pthread_cond_broadcast(&cache->has_job);
}

static struct cache_entry *entry_in_work(struct cache *cache,
                                         struct bytes key)
{
    if (cache->is_closed) return NULL;
    struct cache_entry *entry = find(cache, key);
    if (entry != NULL && entry->is_in_work) return entry;
    if (cache->jobs == CACHE_JOBS_MAX) return NULL;
    if (entry == NULL) entry = add(cache, key);
    if (entry == NULL) return NULL;
    entry->is_in_work = true;
    cache->jobs++;
    add_job(cache, &cache->new, entry);
    return entry;
}

bool cache_wait(struct cache *cache, struct bytes key,
                struct cache_waiter *waiter)
{
    pthread_mutex_lock(&cache->mutex);
    struct cache_entry *entry = entry_in_work(cache, key);
    if (entry != NULL) {
        waiter->next = entry->waiters;
        entry->waiters = waiter;
    }
    pthread_mutex_unlock(&cache->mutex);
    return entry != NULL;
}

/* ---- makers ---------------------------------------------------------- */

static struct cache_entry *take_job(struct queue *queue)
{
    struct cache_entry *entry = queue->first;
    if (entry == NULL) return NULL;
    queue->first = entry->next_job;
    queue->count--;
    return entry;
}

static struct cache_entry *next_job(struct cache *cache, bool takes_deferred)
{
    while (!cache->is_closed) {
        struct cache_entry *entry =
            takes_deferred ? take_job(&cache->deferred) : NULL;
        if (entry == NULL) entry = take_job(&cache->new);
        if (entry != NULL) return entry;
        pthread_cond_wait(&cache->has_job, &cache->mutex);
    }
    return NULL;
}

bool cache_take(struct cache_job *job, struct cache *cache,
                bool takes_deferred)
{
    pthread_mutex_lock(&cache->mutex);
    struct cache_entry *entry = next_job(cache, takes_deferred);
    if (entry != NULL)
        *job = (struct cache_job){ .entry = entry,
                                   .key = bytes_of(entry->key, entry->len),
                                   .old = entry->answer,
                                   .life = entry->life };
    pthread_mutex_unlock(&cache->mutex);
    return entry != NULL;
}

bool cache_defer(struct cache *cache, const struct cache_job *job)
{
    pthread_mutex_lock(&cache->mutex);
    bool has_room = cache->deferred.count < CACHE_DEFERRED_MAX;
    if (has_room) add_job(cache, &cache->deferred, job->entry);
    pthread_mutex_unlock(&cache->mutex);
    return has_room;
}

void cache_put(struct cache *cache, const struct cache_job *job,
               struct answer *answer, const struct cache_life *life)
{
    struct cache_entry *entry = job->entry;
    pthread_mutex_lock(&cache->mutex);
    struct cache_waiter *waiters = entry->waiters;
    entry->waiters = NULL;
    entry->is_in_work = false;
    cache->jobs--;
    if (answer != job->old) {
        cache->bytes -= size_of(entry);
        answer_drop(entry->answer);
        entry->answer = answer;
        cache->bytes += size_of(entry);
    }
    entry->life = *life;
    /* For the waiters, before it may be forgotten. */
    if (answer != NULL) answer_hold(answer);
    if (answer == NULL || !answer_is_kept(answer) ||
        answer_size(answer) > cache->bytes_max / 4)
        forget(cache, entry);
    make_room(cache);
    pthread_mutex_unlock(&cache->mutex);
    wake(waiters, answer);
    answer_drop(answer);
}

size_t cache_size(struct cache *cache)
{
    pthread_mutex_lock(&cache->mutex);
    size_t bytes = cache->bytes;
    pthread_mutex_unlock(&cache->mutex);
    return bytes;
}
