/* view_opening — what was opened of a draw. */
#include <stdio.h>

#include "domain/listing.h"
#include "format/json_write.h"
#include "http/view.h"

/* ERR_ABSENT  no such draw     ERR_STATE  it is not opened */
static enum err find_opening(uint64_t *seq, struct db *db, uint64_t draw)
{
    struct store_log_entry wish = { .draw = draw }, found;
    enum err err = store_log_find(&found, db, &wish);
    if (err != OK) return err;
    snprintf(wish.kind, sizeof wish.kind, "opening");
    err = store_log_find(&found, db, &wish);
    if (err == OK) *seq = found.seq;
    return err == ERR_ABSENT ? ERR_STATE : err;
}

enum err view_openings(struct canon *c, struct route_request *request)
{
    uint64_t seq = 0;
    struct listing_entry entry = { 0 };
    enum err err = find_opening(&seq, request->dir->db, request->number);
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
