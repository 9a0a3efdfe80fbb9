#include "http/server.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "http/reader.h"

enum {
    THREADS = 2,
    CONNECTIONS_MAX = 4096,
    CONNECTION_BYTES = 16 << 10, /* of memory for each of them */
    IDLE_MAX_S = 10,
    HURRY_STEP_MS = 1000
};

struct server {
    struct MHD_Daemon *daemon;
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

/* ---- the address ----------------------------------------------------- */

union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
};

/* 127.0.0.1 or [::1], with the port behind a colon. */
static enum err read_address(union address *to, uint64_t *port,
                             const char *text)
{
    char host[INET6_ADDRSTRLEN + 2] = { 0 };
    const char *colon = strrchr(text, ':');
    if (colon == NULL) return ERR_FORMAT;
    size_t len = (size_t)(colon - text);
    bool is_six = len > 2 && text[0] == '[' && colon[-1] == ']';
    if (is_six) text++, len -= 2;
    if (len >= sizeof host) return ERR_FORMAT;
    memcpy(host, text, len);
    if (bytes_read_u64(port, bytes_text(colon + 1), UINT16_MAX) != OK ||
        *port == 0)
        return ERR_FORMAT;
    memset(to, 0, sizeof *to);
    if (is_six) {
        to->six.sin6_family = AF_INET6;
        to->six.sin6_port = htons((uint16_t)*port);
        return inet_pton(AF_INET6, host, &to->six.sin6_addr) == 1
                   ? OK
                   : ERR_FORMAT;
    }
    to->four.sin_family = AF_INET;
    to->four.sin_port = htons((uint16_t)*port);
    return inet_pton(AF_INET, host, &to->four.sin_addr) == 1 ? OK
                                                             : ERR_FORMAT;
}

/* As many connections as we allow need as many descriptors. */
static void raise_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    rlim_t want = CONNECTIONS_MAX + 256;
    if (want > limit.rlim_max) want = limit.rlim_max;
    if (limit.rlim_cur >= want) return;
    limit.rlim_cur = want;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static enum err listen_at(struct server *server, const union address *to,
                          uint64_t port)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO |
                     MHD_ALLOW_SUSPEND_RESUME;
    if (to->any.sa_family == AF_INET6) flags |= MHD_USE_IPv6;
    server->daemon = MHD_start_daemon(
        flags, (uint16_t)port, NULL, NULL, reader_on_request,
        &server->readers, MHD_OPTION_SOCK_ADDR, &to->any,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_MAX_S,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK,
        reader_on_address, &server->readers, MHD_OPTION_NOTIFY_CONNECTION,
        reader_on_connection, &server->readers, MHD_OPTION_NOTIFY_COMPLETED,
        reader_on_end, &server->readers, MHD_OPTION_END);
    return server->daemon == NULL ? ERR_IO : OK;
}

enum err server_start(struct server **server,
                      const struct directory_options *options,
                      const char *address)
{
    union address to;
    uint64_t port = 0;
    enum err err = read_address(&to, &port, address);
    if (err != OK) return err;
    struct server *made = calloc(1, sizeof *made);
    if (made == NULL) return ERR_MEMORY;
    pthread_mutex_init(&made->readers.mutex, NULL);
    raise_limit();
    made->is_open = true;
    err = directory_open(&made->dir, options, DIRECTORY_READ);
    if (err == OK) err = watch_create(&made->watch, made->dir.db);
    if (err == OK) err = cache_create(&made->cache, SERVER_CACHE_MAX);
    if (err == OK)
        err = maker_start(&made->maker, made->cache, made->watch, options);
    if (err == OK)
        err = events_start(&made->events, made->cache, made->watch);
    made->readers.events = made->events;
    made->readers.cache = made->cache;
    made->readers.watch = made->watch;
    if (err == OK) err = listen_at(made, &to, port);
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
    /* Nobody may be asleep when the daemon ends. */
    if (server->cache != NULL) cache_close(server->cache);
    events_stop(server->events);
    maker_stop(server->maker);
    if (server->daemon != NULL) MHD_stop_daemon(server->daemon);
    events_free(server->events);
    cache_destroy(server->cache);
    watch_destroy(server->watch);
    if (server->is_open) directory_close(&server->dir);
    pthread_mutex_destroy(&server->readers.mutex);
    free(server);
}
