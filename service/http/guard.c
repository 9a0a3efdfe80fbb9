#include "http/guard.h"

static bool is_plain(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
           c == '/' || c == '%' || c == ':'; /* kind:code */
}

static bool is_path(struct bytes path)
{
    if (path.len == 0 || path.at[0] != '/') return false;
    bool is_known = bytes_starts(path, "/.well-known/"); /* RFC 8615 */
    for (size_t i = 0; i < path.len; i++) {
        if (!is_plain(path.at[i])) return false;
        if (is_known && i == 1) continue;
        if (i != 0 && path.at[i - 1] == '/' &&
            (path.at[i] == '/' || path.at[i] == '.'))
            return false;
    }
    return true;
}

static bool is_query(struct bytes query)
{
    for (size_t i = 0; i < query.len; i++) {
        uint8_t c = query.at[i];
        if (c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>' ||
            c == '#')
            return false;
    }
    return true;
}

enum err guard_address(struct route_wish *wish, struct bytes uri)
{
    size_t i = 0;
    while (i < uri.len && uri.at[i] != '?') i++;
    wish->path = bytes_slice(uri, 0, i);
    wish->has_query = i < uri.len;
    wish->query = bytes_slice(uri, i + 1, uri.len);
    if (wish->path.len > GUARD_PATH_MAX ||
        wish->query.len > PARAMETER_QUERY_MAX)
        return ERR_LIMIT;
    return is_path(wish->path) && is_query(wish->query) ? OK : ERR_FORMAT;
}

/* ASCII only, `name` in lower case. */
static bool is_named(struct bytes a, const char *name)
{
    struct bytes b = bytes_text(name);
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        uint8_t c = a.at[i];
        if (c >= 'A' && c <= 'Z') c = (uint8_t)(c + 32);
        if (c != b.at[i]) return false;
    }
    return true;
}

/* A blank before the colon has hidden a header from others before. */
static bool is_name(struct bytes name)
{
    for (size_t i = 0; i < name.len; i++) {
        uint8_t c = name.at[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !(c >= '0' && c <= '9') && c != '-' && c != '_')
            return false;
    }
    return name.len != 0;
}

void guard_header(struct guard *guard, struct bytes name, struct bytes value)
{
    guard->count++;
    guard->bytes += name.len + value.len;
    if (!is_name(name)) guard->is_bad = true;
    for (size_t i = 0; i < value.len; i++)
        if (value.at[i] < 0x20 && value.at[i] != '\t') guard->is_bad = true;
    if (is_named(name, "host")) guard->hosts++;
    if (is_named(name, "transfer-encoding")) guard->encodings++;
    if (is_named(name, "content-length")) {
        guard->lengths++;
        if (!bytes_equal_text(value, "0")) guard->is_bad = true;
    }
}

enum err guard_end(const struct guard *guard)
{
    if (guard->count > GUARD_HEADERS_MAX || guard->bytes > GUARD_HEADER_MAX)
        return ERR_LIMIT;
    return guard->is_bad || guard->hosts > 1 || guard->lengths > 1 ||
                   guard->encodings != 0
               ? ERR_FORMAT
               : OK;
}
