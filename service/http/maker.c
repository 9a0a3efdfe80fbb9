#include "http/maker.h"

#include <pthread.h>
#include <stdlib.h>

#include "http/guard.h"
#include "http/verdict_shelf.h"
#include "store/db.h"

struct hand {
    struct maker *maker;
    struct route_means means;
    pthread_t thread;
    bool is_quick, is_open, is_running;
};

struct maker {
    struct cache *cache;
    struct watch *watch;
    struct index *index;
    struct verdict_shelf *verdicts;
    struct hand hands[MAKER_COUNT];
};

/* Nothing about the draw was added since the old answer was made. */
static bool is_still_right(struct hand *hand, const struct cache_job *job)
{
    struct store_stamp stamp;
    if (job->old == NULL || !job->life.is_of_draw) return false;
    if (clock_now(&hand->means.dir.clock) >= job->life.until) return false;
    return store_stamp_draw(&stamp, hand->means.dir.db, job->life.draw) == OK &&
           stamp.last == job->life.stamp.last &&
           stamp.cosignatures == job->life.stamp.cosignatures;
}

static struct answer *make(struct cache_life *life, struct hand *hand,
                           const struct cache_job *job,
                           const struct route_wish *wish)
{
    struct route_reply reply;
    bool is_packed = job->key.at[0] == MAKER_KEY_GZIP;
    route_answer(&reply, &hand->means, wish);
    life->is_for_ever = reply.is_for_ever;
    life->until = reply.until;
    life->draw = reply.draw;
    life->is_of_draw =
        reply.is_of_draw &&
        store_stamp_draw(&life->stamp, hand->means.dir.db, reply.draw) == OK;
    return answer_make(&reply, is_packed);
}

static void work(struct hand *hand, const struct cache_job *job)
{
    struct maker *maker = hand->maker;
    struct answer *answer = NULL;
    struct route_wish wish;
    struct bytes uri = bytes_slice(job->key, 1, job->key.len);
    bool is_left = false, is_good = guard_address(&wish, uri) == OK;
    /* Looked at before the snapshot: too old a number only costs work. */
    struct cache_life life = { .generation =
                                   watch_generation(maker->watch) };
    if (is_good && db_begin_read(hand->means.dir.db) == OK) {
        if (is_still_right(hand, job)) {
            uint64_t generation = life.generation;
            life = job->life;
            life.generation = generation;
            answer = job->old;
        } else if (hand->is_quick && route_is_slow(wish.path)) {
            is_left = true;
        } else {
            answer = make(&life, hand, job, &wish);
        }
        db_rollback(hand->means.dir.db);
    }
    if (is_left && cache_defer(maker->cache, job)) return;
    cache_put(maker->cache, job, answer, &life);
}

static void *run(void *of)
{
    struct hand *hand = of;
    struct cache_job job;
    while (cache_take(&job, hand->maker->cache, !hand->is_quick))
        work(hand, &job);
    return NULL;
}

static enum err start(struct hand *hand, struct maker *maker,
                      const struct directory_options *options)
{
    hand->maker = maker;
    enum err err = directory_open(&hand->means.dir, options, DIRECTORY_READ);
    hand->is_open = true;
    hand->means.index = maker->index;
    hand->means.verdicts = maker->verdicts;
    if (err != OK) return err;
    hand->is_running =
        pthread_create(&hand->thread, NULL, run, hand) == 0;
    return hand->is_running ? OK : ERR_IO;
}

enum err maker_start(struct maker **maker, struct cache *cache,
                     struct watch *watch,
                     const struct directory_options *options)
{
    struct maker *made = calloc(1, sizeof *made);
    if (made == NULL) return ERR_MEMORY;
    made->cache = cache;
    made->watch = watch;
    enum err err = index_create(&made->index);
    if (err == OK) err = verdict_shelf_create(&made->verdicts);
    made->hands[0].is_quick = true;
    for (size_t i = 0; i < MAKER_COUNT && err == OK; i++)
        err = start(&made->hands[i], made, options);
    if (err == OK) {
        *maker = made;
        return OK;
    }
    cache_close(cache);
    maker_stop(made);
    return err;
}

void maker_stop(struct maker *maker)
{
    if (maker == NULL) return;
    for (size_t i = 0; i < MAKER_COUNT; i++) {
        struct hand *hand = &maker->hands[i];
        if (hand->is_running) pthread_join(hand->thread, NULL);
        route_release(&hand->means);
        if (hand->is_open) directory_close(&hand->means.dir);
    }
    verdict_shelf_destroy(maker->verdicts);
    index_destroy(maker->index);
    free(maker);
}
