/* view_opening — what was opened of a draw. */
#include "domain/listing.h"
#include "format/json_write.h"
#include "http/view.h"

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
