#include "http/server.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "core/hash.h"
#include "http/guard.h"
#include "http/route.h"

struct server {
    struct MHD_Daemon *daemon;
    struct directory *dir;
    pthread_mutex_t mutex; /* one reader of the database at a time */
};

struct request {
    bool is_begun;
    enum err err;
    struct route_wish wish; /* borrowed: uri */
    char uri[GUARD_URI_MAX];
};

/* The only place that sees the path as it was sent. */
static void *on_uri(void *of, const char *uri, struct MHD_Connection *at)
{
    (void)of;
    (void)at;
    struct request *request = calloc(1, sizeof *request);
    if (request == NULL) return NULL;
    struct bytes text = bytes_text(uri);
    request->err = text.len > GUARD_URI_MAX ? ERR_LIMIT : OK;
    if (request->err != OK) return request;
    bytes_copy(request->uri, text.at, text.len);
    text.at = (const uint8_t *)request->uri;
    request->err = guard_address(&request->wish, text);
    return request;
}

static void on_end(void *of, struct MHD_Connection *at, void **state,
                   enum MHD_RequestTerminationCode code)
{
    (void)of;
    (void)at;
    (void)code;
    free(*state);
    *state = NULL;
}

static enum MHD_Result on_header(void *of, enum MHD_ValueKind kind,
                                 const char *name, size_t name_len,
                                 const char *value, size_t value_len)
{
    (void)kind;
    guard_header(of, bytes_of(name, name_len), bytes_of(value, value_len));
    return MHD_YES;
}

static void set_headers(struct MHD_Response *response,
                        const struct route_reply *reply)
{
    static const char *const caches[] = {
        "no-cache", "no-store", "public, max-age=31536000, immutable"
    };
    MHD_add_response_header(response, "Content-Type", reply->type);
    MHD_add_response_header(response, "Cache-Control", caches[reply->cache]);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Access-Control-Allow-Origin", "*");
}

static void set_tag(struct MHD_Response *response, struct bytes tag)
{
    char text[68] = { 0 };
    struct writer w = writer_into(text, sizeof text - 1);
    writer_byte(&w, '"');
    writer_hex(&w, tag);
    writer_byte(&w, '"');
    MHD_add_response_header(response, "ETag", text);
}

static bool is_known(struct MHD_Connection *at, struct bytes tag)
{
    uint8_t room[64];
    struct writer w = writer_into(room, sizeof room);
    writer_hex(&w, tag);
    const char *has =
        MHD_lookup_connection_value(at, MHD_HEADER_KIND, "If-None-Match");
    return has != NULL && strlen(has) == 66 && memcmp(has + 1, room, 64) == 0;
}

static enum MHD_Result send_reply(struct MHD_Connection *at,
                                  struct route_reply *reply, bool is_bad)
{
    struct hash tag = hash_sha256(reply->body);
    struct bytes text = bytes_of(tag.b, sizeof tag.b);
    if (reply->status == 200 && is_known(at, text)) {
        reply->status = 304;
        reply->body.len = 0;
    }
    struct MHD_Response *response = MHD_create_response_from_buffer(
        reply->body.len, (void *)(uintptr_t)reply->body.at,
        MHD_RESPMEM_MUST_COPY);
    free((void *)(uintptr_t)reply->body.at);
    if (response == NULL) return MHD_NO;
    set_headers(response, reply);
    if (reply->status < 400) set_tag(response, text);
    if (reply->status == 405)
        MHD_add_response_header(response, "Allow", "GET, HEAD");
    if (is_bad) MHD_add_response_header(response, "Connection", "close");
    enum MHD_Result result = MHD_queue_response(at, reply->status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result answer(struct server *server, struct MHD_Connection *at,
                              const struct request *request,
                              const char *method)
{
    struct route_reply reply = { 0 };
    struct guard guard = { 0 };
    MHD_get_connection_values_n(at, MHD_HEADER_KIND, on_header, &guard);
    enum err err = guard_end(&guard);
    bool is_read = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    if (request->err == ERR_LIMIT)
        route_problem(&reply, 414, "地址太长。");
    else if (err == ERR_LIMIT)
        route_problem(&reply, 431, "请求头太长或太多。");
    else if (request->err != OK || err != OK)
        route_problem(&reply, 400, "请求的写法不被接受。请用规范的地址。");
    else if (!is_read)
        route_problem(&reply, 405, "这里只能读取：请用 GET 或 HEAD。");
    if (reply.status != 0) return send_reply(at, &reply, true);
    pthread_mutex_lock(&server->mutex);
    route_answer(&reply, server->dir, &request->wish);
    pthread_mutex_unlock(&server->mutex);
    return send_reply(at, &reply, false);
}

static enum MHD_Result on_request(void *of, struct MHD_Connection *at,
                                  const char *url, const char *method,
                                  const char *version, const char *upload,
                                  size_t *upload_len, void **state)
{
    (void)url;
    (void)version;
    (void)upload;
    struct request *request = *state;
    if (request == NULL) return MHD_NO;
    /* A reply queued in the first call would leave the body unread. */
    if (!request->is_begun) {
        request->is_begun = true;
        return MHD_YES;
    }
    if (*upload_len != 0) {
        *upload_len = 0;
        return MHD_YES;
    }
    return answer(of, at, request, method);
}

enum err server_start(struct server **server, struct directory *dir,
                      const char *address, uint16_t port)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port) };
    if (inet_pton(AF_INET, address, &to.sin_addr) != 1) return ERR_FORMAT;
    struct server *made = calloc(1, sizeof *made);
    if (made == NULL) return ERR_MEMORY;
    made->dir = dir;
    pthread_mutex_init(&made->mutex, NULL);
    made->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD, port, NULL, NULL, on_request, made,
        MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&to,
        MHD_OPTION_THREAD_POOL_SIZE, 2U, MHD_OPTION_CONNECTION_TIMEOUT, 15U,
        MHD_OPTION_CONNECTION_LIMIT, 512U, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_URI_LOG_CALLBACK, on_uri, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_END);
    if (made->daemon == NULL) {
        server_stop(made);
        return ERR_IO;
    }
    *server = made;
    return OK;
}

void server_stop(struct server *server)
{
    if (server == NULL) return;
    if (server->daemon != NULL) MHD_stop_daemon(server->daemon);
    pthread_mutex_destroy(&server->mutex);
    free(server);
}
