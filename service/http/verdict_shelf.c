#include "http/verdict_shelf.h"

#include <pthread.h>
#include <stdlib.h>

enum { COPY_OVERHEAD = 256 };

struct verdict_shelf {
    pthread_mutex_t mutex;
    pthread_cond_t is_put;
    struct verdict_copy *newest; /* by last use; each held once by us */
    size_t bytes;                /* of those that are made            */
};

enum err verdict_shelf_create(struct verdict_shelf **shelf)
{
    struct verdict_shelf *made = calloc(1, sizeof *made);
    if (made == NULL) return ERR_MEMORY;
    pthread_mutex_init(&made->mutex, NULL);
    pthread_cond_init(&made->is_put, NULL);
    *shelf = made;
    return OK;
}

/* ---- under the mutex ------------------------------------------------- */

static void drop(struct verdict_copy *copy)
{
    if (--copy->holders != 0) return;
    free(copy->members.at);
    free(copy->rows.at);
    free(copy->ends);
    free(copy);
}

static size_t size_of(const struct verdict_copy *copy)
{
    return COPY_OVERHEAD + copy->members.max + copy->rows.max +
           (size_t)copy->page_count * sizeof *copy->ends;
}

static struct verdict_copy *find(const struct verdict_shelf *shelf,
                                 uint64_t draw)
{
    struct verdict_copy *at = shelf->newest;
    while (at != NULL && at->draw != draw) at = at->older;
    return at;
}

static void take_out(struct verdict_shelf *shelf,
                     const struct verdict_copy *copy)
{
    struct verdict_copy **at = &shelf->newest;
    while (*at != NULL && *at != copy) at = &(*at)->older;
    if (*at != NULL) *at = copy->older;
}

static void forget(struct verdict_shelf *shelf, struct verdict_copy *copy)
{
    take_out(shelf, copy);
    if (copy->is_made) shelf->bytes -= size_of(copy);
    drop(copy);
}

/* Of those that are made. */
static struct verdict_copy *find_oldest(const struct verdict_shelf *shelf)
{
    struct verdict_copy *oldest = NULL, *at = shelf->newest;
    for (; at != NULL; at = at->older)
        if (at->is_made) oldest = at;
    return oldest;
}

static bool is_right(const struct verdict_copy *copy,
                     const struct store_stamp *stamp, uint64_t now)
{
    return copy->stamp.last == stamp->last &&
           copy->stamp.cosignatures == stamp->cosignatures &&
           now < copy->until;
}

/* ---- for all threads ------------------------------------------------- */

void verdict_shelf_destroy(struct verdict_shelf *shelf)
{
    if (shelf == NULL) return;
    while (shelf->newest != NULL) forget(shelf, shelf->newest);
    pthread_cond_destroy(&shelf->is_put);
    pthread_mutex_destroy(&shelf->mutex);
    free(shelf);
}

static struct verdict_copy *find_or_add(struct verdict_shelf *shelf,
                                        const struct store_stamp *stamp,
                                        const struct verdict_wish *wish)
{
    struct verdict_copy *copy = find(shelf, wish->draw);
    while (copy != NULL && !copy->is_made) {
        pthread_cond_wait(&shelf->is_put, &shelf->mutex);
        copy = find(shelf, wish->draw);
    }
    if (copy != NULL && !is_right(copy, stamp, wish->now)) {
        forget(shelf, copy);
        copy = NULL;
    }
    if (copy != NULL) take_out(shelf, copy);
    if (copy == NULL) {
        copy = calloc(1, sizeof *copy);
        if (copy == NULL) return NULL;
        copy->draw = wish->draw;
        copy->stamp = *stamp;
        copy->holders = 1;
    }
    copy->older = shelf->newest;
    shelf->newest = copy;
    copy->holders++;
    return copy;
}

enum err verdict_shelf_take(struct verdict_copy **copy,
                            struct verdict_shelf *shelf, struct db *db,
                            const struct verdict_wish *wish)
{
    struct store_stamp stamp;
    enum err err = store_stamp_draw(&stamp, db, wish->draw);
    if (err != OK) return err;
    pthread_mutex_lock(&shelf->mutex);
    *copy = find_or_add(shelf, &stamp, wish);
    pthread_mutex_unlock(&shelf->mutex);
    return *copy == NULL ? ERR_MEMORY : OK;
}

static void trim(struct opened_text *text)
{
    uint8_t *at = text->len == 0 ? NULL : realloc(text->at, text->len);
    if (at == NULL) return;
    text->at = at;
    text->max = text->len;
}

void verdict_shelf_put(struct verdict_shelf *shelf, struct verdict_copy *copy,
                       bool is_filled)
{
    trim(&copy->members);
    trim(&copy->rows);
    pthread_mutex_lock(&shelf->mutex);
    struct verdict_copy *oldest = find_oldest(shelf);
    for (; is_filled && oldest != NULL && shelf->bytes > VERDICT_SHELF_MAX;
         oldest = find_oldest(shelf))
        forget(shelf, oldest);
    copy->is_made = is_filled;
    if (is_filled) shelf->bytes += size_of(copy);
    else forget(shelf, copy);
    pthread_cond_broadcast(&shelf->is_put);
    pthread_mutex_unlock(&shelf->mutex);
}

void verdict_shelf_give(struct verdict_shelf *shelf, struct verdict_copy *copy)
{
    pthread_mutex_lock(&shelf->mutex);
    drop(copy);
    pthread_mutex_unlock(&shelf->mutex);
}
