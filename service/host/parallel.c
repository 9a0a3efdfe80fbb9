#include "host/parallel.h"

#include <pthread.h>
#include <unistd.h>

enum { THREAD_MAX = 8, PART_MIN = 4096 };

struct part {
    pthread_t thread;
    parallel_job *job;
    void *context;
    size_t from, to;
    enum err err;
    bool is_apart; /* has a thread of its own */
};

static void *work(void *of)
{
    struct part *part = of;
    part->err = part->job(part->context, part->from, part->to);
    return NULL;
}

static size_t part_count(size_t count)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t parts = cores < 1            ? 1
                   : cores > THREAD_MAX ? THREAD_MAX
                                        : (size_t)cores;
    size_t useful = count / PART_MIN + 1;
    return parts < useful ? parts : useful;
}

enum err parallel_run(size_t count, parallel_job *job, void *context)
{
    struct part parts[THREAD_MAX];
    size_t n = part_count(count), len = count / n + (count % n != 0);
    for (size_t i = 0; i < n; i++) {
        size_t from = i * len < count ? i * len : count;
        size_t to = count - from < len ? count : from + len;
        parts[i] = (struct part){ .job = job, .context = context,
                                  .from = from, .to = to };
        if (i + 1 < n)
            parts[i].is_apart =
                pthread_create(&parts[i].thread, NULL, work, &parts[i]) == 0;
        if (!parts[i].is_apart) work(&parts[i]);
    }
    enum err err = OK;
    for (size_t i = 0; i < n; i++) {
        if (parts[i].is_apart) pthread_join(parts[i].thread, NULL);
        if (err == OK) err = parts[i].err;
    }
    return err;
}
