#include "http/route.h"

#include <stdlib.h>

#include "core/canon.h"

static const struct {
    const char *pattern;
    route_handler *answer;
} routes[] = {
    { "/healthz", api_health },
    { "/log/checkpoint", log_checkpoint },
    { "/log/heads/*", log_heads },
    { "/log/tile/*", log_tile },
    { "/log/files/*", log_file },
    { "/api/v1/items", api_items },
    { "/api/v1/plans", api_plans },
    { "/api/v1/draws", api_draws },
    { "/api/v1/draws/#", api_draw },
    { "/api/v1/draws/#/proof", api_proof },
    { "/api/v1/draws/#/openings", api_openings },
    { "/api/v1/draws/#/targets/*", api_target },
};

static bool match(struct route_request *request, const char *pattern,
                  struct bytes path)
{
    size_t i = 0;
    for (; *pattern != 0; pattern++) {
        if (*pattern == '*') {
            request->rest = bytes_slice(path, i, path.len - i);
            return request->rest.len != 0;
        }
        if (*pattern == '#') {
            size_t start = i;
            while (i < path.len && path.at[i] != '/') i++;
            if (bytes_read_u64(&request->number,
                               bytes_slice(path, start, i - start),
                               CANON_INTEGER_MAX) != OK ||
                request->number == 0)
                return false;
        } else if (i == path.len || path.at[i++] != (uint8_t)*pattern) {
            return false;
        }
    }
    return i == path.len;
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
                                   .type = "application/problem+json" };
    if (route_body(reply, writer_bytes(&w)) != OK) reply->body.len = 0;
}

void route_answer(struct route_reply *reply, struct directory *dir,
                  struct bytes path)
{
    *reply = (struct route_reply){ .status = 200,
                                   .type = "application/json" };
    enum err err = ERR_ABSENT;
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        struct route_request request = { .dir = dir };
        if (!match(&request, routes[i].pattern, path)) continue;
        err = routes[i].answer(reply, &request);
        break;
    }
    if (err == ERR_ABSENT)
        route_problem(reply, 404, "没有这一页。请核对地址。");
    else if (err != OK)
        route_problem(reply, 500, "读不出来。请管理员运行 yaohao status。");
}
