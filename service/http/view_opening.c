/* view_opening — what was opened, and one code's part in a draw. */
#include "domain/listing.h"
#include "format/json_write.h"
#include "format/text.h"
#include "http/view.h"

enum { CODE_MAX = 512 };

enum err view_openings(struct canon *c, struct route_request *request)
{
    uint64_t seq = 0;
    struct listing_entry entry = { 0 };
    enum err err = lookup_opening(&seq, request->dir, request->number);
    bool is_opened = err == OK;
    if (is_opened) err = listing_entry(&entry, request->dir->db, seq);
    else if (err == ERR_STATE) err = OK;
    if (err != OK) return err;
    canon_array(c);
    if (is_opened) err = json_write_value(c, entry.root);
    canon_array_end(c);
    json_decref(entry.root);
    return err;
}

/* The same for every code, whether or not there is such a thing. */
static enum err write_sealed(struct canon *c, uint64_t draw)
{
    canon_object(c);
    canon_member_u64(c, "draw", draw);
    canon_member_text(c, "text", "名单已封存，T4 后可查");
    canon_object_end(c);
    return OK;
}

static void write_place(struct canon *c, struct bytes code, uint64_t draw,
                        const struct lookup_place *place)
{
    bool is_drawn = place != NULL && !place->is_reserve;
    canon_object(c);
    canon_member_string(c, "code", code);
    canon_member_u64(c, "draw", draw);
    canon_member_u64(c, "drawn", is_drawn ? 1 : 0);
    if (place != NULL) canon_member_u64(c, "position", place->position);
    canon_member_u64(c, "reserve", place != NULL && !is_drawn ? 1 : 0);
    if (place != NULL) canon_member_string(c, "stratum", place->stratum);
    canon_member_text(c, "text",
                      is_drawn          ? "这个对象被抽中"
                      : place != NULL ? "这个对象未被抽中，后来递补"
                                        : "这个对象未被抽中");
    canon_object_end(c);
}

/*
 * Nothing is done with the code, nor kept under it, before it is known that
 * the draw is opened: until then neither the answer nor the time it takes
 * depends on it.
 */
enum err view_target(struct canon *c, struct route_request *request)
{
    uint64_t seq = 0;
    uint8_t room[CODE_MAX];
    const struct lookup_place *place = NULL;
    request->is_passing = true;
    enum err err = lookup_opening(&seq, request->dir, request->number);
    if (err == ERR_STATE) return write_sealed(c, request->number);
    if (err != OK) return err;
    struct writer w = writer_into(room, sizeof room);
    err = text_code(&w, request->rest);
    if (err == OK && w.is_full) err = ERR_INPUT;
    if (err == OK)
        err = lookup_find(&place, request->lookup, request->dir,
                          request->number, writer_bytes(&w));
    if (err == OK) write_place(c, writer_bytes(&w), request->number, place);
    return err;
}
