#include "http/index.h"

#include <pthread.h>
#include <stdlib.h>

#include "domain/evidence.h"

struct index {
    pthread_mutex_t mutex;
    pthread_cond_t is_made;
    struct search *newest; /* held once by us; NULL: none yet */
    bool is_making;
    struct arena texts; /* of all there were; whoever makes one adds to it */
};

enum err index_create(struct index **index)
{
    struct index *made = calloc(1, sizeof *made);
    if (made == NULL) return ERR_MEMORY;
    pthread_mutex_init(&made->mutex, NULL);
    pthread_cond_init(&made->is_made, NULL);
    *index = made;
    return OK;
}

void index_destroy(struct index *index)
{
    if (index == NULL) return;
    search_free(index->newest);
    arena_release(&index->texts);
    pthread_cond_destroy(&index->is_made);
    pthread_mutex_destroy(&index->mutex);
    free(index);
}

/* Under the mutex, as the two below. */
static void drop(struct search *search)
{
    if (search != NULL && --search->holders == 0) search_free(search);
}

static struct search *hold(struct search *search)
{
    search->holders++;
    return search;
}

/* Without the mutex while it is made: nobody else takes newest away. */
static enum err make(struct index *index, struct directory *dir)
{
    struct search *next = NULL;
    index->is_making = true;
    pthread_mutex_unlock(&index->mutex);
    enum err err = search_next(&next, index->newest, &index->texts, dir);
    pthread_mutex_lock(&index->mutex);
    index->is_making = false;
    pthread_cond_broadcast(&index->is_made);
    if (err != OK) return err;
    drop(index->newest);
    index->newest = hold(next);
    return OK;
}

enum err index_take(struct search **search, bool *is_old, struct index *index,
                    struct directory *dir)
{
    struct merkle_head head;
    enum err err = evidence_published(&head, dir->db);
    if (err != OK) return err;
    pthread_mutex_lock(&index->mutex);
    while (index->newest == NULL && index->is_making)
        pthread_cond_wait(&index->is_made, &index->mutex);
    bool is_behind = index->newest == NULL || index->newest->size < head.size;
    if (is_behind && !index->is_making) err = make(index, dir);
    if (err == OK) {
        *search = hold(index->newest);
        *is_old = (*search)->size < head.size;
    }
    pthread_mutex_unlock(&index->mutex);
    return err;
}

void index_give(struct index *index, struct search *search)
{
    pthread_mutex_lock(&index->mutex);
    drop(search);
    pthread_mutex_unlock(&index->mutex);
}
