#include "http/porter.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    BACKLOG = 1024,
    AHEAD_MAX = 64,    /* connections */
    FULL_WAIT_MS = 20, /* when there is no descriptor left */
    END_LOOK_MS = 100
};

struct porter {
    struct porter_house house;
    size_t turn;
    int socket;
    pthread_t thread;
    bool is_ending; /* atomic */
};

/* ---- the address ----------------------------------------------------- */

union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
};

/* 127.0.0.1 or [::1], with the port behind a colon. */
static enum err read_address(union address *to, const char *text)
{
    char host[INET6_ADDRSTRLEN + 2] = { 0 };
    uint64_t port = 0;
    const char *colon = strrchr(text, ':');
    if (colon == NULL) return ERR_FORMAT;
    size_t len = (size_t)(colon - text);
    bool is_six = len > 2 && text[0] == '[' && colon[-1] == ']';
    if (is_six) text++, len -= 2;
    if (len >= sizeof host) return ERR_FORMAT;
    memcpy(host, text, len);
    if (bytes_read_u64(&port, bytes_text(colon + 1), UINT16_MAX) != OK ||
        port == 0)
        return ERR_FORMAT;
    memset(to, 0, sizeof *to);
    if (is_six) {
        to->six.sin6_family = AF_INET6;
        to->six.sin6_port = htons((uint16_t)port);
        return inet_pton(AF_INET6, host, &to->six.sin6_addr) == 1
                   ? OK
                   : ERR_FORMAT;
    }
    to->four.sin_family = AF_INET;
    to->four.sin_port = htons((uint16_t)port);
    return inet_pton(AF_INET, host, &to->four.sin_addr) == 1 ? OK
                                                             : ERR_FORMAT;
}

static socklen_t len_of(const union address *to)
{
    return to->any.sa_family == AF_INET6 ? sizeof to->six : sizeof to->four;
}

static enum err listen_at(int *at, const union address *to)
{
    const int on = 1;
    *at = socket(to->any.sa_family,
                 SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (*at < 0) return ERR_IO;
    (void)setsockopt(*at, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (to->any.sa_family == AF_INET6)
        (void)setsockopt(*at, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    return bind(*at, &to->any, len_of(to)) == 0 && listen(*at, BACKLOG) == 0
               ? OK
               : ERR_IO;
}

/* ---- connections ----------------------------------------------------- */

static unsigned load_of(struct MHD_Daemon *daemon)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
    return info == NULL ? 0 : info->num_connections;
}

/*
 * In turn; but a daemon that is far ahead is passed over.  Those just given
 * are not counted yet, so small differences say nothing.
 */
static size_t choose(struct porter *porter)
{
    const struct porter_house *house = &porter->house;
    size_t turn = porter->turn++ % house->count, best = turn;
    unsigned own = load_of(house->daemons[turn]), least = own;
    for (size_t i = 0; i < house->count; i++) {
        unsigned load = load_of(house->daemons[i]);
        if (load < least) best = i, least = load;
    }
    return own - least < AHEAD_MAX ? turn : best;
}

/* The daemon closes what it cannot take. */
static void give(struct porter *porter, int socket, const union address *from)
{
    MHD_add_connection(porter->house.daemons[choose(porter)], socket,
                       &from->any, len_of(from));
}

/* A daemon at its own limit locks itself out for ever (MHD 0.9.75). */
static bool is_full(const struct porter_house *house)
{
    unsigned sum = 0;
    for (size_t i = 0; i < house->count; i++)
        sum += load_of(house->daemons[i]);
    return sum >= house->connections_max;
}

/* Too many of them must not turn into a busy loop. */
static void pause_if_full(int error)
{
    const struct timespec step = { .tv_nsec = FULL_WAIT_MS * 1000000 };
    if (error == EMFILE || error == ENFILE || error == ENOBUFS ||
        error == ENOMEM)
        nanosleep(&step, NULL);
}

static void take_all(struct porter *porter)
{
    for (;;) {
        union address from = { 0 };
        socklen_t len = sizeof from;
        int socket = accept4(porter->socket, &from.any, &len,
                             SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (socket < 0) {
            pause_if_full(errno);
            return;
        }
        if (is_full(&porter->house)) close(socket);
        else give(porter, socket, &from);
    }
}

static void *run(void *of)
{
    struct porter *porter = of;
    struct pollfd door = { .fd = porter->socket, .events = POLLIN };
    while (!__atomic_load_n(&porter->is_ending, __ATOMIC_ACQUIRE))
        if (poll(&door, 1, END_LOOK_MS) > 0) take_all(porter);
    return NULL;
}

enum err porter_start(struct porter **porter, const struct porter_house *house,
                      const char *address)
{
    union address to;
    enum err err = read_address(&to, address);
    if (err != OK) return err;
    struct porter *made = calloc(1, sizeof *made);
    if (made == NULL) return ERR_MEMORY;
    made->house = *house;
    err = listen_at(&made->socket, &to);
    if (err == OK && pthread_create(&made->thread, NULL, run, made) != 0)
        err = ERR_IO;
    if (err == OK) {
        *porter = made;
        return OK;
    }
    if (made->socket >= 0) close(made->socket);
    free(made);
    return err;
}

void porter_stop(struct porter *porter)
{
    if (porter == NULL) return;
    __atomic_store_n(&porter->is_ending, true, __ATOMIC_RELEASE);
    pthread_join(porter->thread, NULL);
    close(porter->socket);
    free(porter);
}
