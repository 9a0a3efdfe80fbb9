#include "http/watch.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

struct watch {
    struct db *db;
    pthread_mutex_t mutex;
    atomic_uint_fast64_t generation, looked_ms;
    int64_t version;
};

static uint64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

enum err watch_create(struct watch **watch, struct db *db)
{
    struct watch *made = calloc(1, sizeof *made);
    if (made == NULL) return ERR_MEMORY;
    made->db = db;
    made->generation = 1;
    made->version = -1;
    pthread_mutex_init(&made->mutex, NULL);
    *watch = made;
    return OK;
}

void watch_destroy(struct watch *watch)
{
    if (watch == NULL) return;
    pthread_mutex_destroy(&watch->mutex);
    free(watch);
}

static void look(struct watch *watch, uint64_t now)
{
    int64_t version = 0;
    enum err err = db_version(&version, watch->db);
    if (err != OK || version != watch->version)
        atomic_fetch_add(&watch->generation, 1);
    watch->version = err == OK ? version : -1;
    atomic_store(&watch->looked_ms, now);
}

uint64_t watch_generation(struct watch *watch)
{
    uint64_t now = now_ms();
    if (now - atomic_load(&watch->looked_ms) >= WATCH_STEP_MS &&
        pthread_mutex_trylock(&watch->mutex) == 0) {
        look(watch, now);
        pthread_mutex_unlock(&watch->mutex);
    }
    return atomic_load(&watch->generation);
}
