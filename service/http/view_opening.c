/* view_opening — what was opened, and one code's part in a draw. */
#include <string.h>

#include "domain/listing.h"
#include "format/json_read.h"
#include "format/json_write.h"
#include "http/view.h"

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

enum err view_openings(struct canon *c, struct route_request *request)
{
    json_t *root = NULL;
    enum err err = opening_of(&root, request);
    if (err == OK) {
        canon_array(c);
        if (root != NULL) err = json_write_value(c, root);
        canon_array_end(c);
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
enum err view_target(struct canon *c, struct route_request *request)
{
    json_t *root = NULL;
    bool drawn = false;
    enum err err = opening_of(&root, request);
    bool is_sealed = root == NULL;
    if (err == OK && !is_sealed) err = is_drawn(&drawn, request, root);
    json_decref(root);
    if (err != OK) return err;
    canon_object(c);
    if (!is_sealed) canon_member_string(c, "code", request->rest);
    canon_member_u64(c, "draw", request->number);
    if (!is_sealed) canon_member_u64(c, "drawn", drawn ? 1 : 0);
    canon_member_text(c, "text",
                      is_sealed ? "名单已封存，T4 后可查"
                      : drawn   ? "这个对象被抽中"
                                : "这个对象未被抽中");
    canon_object_end(c);
    return OK;
}
