#include "http/export.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/tile.h"
#include "domain/evidence.h"
#include "http/asset.h"
#include "http/guard.h"

enum { PATH_MAX_LEN = 2048 };

static uint32_t *slot_of(const struct export *e, struct bytes url)
{
    uint32_t sum = 2166136261U;
    for (size_t i = 0; i < url.len; i++) sum = (sum ^ url.at[i]) * 16777619U;
    size_t slot = sum & (e->slot_count - 1);
    while (e->slots[slot] != 0 &&
           !bytes_equal(e->urls[e->slots[slot] - 1], url))
        slot = (slot + 1) & (e->slot_count - 1);
    return &e->slots[slot];
}

static enum err grow(struct export *e)
{
    size_t max = e->url_max == 0 ? 4096 : e->url_max * 2;
    struct bytes *urls = realloc(e->urls, max * sizeof *urls);
    if (urls == NULL) return ERR_MEMORY;
    e->urls = urls;
    uint32_t *slots = calloc(max * 2, sizeof *slots);
    if (slots == NULL) return ERR_MEMORY;
    free(e->slots);
    e->slots = slots;
    e->slot_count = max * 2;
    e->url_max = max;
    for (size_t i = 0; i < e->url_count; i++)
        *slot_of(e, urls[i]) = (uint32_t)i + 1;
    return OK;
}

/* Puts an address in the queue, once. */
static enum err want(struct export *e, struct bytes url)
{
    url = export_plain(url);
    if (e->url_count == EXPORT_FILES_MAX) return ERR_LIMIT;
    if (e->url_count == e->url_max) {
        enum err err = grow(e);
        if (err != OK) return err;
    }
    uint32_t *slot = slot_of(e, url);
    if (*slot != 0) return OK;
    e->urls[e->url_count] = arena_copy(&e->arena, url);
    *slot = (uint32_t)++e->url_count;
    return e->arena.is_short ? ERR_MEMORY : OK;
}

/* What a page names, where the copy has it: not what stands for it. */
static enum err want_link(struct export *e, struct bytes url)
{
    uint8_t room[2][PATH_MAX_LEN];
    struct writer as = writer_into(room[0], sizeof room[0]);
    url = export_plain(url);
    if (!export_file_of(&as, e, url)) return OK;
    bool is_ours = bytes_starts(writer_bytes(&as), "verifier/") ||
                   bytes_starts(writer_bytes(&as), "find/");
    if (is_ours) return OK; /* written besides */
    struct writer lists = writer_into(room[1], sizeof room[1]);
    if (!export_file_of(&lists, e, bytes_text("/lists"))) return ERR_LIMIT;
    if (bytes_equal(writer_bytes(&as), writer_bytes(&lists)))
        url = bytes_text("/lists");
    bool is_folder = url.len > 1 && url.at[url.len - 1] == '/';
    return is_folder ? OK : want(e, url);
}

static enum err follow(struct export *e, struct bytes page)
{
    struct bytes url;
    size_t at = 0;
    enum err err = OK;
    while (err == OK && export_next_link(&url, page, &at))
        err = want_link(e, url);
    return err;
}

static bool ends(struct bytes text, const char *tail)
{
    size_t len = strlen(tail);
    return text.len >= len &&
           memcmp(text.at + text.len - len, tail, len) == 0;
}

/* Do scripts of pages ask for it? */
static bool is_asked_for(struct bytes url)
{
    return bytes_starts(url, "/api/v1/") &&
           (ends(url, "/proof") || ends(url, "/verdict") ||
            ends(url, "/items"));
}

static enum err keep(struct export *e, struct bytes url,
                     const struct route_reply *reply)
{
    uint8_t room[PATH_MAX_LEN];
    struct writer file = writer_into(room, sizeof room);
    struct bytes html;
    if (!export_file_of(&file, e, url)) return ERR_LIMIT;
    if (strncmp(reply->type, "text/html", 9) != 0) {
        enum err put = export_write(e, writer_bytes(&file), reply->body);
        if (put != OK || !is_asked_for(url)) return put;
        return export_script(e, writer_bytes(&file), reply->body);
    }
    enum err err = follow(e, reply->body);
    if (err == OK)
        err = export_page(&html, e, reply->body, writer_bytes(&file));
    if (err != OK) return err;
    err = export_write(e, writer_bytes(&file), html);
    free((void *)(uintptr_t)html.at);
    return err;
}

/* A large answer is a file of its own: it is read for writing. */
static enum err whole(struct route_reply *reply)
{
    char path[64];
    struct bytes body;
    if (!reply->has_file) return OK;
    snprintf(path, sizeof path, "/proc/self/fd/%d", reply->file);
    enum err err = file_read(&body, path, SIZE_MAX / 2);
    if (err != OK) return err;
    err = route_body(reply, body);
    file_release(&body);
    return err;
}

/* Not every size was signed, not every file is published, and a proof may
 * be too large. */
static bool is_optional(struct bytes url)
{
    return bytes_starts(url, "/log/heads/") || ends(url, "/proof") ||
           bytes_starts(url, "/log/files/");
}

static enum err fetch(struct export *e, struct bytes url)
{
    struct route_wish wish;
    struct route_reply reply;
    enum err err = guard_address(&wish, url);
    if (err != OK) return err;
    route_answer(&reply, e->means, &wish);
    bool is_left = reply.status == 404 && is_optional(url);
    if (reply.status != 200 && !is_left) err = ERR_ABSENT;
    if (err == OK && !is_left) err = whole(&reply);
    if (err == OK && !is_left) err = keep(e, url, &reply);
    if (reply.has_file) file_close(reply.file);
    if (err != OK && e->why[0] == 0)
        snprintf(e->why, sizeof e->why, "写不出 %.*s（%s，状态 %u）",
                 (int)(url.len > 200 ? 200 : url.len), (const char *)url.at,
                 err_name(err), reply.status);
    free((void *)(uintptr_t)reply.body.at);
    return err;
}

