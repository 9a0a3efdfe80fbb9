/* view_listing — the items and the plan in force. */
#include "domain/listing.h"
#include "format/json_read.h"
#include "format/json_write.h"
#include "http/view.h"

/* The list of the last entry of this kind; before the first one, []. */
static enum err list(struct canon *c, struct route_request *request,
                     const char *kind, const char *key)
{
    struct store_log_entry found;
    struct listing_entry entry = { 0 };
    json_t *array = NULL;
    enum err err = listing_last(&found, request->dir->db, kind);
    if (err == ERR_ABSENT) {
        canon_array(c);
        canon_array_end(c);
        return OK;
    }
    if (err == OK) err = listing_entry(&entry, request->dir->db, found.seq);
    if (err == OK)
        err = listing_read(&array, request->dir,
                           json_read_member(entry.root, key));
    if (err == OK) err = json_write_value(c, array);
    json_decref(array);
    json_decref(entry.root);
    return err;
}

enum err view_items(struct canon *c, struct route_request *request)
{
    return list(c, request, "items", "list");
}

enum err view_plans(struct canon *c, struct route_request *request)
{
    return list(c, request, "plan", "batches");
}
