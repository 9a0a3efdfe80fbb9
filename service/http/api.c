/* api — lists, draws and their proofs as JSON. */
#include <stdlib.h>
#include <string.h>

#include "domain/draw.h"
#include "domain/evidence.h"
#include "domain/listing.h"
#include "domain/proof.h"
#include "format/json_read.h"
#include "format/json_write.h"
#include "http/route.h"

enum { API_MAX = 1 << 20 };

/* What every handler writes into; released by api_send(). */
struct api {
    uint8_t *room;
    struct writer w;
    struct canon c;
};

static enum err api_begin(struct api *api, size_t max)
{
    api->room = malloc(max);
    if (api->room == NULL) return ERR_MEMORY;
    api->w = writer_into(api->room, max);
    return OK;
}

static enum err api_send(struct route_reply *reply, struct api *api,
                         enum err err)
{
    reply->cache = ROUTE_NO_CACHE;
    if (err == OK && api->w.is_full) err = ERR_LIMIT;
    if (err == OK) err = route_body(reply, writer_bytes(&api->w));
    free(api->room);
    return err;
}

enum err api_health(struct route_reply *reply, struct route_request *request)
{
    struct merkle_head head;
    struct api api;
    enum err err = evidence_published(&head, request->dir->db);
    if (err == OK) err = api_begin(&api, 256);
    if (err != OK) return err;
    bool is_stopped = request->dir->log.stop != OK;
    api.c = canon_into(&api.w);
    canon_object(&api.c);
    canon_member_u64(&api.c, "size", head.size);
    canon_member_text(&api.c, "status", is_stopped ? "quarantine" : "ok");
    canon_object_end(&api.c);
    if (is_stopped) reply->status = 503;
    err = api_send(reply, &api, OK);
    reply->cache = ROUTE_NO_STORE;
    return err;
}

/* The list of the last entry of this kind; before the first one, []. */
static enum err list(struct route_reply *reply, struct route_request *request,
                     const char *kind, const char *key)
{
    struct store_log_entry found;
    struct listing_entry entry = { 0 };
    json_t *array = NULL;
    struct api api;
    enum err err = listing_last(&found, request->dir->db, kind);
    bool is_empty = err == ERR_ABSENT;
    if (err == OK) err = listing_entry(&entry, request->dir->db, found.seq);
    if (err == OK)
        err = listing_read(&array, request->dir,
                           json_read_member(entry.root, key));
    if (is_empty) array = json_array();
    if (is_empty) err = array == NULL ? ERR_MEMORY : OK;
    if (err == OK) err = api_begin(&api, (size_t)16 * API_MAX);
    if (err == OK) {
        api.c = canon_into(&api.w);
        err = api_send(reply, &api, json_write_value(&api.c, array));
    }
    json_decref(array);
    json_decref(entry.root);
    return err;
}

enum err api_items(struct route_reply *reply, struct route_request *request)
{
    return list(reply, request, "items", "list");
}

enum err api_plans(struct route_reply *reply, struct route_request *request)
{
    return list(reply, request, "plan", "batches");
}

static void write_draw(struct canon *c, const struct draw *draw)
{
    canon_object(c);
    canon_member_u64(c, "draw", draw->number);
    canon_member_text(c, "stage", draw_stage(draw));
    canon_member_u64(c, "t0", draw->announcement.t0);
    canon_member_u64(c, "t1", draw->announcement.t1);
    canon_member_u64(c, "t4", draw->announcement.t4);
    canon_object_end(c);
}

static enum err add_draw(struct api *api, struct directory *dir,
                         uint64_t number)
{
    struct draw *draw = calloc(1, sizeof *draw);
    if (draw == NULL) return ERR_MEMORY;
    enum err err = draw_load(draw, dir, number);
    if (err == OK) write_draw(&api->c, draw);
    draw_release(draw);
    free(draw);
    return err;
}

enum err api_draw(struct route_reply *reply, struct route_request *request)
{
    struct api api;
    enum err err = api_begin(&api, 4096);
    if (err != OK) return err;
    api.c = canon_into(&api.w);
    return api_send(reply, &api,
                    add_draw(&api, request->dir, request->number));
}