/* Whole and partial tiles of every level, as the head's size needs them. */
static enum err want_tiles(struct export *e, uint64_t size)
{
    enum err err = OK;
    uint64_t width = size;
    for (unsigned level = 0; err == OK && width != 0; level++, width >>= 8) {
        for (uint64_t n = 0; err == OK && n <= (width - 1) >> 8; n++) {
            uint64_t left = width - (n << 8);
            struct tile tile = { .level = level,
                                 .index = n,
                                 .width = left > 256 ? 256 : (uint32_t)left };
            uint8_t room[TILE_PATH_MAX + 8];
            for (unsigned entries = 0; entries < 2 && err == OK; entries++) {
                if (entries == 1 && level != 0) break;
                tile.is_entries = entries == 1;
                struct writer w = writer_into(room, sizeof room);
                writer_text(&w, "/log/");
                tile_write(&w, tile);
                err = want(e, writer_bytes(&w));
            }
        }
    }
    return err;
}

static enum err want_number(struct export *e, const char *before, uint64_t n,
                            const char *behind)
{
    uint8_t room[128];
    struct writer w = writer_into(room, sizeof room);
    writer_text(&w, before);
    writer_u64(&w, n);
    writer_text(&w, behind);
    return want(e, writer_bytes(&w));
}

static enum err want_draws(struct export *e)
{
    static const char *const tails[] = { "", "/openings", "/proof",
                                         "/verdict" };
    enum err err = OK;
    for (uint64_t n = 1; err == OK && n <= e->search->draw_count; n++) {
        err = want_number(e, "/draws/", n, "");
        if (err == OK) err = want_number(e, "/draws/", n, "/record");
        if (err == OK) err = want_number(e, "/screen/", n, "");
        for (size_t i = 0; err == OK && i < 4; i++)
            err = want_number(e, "/api/v1/draws/", n, tails[i]);
    }
    return err;
}

static enum err want_text(struct export *e, const char *before,
                          const char *name)
{
    uint8_t room[512];
    struct writer w = writer_into(room, sizeof room);
    writer_text(&w, before);
    writer_text(&w, name);
    return w.is_full ? ERR_LIMIT : want(e, writer_bytes(&w));
}

/* Whatever lies in files/; the router answers for what is published. */
static enum err want_files(struct export *e)
{
    char path[FILE_PATH_MAX];
    enum err err = directory_path(path, &e->means->dir, "files");
    DIR *folder = err == OK ? opendir(path) : NULL;
    if (folder == NULL) return err; /* nothing was ever attached */
    const struct dirent *entry;
    while (err == OK && (entry = readdir(folder)) != NULL)
        if (strlen(entry->d_name) == 2 * sizeof(struct hash))
            err = want_text(e, "/log/files/", entry->d_name);
    closedir(folder);
    return err;
}

static enum err want_log(struct export *e)
{
    struct merkle_head head;
    enum err err = evidence_published(&head, e->means->dir.db);
    if (err == OK) err = want_tiles(e, head.size);
    for (uint64_t n = 0; err == OK && n <= head.size; n++)
        err = want_number(e, "/log/heads/", n, "");
    return err == OK ? want_files(e) : err;
}

static enum err want_all(struct export *e)
{
    static const char *const urls[] = {
        "/", "/lists", "/log", "/receipt", "/beacon", "/api/v1/items",
        "/api/v1/plans", "/api/v1/draws", "/api/v1/log", "/api/v1/events",
        "/api/v1/openapi.json", "/log/checkpoint", "/feed.atom",
        "/draws.ics",
    };
    enum err err = OK;
    for (size_t i = 0; err == OK && i < sizeof urls / sizeof *urls; i++)
        err = want(e, bytes_text(urls[i]));
    if (err == OK) err = want_log(e);
    return err == OK ? want_draws(e) : err;
}

/* Files of the program itself: styles, scripts, the verifier's folder. */
static enum err write_assets(struct export *e)
{
    enum err err = OK;
    for (const struct asset *at = asset_table; err == OK && at->path != NULL;
         at++) {
        if (strncmp(at->path, "template/", 9) == 0) continue;
        struct bytes path = bytes_text(at->path);
        struct bytes body = bytes_of(at->at, at->len);
        err = export_write(e, path, body);
        if (err == OK && ends(path, "proof.json"))
            err = export_script(e, path, body); /* 改一个字试试 */
    }
    return err;
}

enum err export_run(struct export *e)
{
    enum err err = export_begin(e);
    bool is_old = false; /* nobody else makes one */
    if (err == OK)
        err = index_take(&e->search, &is_old, e->means->index, &e->means->dir);
    if (err != OK) return err;
    e->is_all = e->search->count <= EXPORT_FIRMS_MAX;
    err = write_assets(e);
    if (err == OK) err = want_all(e);
    for (size_t i = 0; err == OK && i < e->url_count; i++) {
        if (bytes_starts(e->urls[i], "/static/")) continue;
        err = fetch(e, e->urls[i]);
    }
    if (err == OK) err = export_index(e);
    return err == OK ? export_end(e) : err;
}

void export_release(struct export *e)
{
    index_give(e->means->index, e->search);
    arena_release(&e->arena);
    free(e->urls);
    free(e->slots);
    free(e->files);
}
