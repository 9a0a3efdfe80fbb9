#include "http/route.h"

#include <stdlib.h>

#include "http/page.h"

static bool has_escape(struct bytes path)
{
    for (size_t i = 0; i < path.len; i++)
        if (path.at[i] == '%') return true;
    return false;
}

static enum err take_rest(struct route_request *request,
                          const struct route *route, struct bytes rest)
{
    if (rest.len == 0) return ERR_ABSENT;
    if (!route->takes_text) {
        request->rest = rest;
        return has_escape(rest) ? ERR_INPUT : OK;
    }
    struct writer w = writer_into(request->room, sizeof request->room);
    enum err err = parameter_decode(&w, rest, false);
    request->rest = writer_bytes(&w);
    return err == OK ? OK : ERR_INPUT;
}

static bool take_number(uint64_t *number, struct bytes path, size_t *i)
{
    size_t start = *i;
    while (*i < path.len && path.at[*i] != '/') ++*i;
    struct bytes digits = bytes_slice(path, start, *i - start);
    return bytes_read_u64(number, digits, CANON_INTEGER_MAX) == OK &&
           *number != 0;
}

/* ERR_ABSENT: another path; ERR_INPUT: this one, wrongly spelled. */
static enum err match(struct route_request *request,
                      const struct route *route, struct bytes path)
{
    size_t i = 0;
    for (const char *p = route->pattern; *p != 0; p++) {
        if (*p == '*')
            return take_rest(request, route,
                             bytes_slice(path, i, path.len - i));
        if (*p == '#') {
            if (!take_number(&request->number, path, &i)) return ERR_ABSENT;
        } else if (i == path.len || path.at[i++] != (uint8_t)*p) {
            return ERR_ABSENT;
        }
    }
    return i == path.len ? OK : ERR_ABSENT;
}

enum err route_body(struct route_reply *reply, struct bytes body)
{
    uint8_t *copy = malloc(body.len + 1);
    if (copy == NULL) return ERR_MEMORY;
    bytes_copy(copy, body.at, body.len);
    reply->body = bytes_of(copy, body.len);
    return OK;
}

void route_problem(struct route_reply *reply, unsigned status,
                   const char *title)
{
    uint8_t room[512];
    struct writer w = writer_into(room, sizeof room);
    struct canon c = canon_into(&w);
    canon_object(&c);
    canon_member_u64(&c, "status", status);
    canon_member_text(&c, "title", title);
    canon_object_end(&c);
    free((void *)(uintptr_t)reply->body.at);
    *reply = (struct route_reply){ .status = status,
                                   .type = "application/problem+json",
                                   .cache = ROUTE_NO_STORE };
    if (route_body(reply, writer_bytes(&w)) != OK) reply->body.len = 0;
}

void route_release(struct route_means *means)
{
    free(means->room);
    means->room = NULL;
}

/* One room for all documents; a large one is given back. */
static uint8_t *take_room(struct route_means *means)
{
    if (means->room == NULL) means->room = malloc(ROUTE_JSON_MAX);
    return means->room;
}

static void give_room(struct route_means *means, size_t used)
{
    if (used <= ROUTE_ROOM_KEPT) return;
    free(means->room);
    means->room = NULL;
}

static enum err show(struct route_reply *reply, const struct route *route,
                     struct route_request *request)
{
    uint8_t *room = take_room(request->means);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, ROUTE_JSON_MAX);
    struct canon c = canon_into(&w);
    enum err err = route->view(&c, request);
    if (err == OK && w.is_full) err = ERR_LIMIT;
    if (err == OK && route->template == NULL)
        err = route_body(reply, writer_bytes(&w));
    else if (err == OK) {
        reply->type = "text/html; charset=utf-8";
        err = page_render(&reply->body, request->dir, route->template,
                          writer_bytes(&w));
    }
    give_room(request->means, w.len);
    return err;
}

static enum err answer(struct route_reply *reply, const struct route *route,
                       struct route_request *request,
                       const struct route_wish *wish)
{
    if (wish->has_query) {
        enum err err =
            parameter_read(&request->query, wish->query, route->accepts);
        if (err != OK) return ERR_INPUT;
    }
    return route->handler != NULL ? route->handler(reply, request)
                                  : show(reply, route, request);
}

static enum err find(struct route_reply *reply, struct route_means *means,
                     const struct route_wish *wish)
{
    for (const struct route *at = route_table; at->pattern != NULL; at++) {
        struct route_request request = { .dir = &means->dir,
                                         .means = means,
                                         .until = UINT64_MAX };
        request.now = clock_now(&means->dir.clock);
        enum err err = match(&request, at, wish->path);
        if (err == OK) err = answer(reply, at, &request, wish);
        else if (err == ERR_ABSENT) continue;
        index_give(means->index, request.search);
        reply->is_for_ever = reply->cache == ROUTE_FOR_EVER;
        reply->is_of_draw = at->is_of_draw;
        reply->is_passing = request.is_passing;
        reply->draw = request.number;
        reply->until = request.until;
        return err;
    }
    return has_escape(wish->path) ? ERR_INPUT : ERR_ABSENT;
}

enum err route_search(const struct search **search,
                      struct route_request *request)
{
    bool is_old = false;
    enum err err = OK;
    if (request->search == NULL)
        err = index_take(&request->search, &is_old, request->means->index,
                         request->dir);
    if (is_old) request->is_passing = true;
    *search = request->search;
    return err;
}

/* The one that answers, or the last, which has no pattern. */
static const struct route *route_of(struct bytes path)
{
    struct route_request request;
    const struct route *at = route_table;
    while (at->pattern != NULL && match(&request, at, path) == ERR_ABSENT)
        at++;
    return at;
}

bool route_is_slow(struct bytes path)
{
    return route_of(path)->is_slow;
}

bool route_is_page(const char **accepts, struct bytes path)
{
    const struct route *at = route_of(path);
    *accepts = at->accepts;
    return at->template != NULL;
}

/* Programs read these; everything else is for people. */
static bool is_machine(struct bytes path)
{
    return bytes_starts(path, "/api/") || bytes_starts(path, "/log/") ||
           bytes_starts(path, "/static/");
}

static void refuse(struct route_reply *reply, const struct directory *dir,
                   struct bytes path, enum err err)
{
    unsigned status = err == ERR_ABSENT ? 404 : err == ERR_INPUT ? 400 : 500;
    const char *title =
        err == ERR_ABSENT  ? "没有这一页。请核对地址。"
        : err == ERR_INPUT ? "请求的写法不被接受。请用规范的地址。"
        : err == ERR_LIMIT ? "内容超过上限，网上不提供。请联系本机关。"
                           : "读不出来。请管理员运行 yaohao status。";
    struct bytes html;
    route_problem(reply, status, title);
    if (is_machine(path) || page_error(&html, dir, status, title) != OK)
        return;
    free((void *)(uintptr_t)reply->body.at);
    reply->body = html;
    reply->type = "text/html; charset=utf-8";
}

void route_answer(struct route_reply *reply, struct route_means *means,
                  const struct route_wish *wish)
{
    *reply = (struct route_reply){ .status = 200,
                                   .type = "application/json" };
    enum err err = find(reply, means, wish);
    if (err != OK) refuse(reply, &means->dir, wish->path, err);
}
