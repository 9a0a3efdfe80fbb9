#include "http/asset.h"
#include "http/handler.h"

static const char *type_of(struct bytes path)
{
    static const struct {
        const char *ending, *type;
    } types[] = {
        { ".css", "text/css; charset=utf-8" },
        { ".html", "text/html; charset=utf-8" },
        { ".js", "text/javascript; charset=utf-8" },
        { ".json", "application/json" },
        { ".svg", "image/svg+xml" },
        { ".png", "image/png" },
        { ".ico", "image/x-icon" },
        { ".txt", "text/plain; charset=utf-8" },
        { ".webmanifest", "application/manifest+json" },
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t len = bytes_text(types[i].ending).len;
        if (len <= path.len &&
            bytes_equal_text(bytes_slice(path, path.len - len, len),
                             types[i].ending))
            return types[i].type;
    }
    return "application/octet-stream";
}

enum err asset_answer(struct route_reply *reply, struct route_request *request)
{
    uint8_t room[ROUTE_REST_MAX + 8];
    struct writer w = writer_into(room, sizeof room);
    writer_text(&w, "static/");
    writer_add(&w, request->rest);
    const struct asset *asset = asset_find(writer_bytes(&w));
    if (asset == NULL) return ERR_ABSENT;
    reply->type = type_of(request->rest);
    return route_body(reply, bytes_of(asset->at, asset->len));
}
