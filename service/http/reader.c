#include "http/reader.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

struct reader {
    struct cache_waiter waiter; /* first: the maker knows only this */
    struct reader *next, **link;
    struct MHD_Connection *at;
    int socket;
    uint64_t since_s; /* of the request that is read; 0: it is answered */
    bool is_begun, is_waiting, is_listening;
    enum err err;
    struct route_wish wish; /* borrowed: key */
    size_t key_len;
    uint8_t key[CACHE_KEY_MAX]; /* coding, then the address as sent */
};

static uint64_t now_s(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec;
}

/* ---- connections ----------------------------------------------------- */

static void wake(struct cache_waiter *waiter)
{
    struct reader *reader = (struct reader *)waiter;
    MHD_resume_connection(reader->at);
}

static void begin(struct readers *readers, struct MHD_Connection *at,
                  void **state)
{
    struct reader *reader = calloc(1, sizeof *reader);
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(at, MHD_CONNECTION_INFO_CONNECTION_FD);
    *state = reader;
    if (reader == NULL) return;
    reader->at = at;
    reader->waiter.wake = wake;
    reader->socket = info == NULL ? -1 : info->connect_fd;
    reader->since_s = now_s(CLOCK_MONOTONIC_COARSE);
    pthread_mutex_lock(&readers->mutex);
    reader->next = readers->first;
    reader->link = &readers->first;
    if (reader->next != NULL) reader->next->link = &reader->next;
    readers->first = reader;
    pthread_mutex_unlock(&readers->mutex);
}

static void end(struct readers *readers, void **state)
{
    struct reader *reader = *state;
    *state = NULL;
    if (reader == NULL) return;
    pthread_mutex_lock(&readers->mutex);
    *reader->link = reader->next;
    if (reader->next != NULL) reader->next->link = reader->link;
    pthread_mutex_unlock(&readers->mutex);
    answer_drop(reader->waiter.answer);
    free(reader);
}

void reader_on_connection(void *of, struct MHD_Connection *at, void **state,
                          enum MHD_ConnectionNotificationCode code)
{
    if (code == MHD_CONNECTION_NOTIFY_STARTED) begin(of, at, state);
    else end(of, state);
}

void reader_hurry(struct readers *readers)
{
    uint64_t now = now_s(CLOCK_MONOTONIC_COARSE);
    pthread_mutex_lock(&readers->mutex);
    for (struct reader *at = readers->first; at != NULL; at = at->next) {
        uint64_t since = __atomic_load_n(&at->since_s, __ATOMIC_RELAXED);
        if (since != 0 && now > since + READER_HEAD_S && at->socket >= 0)
            shutdown(at->socket, SHUT_RDWR);
    }
    pthread_mutex_unlock(&readers->mutex);
}

/* ---- a request ------------------------------------------------------- */

/* `wish` borrows from the key. */
static void tidy_query(struct reader *reader, struct route_wish *wish)
{
    const char *accepts;
    size_t at = 1 + wish->path.len;
    if (!route_is_page(&accepts, wish->path)) return;
    wish->query.len =
        parameter_keep(reader->key + at + 1, wish->query.len, accepts);
    wish->has_query = wish->query.len != 0;
    reader->key_len = wish->has_query ? at + 1 + wish->query.len : at;
}

