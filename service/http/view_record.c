/* view_record — the printable record of one draw (抽取记录). */
#include <stdlib.h>

#include "domain/evidence.h"
#include "format/qr.h"
#include "http/download.h"
#include "http/view.h"

static enum err write_head(struct canon *c, struct directory *dir)
{
    struct merkle_head head;
    enum err err = evidence_published(&head, dir->db);
    canon_key(c, "head");
    canon_object(c);
    canon_member_text(c, "origin", dir->log.origin);
    canon_member_hash(c, "root", head.root);
    canon_member_u64(c, "size", head.size);
    canon_object_end(c);
    return err;
}

static enum err write_qr(struct canon *c, struct bytes text)
{
    uint8_t *svg = malloc(QR_SVG_MAX);
    if (svg == NULL) return ERR_MEMORY;
    struct writer w = writer_into(svg, QR_SVG_MAX);
    enum err err = qr_svg(&w, text, DOWNLOAD_MODULE_UM);
    if (err == OK && w.is_full) err = ERR_LIMIT;
    if (err == OK) canon_member_string(c, "qr", writer_bytes(&w));
    free(svg);
    return err;
}

enum err view_record(struct canon *c, struct route_request *request)
{
    uint8_t room[DOWNLOAD_TEXT_MAX];
    struct writer text = writer_into(room, sizeof room);
    struct store_log_entry wish = { .draw = request->number }, found;
    enum err err = store_log_find(&found, request->dir->db, &wish);
    if (err == OK)
        err = download_qr_text(&text, request->dir, request->number);
    if (err != OK) return err;
    canon_object(c);
    err = write_head(c, request->dir);
    if (err == OK) err = write_qr(c, writer_bytes(&text));
    canon_member_string(c, "qr_text", writer_bytes(&text));
    canon_key(c, "verdict");
    if (err == OK) err = view_verdict(c, request);
    canon_object_end(c);
    return err;
}