enum err api_draws(struct route_reply *reply, struct route_request *request)
{
    struct api api;
    enum err err = api_begin(&api, API_MAX);
    if (err != OK) return err;
    api.c = canon_into(&api.w);
    canon_array(&api.c);
    for (uint64_t n = 1; err == OK; n++)
        err = add_draw(&api, request->dir, n);
    canon_array_end(&api.c);
    return api_send(reply, &api, err == ERR_ABSENT ? OK : err);
}

enum err api_proof(struct route_reply *reply, struct route_request *request)
{
    reply->cache = ROUTE_NO_CACHE;
    return proof_make(&reply->body, request->dir, request->number);
}

/* The opening's entry; *root NULL: there is none.  ERR_ABSENT: no draw. */
static enum err opening_of(json_t **root, struct route_request *request)
{
    struct store_log_entry wish = { .draw = request->number }, found;
    static const char kind[] = "opening";
    struct listing_entry entry = { 0 };
    enum err err = store_log_find(&found, request->dir->db, &wish);
    if (err != OK) return err;
    memcpy(wish.kind, kind, sizeof kind);
    err = store_log_find(&found, request->dir->db, &wish);
    if (err == ERR_ABSENT) return OK;
    if (err == OK) err = listing_entry(&entry, request->dir->db, found.seq);
    *root = entry.root;
    return err;
}

enum err api_openings(struct route_reply *reply, struct route_request *request)
{
    struct api api;
    json_t *root = NULL;
    enum err err = opening_of(&root, request);
    if (err == OK) err = api_begin(&api, API_MAX);
    if (err == OK) {
        api.c = canon_into(&api.w);
        canon_array(&api.c);
        if (root != NULL) err = json_write_value(&api.c, root);
        canon_array_end(&api.c);
        err = api_send(reply, &api, err);
    }
    json_decref(root);
    return err;
}

/* A row's text begins with its code, or has it as a member. */
static bool row_is(struct bytes text, struct bytes code)
{
    json_t *row = NULL;
    struct bytes found;
    if (json_read_text(&row, text) != OK) return false;
    json_t *value = json_is_array(row) ? json_read_item(row, 0)
                                       : json_read_member(row, "code");
    bool is_same = json_read_string(&found, value) == OK &&
                   bytes_equal(found, code);
    json_decref(row);
    return is_same;
}

static enum err is_drawn(bool *drawn, struct route_request *request,
                         const json_t *root)
{
    json_t *array = NULL;
    size_t count = 0;
    struct bytes row;
    enum err err = listing_read(&array, request->dir,
                                json_read_member(root, "targets"));
    if (err == OK) err = json_read_array(&count, array);
    for (size_t i = 0; err == OK && i < count; i++) {
        json_t *target = json_read_item(array, i);
        err = json_read_string(&row, json_read_member(target, "row"));
        if (err == OK && row_is(row, request->rest)) *drawn = true;
    }
    json_decref(array);
    return err;
}

/* Until the opening the answer must not depend on the code at all. */
enum err api_target(struct route_reply *reply, struct route_request *request)
{
    json_t *root = NULL;
    bool drawn = false;
    struct api api;
    enum err err = opening_of(&root, request);
    bool is_sealed = root == NULL;
    if (err == OK && !is_sealed) err = is_drawn(&drawn, request, root);
    json_decref(root);
    if (err == OK) err = api_begin(&api, 2048);
    if (err != OK) return err;
    api.c = canon_into(&api.w);
    canon_object(&api.c);
    if (!is_sealed) canon_member_string(&api.c, "code", request->rest);
    canon_member_u64(&api.c, "draw", request->number);
    if (!is_sealed) canon_member_u64(&api.c, "drawn", drawn ? 1 : 0);
    canon_member_text(&api.c, "text",
                      is_sealed ? "名单已封存，T4 后可查"
                      : drawn   ? "这个对象被抽中"
                                : "这个对象未被抽中");
    canon_object_end(&api.c);
    return api_send(reply, &api, OK);
}
