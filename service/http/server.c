#include "http/server.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "http/porter.h"
#include "http/reader.h"
#include "host/memory.h"

enum {
    THREADS = 2,
    CONNECTIONS_MAX = 4096,
    FILES_OWN = 256, /* descriptors that are no connections */
    CONNECTION_BYTES = 16 << 10, /* of memory for each of them */
    IDLE_MAX_S = 10,
    HURRY_STEP_MS = 1000
};

struct server {
    struct porter_house house;
    struct porter *porter;
    struct directory dir; /* the watch's */
    bool is_open;
    struct watch *watch;
    struct cache *cache;
    struct maker *maker;
    struct events *events;
    struct readers readers;
    pthread_t beadle;
    bool has_beadle;
    bool is_ending; /* atomic */
};

static void *keep_order(void *of)
{
    struct server *server = of;
    const struct timespec step = { .tv_nsec = HURRY_STEP_MS / 10 * 1000000 };
    for (int i = 0; !__atomic_load_n(&server->is_ending, __ATOMIC_ACQUIRE);
         i++) {
        if (i % 10 == 9) reader_hurry(&server->readers);
        nanosleep(&step, NULL);
    }
    return NULL;
}

/*
 * How many connections there may be: each needs a descriptor, and where
 * these are few, some must be left for the files that are asked for.
 */
static unsigned raise_limit(void)
{
    struct rlimit limit;
    const rlim_t want = CONNECTIONS_MAX + FILES_OWN;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return CONNECTIONS_MAX;
    rlim_t had = limit.rlim_cur;
    limit.rlim_cur = want < limit.rlim_max ? want : limit.rlim_max;
    if (had >= want || setrlimit(RLIMIT_NOFILE, &limit) != 0)
        limit.rlim_cur = had;
    if (limit.rlim_cur >= want) return CONNECTIONS_MAX;
    return (unsigned)(limit.rlim_cur > 2 * (rlim_t)FILES_OWN
                          ? limit.rlim_cur - FILES_OWN
                          : limit.rlim_cur / 2);
}

/* A daemon, and with it a thread, of its own. */
static enum err start_daemon(struct server *server)
{
    const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO |
                           MHD_ALLOW_SUSPEND_RESUME |
                           MHD_USE_NO_LISTEN_SOCKET;
    struct MHD_Daemon *daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, reader_on_request, &server->readers,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_MAX_S,
        MHD_OPTION_CONNECTION_LIMIT, 4U * CONNECTIONS_MAX,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK,
        reader_on_address, &server->readers, MHD_OPTION_NOTIFY_CONNECTION,
        reader_on_connection, &server->readers, MHD_OPTION_NOTIFY_COMPLETED,
        reader_on_end, &server->readers, MHD_OPTION_END);
    if (daemon == NULL) return ERR_IO;
    server->house.daemons[server->house.count++] = daemon;
    return OK;
}

static enum err open_house(struct server *server, const char *address)
{
    enum err err = OK;
    for (int i = 0; i < THREADS && err == OK; i++) err = start_daemon(server);
    return err == OK ? porter_start(&server->porter, &server->house, address)
                     : err;
}

enum err server_start(struct server **server,
                      const struct directory_options *options,
                      const char *address)
{
    struct server *made = calloc(1, sizeof *made);
    if (made == NULL) return ERR_MEMORY;
    pthread_mutex_init(&made->readers.mutex, NULL);
    made->house.connections_max = raise_limit();
    memory_keep();
    made->is_open = true;
    enum err err = directory_open(&made->dir, options, DIRECTORY_READ);
    if (err == OK) err = watch_create(&made->watch, made->dir.db);
    if (err == OK) err = cache_create(&made->cache, SERVER_CACHE_MAX);
    if (err == OK)
        err = maker_start(&made->maker, made->cache, made->watch, options);
    if (err == OK)
        err = events_start(&made->events, made->cache, made->watch);
    made->readers.events = made->events;
    made->readers.cache = made->cache;
    made->readers.watch = made->watch;
    if (err == OK) err = open_house(made, address);
    if (err == OK)
        made->has_beadle =
            pthread_create(&made->beadle, NULL, keep_order, made) == 0;
    if (err == OK && !made->has_beadle) err = ERR_IO;
    if (err == OK) *server = made;
    else server_stop(made);
    return err;
}

void server_stop(struct server *server)
{
    if (server == NULL) return;
    __atomic_store_n(&server->is_ending, true, __ATOMIC_RELEASE);
    if (server->has_beadle) pthread_join(server->beadle, NULL);
    porter_stop(server->porter);
    /* Nobody may be asleep when a daemon ends. */
    if (server->cache != NULL) cache_close(server->cache);
    events_stop(server->events);
    maker_stop(server->maker);
    for (size_t i = 0; i < server->house.count; i++)
        MHD_stop_daemon(server->house.daemons[i]);
    events_free(server->events);
    cache_destroy(server->cache);
    watch_destroy(server->watch);
    if (server->is_open) directory_close(&server->dir);
    pthread_mutex_destroy(&server->readers.mutex);
    free(server);
}
