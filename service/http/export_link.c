/* export_link — which file an address is, and pages that say so. */
#include <stdlib.h>
#include <string.h>

#include "http/export.h"

struct bytes export_plain(struct bytes url)
{
    size_t len = 0;
    while (len < url.len && url.at[len] != '?' && url.at[len] != '#') len++;
    return bytes_slice(url, 0, len);
}

static bool ends(struct bytes text, const char *tail)
{
    size_t len = strlen(tail);
    return text.len >= len &&
           memcmp(text.at + text.len - len, tail, len) == 0;
}

static struct bytes last_segment(struct bytes url)
{
    size_t start = url.len;
    while (start > 0 && url.at[start - 1] != '/') start--;
    return bytes_slice(url, start, url.len);
}

/* What needs a server stands for what is there without one. */
static struct bytes instead(const struct export *e, struct bytes url)
{
    static const char targets[] = "/targets/";
    if (bytes_equal_text(url, "/search")) return bytes_text("/lists");
    bool is_firm = bytes_starts(url, targets);
    if (!e->is_all &&
        (is_firm || memmem(url.at, url.len, targets, 9) != NULL)) {
        const struct search_firm *firm =
            search_find(e->search, last_segment(url));
        if (firm == NULL || firm->turn == 0) return bytes_text("/lists");
    }
    return url;
}

bool export_file_of(struct writer *w, const struct export *e,
                    struct bytes url)
{
    url = instead(e, export_plain(url));
    if (url.len == 0 || url.at[0] != '/') return false;
    struct bytes last = last_segment(url);
    struct bytes path = bytes_slice(url, 1, url.len);
    bool is_log = bytes_starts(url, "/log/");
    bool is_api = bytes_starts(url, "/api/") ||
                  bytes_equal_text(url, "/healthz");
    bool is_page = bytes_starts(url, "/targets/") ||
                   (last.len != 0 && memchr(last.at, '.', last.len) == NULL);
    writer_add(w, path);
    if (path.len == 0) writer_text(w, "index.html");
    else if (is_log || last.len == 0) return !w->is_full; /* a folder */
    else if (is_api) writer_text(w, ends(url, ".json") ? "" : ".json");
    else if (is_page) writer_text(w, "/index.html");
    return !w->is_full;
}

/* `="/` begins an address of ours; it ends with the next quote. */
bool export_next_link(struct bytes *url, struct bytes page, size_t *at)
{
    static const char mark[] = "=\"/";
    if (*at >= page.len) return false;
    const uint8_t *found =
        memmem(page.at + *at, page.len - *at, mark, sizeof mark - 1);
    if (found == NULL) return false;
    size_t start = (size_t)(found - page.at) + 2, end = start;
    while (end < page.len && page.at[end] != '"') end++;
    *url = bytes_slice(page, start, end - start);
    *at = end;
    return true;
}

/* From `file` to the copy's first folder. */
static void add_up(struct writer *w, struct bytes file)
{
    for (size_t i = 0; i < file.len; i++)
        if (file.at[i] == '/') writer_text(w, "../");
}

static void add_relative(struct writer *w, const struct export *e,
                         struct bytes url, struct bytes file)
{
    uint8_t room[2048];
    struct writer to = writer_into(room, sizeof room);
    if (!export_file_of(&to, e, url)) {
        writer_add(w, url);
        return;
    }
    add_up(w, file);
    writer_add(w, writer_bytes(&to));
    struct bytes plain = export_plain(url);
    const uint8_t *hash = url.len == plain.len
                              ? NULL
                              : memchr(url.at + plain.len, '#',
                                       url.len - plain.len);
    if (hash != NULL)
        writer_add(w, bytes_slice(url, (size_t)(hash - url.at), url.len));
}

enum err export_page(struct bytes *html, const struct export *e,
                     struct bytes page, struct bytes file)
{
    static const char charset[] = "<meta charset=\"utf-8\">";
    size_t max = page.len * 4 + 65536, at = 0, done = 0;
    uint8_t *room = malloc(max);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, max);
    struct bytes url;
    const uint8_t *meta =
        memmem(page.at, page.len, charset, sizeof charset - 1);
    if (meta != NULL) {
        done = (size_t)(meta - page.at) + sizeof charset - 1;
        writer_add(&w, bytes_slice(page, 0, done));
        writer_text(&w, "\n<meta name=\"static-copy\" content=\"");
        add_up(&w, file);
        writer_text(&w, "\">");
        at = done;
    }
    while (export_next_link(&url, page, &at)) {
        size_t start = (size_t)(url.at - page.at);
        writer_add(&w, bytes_slice(page, done, start - done));
        add_relative(&w, e, url, file);
        done = at;
    }
    writer_add(&w, bytes_slice(page, done, page.len));
    if (w.is_full) free(room);
    else *html = writer_bytes(&w);
    return w.is_full ? ERR_LIMIT : OK;
}
