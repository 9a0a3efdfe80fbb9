#include "http/lookup.h"

#include <stdlib.h>
#include <string.h>

#include "domain/listing.h"
#include "format/json_read.h"
#include "host/arena.h"

/* One opening; seq 0 (the log's own entry): nothing yet. */
struct shelf {
    uint64_t seq, used;
    struct arena arena;
    struct lookup_place *places;
    size_t count;
};

struct lookup {
    struct shelf shelves[LOOKUP_KEPT];
    uint64_t used;
};

enum err lookup_create(struct lookup **lookup)
{
    *lookup = calloc(1, sizeof **lookup);
    return *lookup == NULL ? ERR_MEMORY : OK;
}

void lookup_destroy(struct lookup *lookup)
{
    if (lookup == NULL) return;
    for (size_t i = 0; i < LOOKUP_KEPT; i++)
        arena_release(&lookup->shelves[i].arena);
    free(lookup);
}

enum err lookup_opening(uint64_t *seq, struct directory *dir, uint64_t draw)
{
    static const char kind[] = "opening";
    struct store_log_entry wish = { .draw = draw }, found;
    enum err err = store_log_find(&found, dir->db, &wish);
    if (err != OK) return err;
    memcpy(wish.kind, kind, sizeof kind);
    err = store_log_find(&found, dir->db, &wish);
    if (err == OK) *seq = found.seq;
    return err == ERR_ABSENT ? ERR_STATE : err;
}

/* ---- one opening ----------------------------------------------------- */

static enum err read_id(struct bytes *id, struct arena *arena,
                        struct bytes text)
{
    json_t *row = NULL;
    enum err err = json_read_text(&row, text);
    if (err == OK) err = listing_row_id(id, arena, row);
    json_decref(row);
    return err;
}

static enum err read_place(struct lookup_place *place, struct arena *arena,
                           const json_t *target)
{
    struct bytes row, stratum;
    enum err err = json_read_string(&row, json_read_member(target, "row"));
    if (err == OK)
        err = json_read_string(&stratum, json_read_member(target, "stratum"));
    if (err == OK)
        err = json_read_u64(&place->position,
                            json_read_member(target, "position"),
                            JSON_READ_INTEGER_MAX);
    if (err == OK) err = read_id(&place->id, arena, row);
    if (err != OK) return err;
    place->stratum = arena_copy(arena, stratum);
    place->is_reserve = json_read_is_null(json_read_member(target, "crew"));
    return OK;
}

static int compare(const void *a, const void *b)
{
    const struct lookup_place *one = a, *two = b;
    return bytes_compare(one->id, two->id);
}

static enum err fill(struct shelf *shelf, const json_t *array)
{
    enum err err = json_read_array(&shelf->count, array);
    if (err != OK) return err;
    shelf->places =
        arena_take(&shelf->arena, shelf->count + 1, sizeof *shelf->places);
    if (shelf->places == NULL) return ERR_MEMORY;
    for (size_t i = 0; i < shelf->count && err == OK; i++)
        err = read_place(&shelf->places[i], &shelf->arena,
                         json_read_item(array, i));
    if (err == OK && shelf->arena.is_short) err = ERR_MEMORY;
    if (err == OK && shelf->count != 0)
        qsort(shelf->places, shelf->count, sizeof *shelf->places, compare);
    return err;
}

static void clear(struct shelf *shelf)
{
    arena_release(&shelf->arena);
    *shelf = (struct shelf){ 0 };
}

static enum err read_shelf(struct shelf *shelf, struct directory *dir,
                           uint64_t seq)
{
    struct listing_entry entry = { 0 };
    json_t *array = NULL;
    clear(shelf);
    enum err err = listing_entry(&entry, dir->db, seq);
    if (err == OK)
        err = listing_read(&array, dir,
                           json_read_member(entry.root, "targets"));
    if (err == OK) err = fill(shelf, array);
    json_decref(array);
    json_decref(entry.root);
    if (err == OK) shelf->seq = seq;
    else clear(shelf);
    return err;
}

/* ---- all of them ----------------------------------------------------- */

static struct shelf *shelf_for(struct lookup *lookup, uint64_t seq)
{
    struct shelf *oldest = &lookup->shelves[0];
    for (size_t i = 0; i < LOOKUP_KEPT; i++) {
        struct shelf *at = &lookup->shelves[i];
        if (at->seq == seq) return at;
        if (at->used < oldest->used) oldest = at;
    }
    return oldest;
}

enum err lookup_find(const struct lookup_place **place, struct lookup *lookup,
                     struct directory *dir, uint64_t draw, struct bytes id)
{
    uint64_t seq = 0;
    enum err err = lookup_opening(&seq, dir, draw);
    if (err != OK) return err;
    struct shelf *shelf = shelf_for(lookup, seq);
    if (shelf->seq != seq) err = read_shelf(shelf, dir, seq);
    if (err != OK) return err;
    shelf->used = ++lookup->used;
    const struct lookup_place wish = { .id = id };
    *place = shelf->count == 0
                 ? NULL
                 : bsearch(&wish, shelf->places, shelf->count,
                           sizeof *shelf->places, compare);
    return OK;
}