/* The only place that sees the address as it was sent. */
void *reader_on_address(void *of, const char *uri, struct MHD_Connection *at)
{
    (void)of;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(at, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct reader *reader = info == NULL ? NULL : info->socket_context;
    if (reader == NULL) return NULL;
    struct bytes text = bytes_text(uri);
    reader->is_begun = reader->is_waiting = reader->is_listening = false;
    reader->err = text.len > sizeof reader->key - 1 ? ERR_LIMIT : OK;
    if (reader->err != OK) return reader;
    bytes_copy(reader->key + 1, text.at, text.len);
    reader->key_len = 1 + text.len;
    struct route_wish *wish = &reader->wish;
    reader->err = guard_address(wish, bytes_of(reader->key + 1, text.len));
    if (reader->err == OK && wish->has_query) tidy_query(reader, wish);
    return reader;
}

void reader_on_end(void *of, struct MHD_Connection *at, void **state,
                   enum MHD_RequestTerminationCode code)
{
    (void)of;
    (void)at;
    (void)code;
    struct reader *reader = *state;
    *state = NULL;
    if (reader == NULL) return;
    answer_drop(reader->waiter.answer);
    reader->waiter.answer = NULL;
    __atomic_store_n(&reader->since_s, now_s(CLOCK_MONOTONIC_COARSE),
                     __ATOMIC_RELAXED);
}

static enum MHD_Result on_header(void *of, enum MHD_ValueKind kind,
                                 const char *name, size_t name_len,
                                 const char *value, size_t value_len)
{
    (void)kind;
    guard_header(of, bytes_of(name, name_len), bytes_of(value, value_len));
    return MHD_YES;
}

/* true: refused, and `result` says whether that could be queued. */
static bool refuse(enum MHD_Result *result, const struct reader *reader,
                   const char *method)
{
    struct guard guard = { 0 };
    MHD_get_connection_values_n(reader->at, MHD_HEADER_KIND, on_header,
                                &guard);
    enum err err = guard_end(&guard);
    bool is_read = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    unsigned status = 0;
    const char *title = "请求的写法不被接受。请用规范的地址。";
    if (reader->err == ERR_LIMIT) status = 414, title = "地址太长。";
    else if (err == ERR_LIMIT) status = 431, title = "请求头太长或太多。";
    else if (reader->err != OK || err != OK) status = 400;
    else if (!is_read)
        status = 405, title = "这里只能读取：请用 GET 或 HEAD。";
    if (status != 0) *result = answer_refuse(reader->at, status, title);
    return status != 0;
}

/* A document, or the stream of what it becomes. */
static enum MHD_Result send_to(struct readers *readers, struct reader *reader,
                            const struct answer *answer)
{
    if (!reader->is_listening || answer_tag(answer)[0] == 0)
        return answer_send(reader->at, answer);
    return events_listen(readers->events,
                         bytes_of(reader->key, reader->key_len), reader->at,
                         answer);
}

static void choose(struct reader *reader)
{
    const char *codings = MHD_lookup_connection_value(
        reader->at, MHD_HEADER_KIND, "Accept-Encoding");
    size_t len = 0;
    reader->is_listening = !reader->wish.has_query &&
                           events_match(&len, reader->wish.path);
    if (reader->is_listening) reader->key_len = 1 + len;
    reader->key[0] = !reader->is_listening && answer_takes_gzip(codings)
                         ? MAKER_KEY_GZIP
                         : MAKER_KEY_PLAIN;
}

static enum MHD_Result look(struct readers *readers, struct reader *reader)
{
    choose(reader);
    struct bytes key = bytes_of(reader->key, reader->key_len);
    struct cache_moment moment = {
        .generation = watch_generation(readers->watch),
        .now = now_s(CLOCK_REALTIME_COARSE),
    };
    struct answer *answer = cache_find(readers->cache, key, moment);
    if (answer != NULL) {
        enum MHD_Result result = send_to(readers, reader, answer);
        answer_drop(answer);
        return result;
    }
    /* Suspended before the maker can know of it and resume it. */
    reader->is_waiting = true;
    MHD_suspend_connection(reader->at);
    if (!cache_wait(readers->cache, key, &reader->waiter))
        MHD_resume_connection(reader->at);
    return MHD_YES;
}

enum MHD_Result reader_on_request(void *of, struct MHD_Connection *at,
                                  const char *url, const char *method,
                                  const char *version, const char *upload,
                                  size_t *upload_len, void **state)
{
    (void)url;
    (void)version;
    (void)upload;
    struct reader *reader = *state;
    enum MHD_Result result;
    if (reader == NULL) return MHD_NO;
    /* A reply in the first call ends the connection: for refusals only,
     * then a body, if one was announced, is never read. */
    if (!reader->is_begun) {
        reader->is_begun = true;
        __atomic_store_n(&reader->since_s, 0, __ATOMIC_RELAXED);
        return refuse(&result, reader, method) ? result : MHD_YES;
    }
    if (*upload_len != 0) return MHD_NO;
    if (reader->is_waiting) {
        if (reader->waiter.answer == NULL)
            return answer_refuse(at, 503, "此刻请求太多。请稍后再试。");
        return send_to(of, reader, reader->waiter.answer);
    }
    return look(of, reader);
}
