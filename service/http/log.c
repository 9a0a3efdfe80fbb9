/* log — the log as C2SP tlog-tiles lays it out, and its attachments. */
#include <stdlib.h>

#include "domain/evidence.h"
#include "store/store_log.h"
#include "http/handler.h"

/* Bytes of an attachment, and of one that is kept in memory. */
#define LOG_FILE_MAX ((uint64_t)1 << 30)
#define LOG_FILE_KEPT_MAX ((uint64_t)1 << 20)

static enum err note(struct route_reply *reply, struct route_request *request,
                     bool is_latest, uint64_t size)
{
    uint8_t *room = malloc(EVIDENCE_NOTE_MAX);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, EVIDENCE_NOTE_MAX);
    enum err err = is_latest ? evidence_checkpoint(&w, request->dir->db)
                             : evidence_heads(&w, request->dir->db, size);
    reply->type = "text/plain; charset=utf-8";
    reply->cache = ROUTE_NO_CACHE;
    if (err == OK) err = route_body(reply, writer_bytes(&w));
    free(room);
    return err;
}

enum err log_checkpoint(struct route_reply *reply,
                        struct route_request *request)
{
    return note(reply, request, true, 0);
}

enum err log_heads(struct route_reply *reply, struct route_request *request)
{
    uint64_t size;
    if (bytes_read_u64(&size, request->rest, INT64_MAX) != OK)
        return ERR_ABSENT;
    return note(reply, request, false, size);
}

enum err log_tile(struct route_reply *reply, struct route_request *request)
{
    uint8_t room[TILE_PATH_MAX + 1];
    struct writer w = writer_into(room, sizeof room);
    writer_text(&w, "tile/");
    writer_add(&w, request->rest);
    struct tile tile;
    if (w.is_full || tile_read(&tile, writer_bytes(&w)) != OK)
        return ERR_ABSENT;
    struct bytes body = { 0 };
    enum err err = evidence_tile(&body, request->dir->db, tile);
    if (err != OK) return err;
    reply->type = "application/octet-stream";
    reply->cache = ROUTE_FOR_EVER;
    err = route_body(reply, body);
    evidence_release(&body);
    return err;
}

/* Named by what is published; the operator's disk may hold more. */
static enum err check_named(struct directory *dir, struct bytes digits)
{
    struct merkle_head head;
    bool is_held = false;
    enum err err = evidence_published(&head, dir->db);
    if (err == OK)
        err = store_log_holds(&is_held, dir->db, digits, head.size);
    return err != OK || is_held ? err : ERR_ABSENT;
}

/* Small ones are kept, large ones go from the disk to the reader. */
static enum err take_file(struct route_reply *reply, const char *path)
{
    if (reply->file_len > LOG_FILE_MAX) return ERR_LIMIT;
    if (reply->file_len > LOG_FILE_KEPT_MAX) return OK;
    struct bytes whole;
    enum err err = file_read(&whole, path, LOG_FILE_KEPT_MAX);
    if (err != OK) return err;
    file_close(reply->file);
    reply->has_file = false;
    err = route_body(reply, whole);
    file_release(&whole);
    return err;
}

enum err log_file(struct route_reply *reply, struct route_request *request)
{
    struct hash digest;
    char path[FILE_PATH_MAX];
    if (bytes_read_hex(digest.b, sizeof digest.b, request->rest) != OK)
        return ERR_ABSENT;
    enum err err = directory_file_path(path, request->dir, digest);
    if (err == OK) err = file_open(&reply->file, &reply->file_len, path);
    if (err != OK) return err;
    reply->has_file = true;
    reply->type = "application/octet-stream";
    reply->cache = ROUTE_FOR_EVER;
    err = check_named(request->dir, request->rest);
    if (err == OK) err = take_file(reply, path);
    if (err != OK && reply->has_file) file_close(reply->file);
    if (err != OK) reply->has_file = false;
    return err;
}
