#include "http/guard.h"

static bool is_plain(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
           c == '/';
}

enum err guard_path(struct bytes uri)
{
    if (uri.len > GUARD_PATH_MAX) return ERR_LIMIT;
    if (uri.len == 0 || uri.at[0] != '/') return ERR_FORMAT;
    for (size_t i = 0; i < uri.len; i++) {
        if (!is_plain(uri.at[i])) return ERR_FORMAT;
        if (i != 0 && uri.at[i - 1] == '/' &&
            (uri.at[i] == '/' || uri.at[i] == '.'))
            return ERR_FORMAT;
    }
    return OK;
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

void guard_header(struct guard *guard, struct bytes name, struct bytes value)
{
    guard->count++;
    guard->bytes += name.len + value.len;
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
