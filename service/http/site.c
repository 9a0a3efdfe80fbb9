#include "http/site.h"

#include <stdlib.h>

#include "format/json_read.h"
#include "host/clock.h"
#include "http/asset.h"
#include "http/page_site.h"

enum { MAP_URL_MAX = 512, MAP_COUNT_MAX = 50000, TEXT_MAX = 4096 };

/* ERR_ABSENT: the office has not said it.  Borrowed from `office`. */
static enum err said(struct bytes *text, const json_t *office,
                     const char *name)
{
    return json_read_string(text, json_read_member(office, name)) == OK
               ? OK
               : ERR_ABSENT;
}

enum err site_robots(struct route_reply *reply, struct route_request *request)
{
    uint8_t room[TEXT_MAX];
    struct writer w = writer_into(room, sizeof room);
    struct bytes site;
    json_t *office = page_site_office(request->dir);
    writer_text(&w, "User-agent: *\nDisallow: /search\n"
                    "Disallow: /targets/\nDisallow: /api/\n");
    if (said(&site, office, "site") == OK) {
        writer_text(&w, "Sitemap: ");
        writer_add(&w, site);
        writer_text(&w, "/sitemap.xml\n");
    }
    json_decref(office);
    reply->type = "text/plain; charset=utf-8";
    return route_body(reply, writer_bytes(&w));
}

static void add_url(struct writer *w, struct bytes site, const char *path,
                    uint64_t number)
{
    writer_text(w, "<url><loc>");
    for (size_t i = 0; i < site.len; i++) {
        if (site.at[i] == '&') writer_text(w, "&amp;");
        else writer_byte(w, site.at[i]);
    }
    writer_text(w, path);
    if (number != 0) writer_u64(w, number);
    writer_text(w, "</loc></url>\n");
}

static void write_map(struct writer *w, struct bytes site, uint64_t draws)
{
    static const char *const pages[] = { "/",     "/draws",      "/plans",
                                         "/items", "/statistics", "/how",
                                         "/log",  "/en" };
    size_t count = sizeof pages / sizeof *pages;
    writer_text(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset "
                   "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (size_t i = 0; i < count; i++) add_url(w, site, pages[i], 0);
    for (uint64_t n = draws; n > 0 && draws - n + count < MAP_COUNT_MAX; n--)
        add_url(w, site, "/draws/", n);
    writer_text(w, "</urlset>\n");
}

enum err site_map(struct route_reply *reply, struct route_request *request)
{
    uint64_t count = 0;
    struct bytes site;
    uint8_t *room = NULL;
    json_t *office = page_site_office(request->dir);
    enum err err = said(&site, office, "site");
    if (err == OK) err = store_log_draws(&count, request->dir->db);
    if (err == OK) {
        size_t max = TEXT_MAX + (size_t)count * MAP_URL_MAX;
        room = malloc(max);
        struct writer w = writer_into(room, max);
        err = room == NULL ? ERR_MEMORY : OK;
        if (err == OK) write_map(&w, site, count);
        if (err == OK && w.is_full) err = ERR_LIMIT;
        if (err == OK) err = route_body(reply, writer_bytes(&w));
    }
    reply->type = "application/xml; charset=utf-8";
    free(room);
    json_decref(office);
    return err;
}

/* RFC 9116 forbids a file that has expired. */
static enum err write_security(struct writer *w, struct route_request *request,
                               const json_t *office)
{
    struct bytes contact, expires, site;
    uint64_t time = 0;
    enum err err = said(&contact, office, "security_contact");
    if (err == OK) err = said(&expires, office, "security_expires");
    if (err == OK && clock_read(&time, expires) != OK) err = ERR_ABSENT;
    if (err == OK && time <= request->now) err = ERR_ABSENT;
    if (err != OK) return err;
    request->until = time;
    writer_text(w, "Contact: ");
    writer_add(w, contact);
    writer_text(w, "\nExpires: ");
    writer_add(w, expires);
    writer_text(w, "\nPreferred-Languages: zh, en\n");
    if (said(&site, office, "site") == OK) {
        writer_text(w, "Canonical: ");
        writer_add(w, site);
        writer_text(w, "/.well-known/security.txt\n");
    }
    return OK;
}

enum err site_security(struct route_reply *reply,
                       struct route_request *request)
{
    uint8_t room[TEXT_MAX];
    struct writer w = writer_into(room, sizeof room);
    json_t *office = page_site_office(request->dir);
    enum err err = write_security(&w, request, office);
    json_decref(office);
    reply->type = "text/plain; charset=utf-8";
    return err == OK ? route_body(reply, writer_bytes(&w)) : err;
}

enum err site_openapi(struct route_reply *reply, struct route_request *request)
{
    (void)request;
    const struct asset *asset = asset_find(bytes_text("static/openapi.json"));
    if (asset == NULL) return ERR_ABSENT;
    return route_body(reply, bytes_of(asset->at, asset->len));
}
