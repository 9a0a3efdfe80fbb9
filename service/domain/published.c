#include "domain/published.h"

#include "core/frame.h"
#include "domain/listing.h"
#include "format/json_read.h"
#include "host/map.h"
#include "host/memory.h"

#include <string.h>

enum { LEAF_LEN = sizeof(struct frame_leaf) };

static enum err read_file(struct hash *digest, const struct published *p,
                          size_t index)
{
    const json_t *frame =
        json_read_item(json_read_member(p->opening, "frames"), index);
    return json_read_hash(digest, json_read_member(frame, "sha256"));
}

static enum err read_stratum(struct published *p, const json_t *drawn,
                             size_t index)
{
    struct published_stratum *stratum = &p->lists.strata[index];
    const struct announcement_stratum *a =
        &p->draw.announcement.strata[index];
    const json_t *from = json_read_item(drawn, index);
    stratum->name = a->name;
    stratum->is_internal = a->is_internal;
    enum err err = json_read_u64(&stratum->count,
                                 json_read_member(from, "count"), INT64_MAX);
    if (err == OK)
        err = json_read_u64(&stratum->take, json_read_member(from, "take"),
                            stratum->count);
    if (err == OK && p->lists.is_whole)
        err = read_file(&stratum->file, p, index);
    return err;
}

static enum err read_strata(struct published *p)
{
    json_t *draw = NULL, *freeze = NULL;
    const struct draw_entry *entries = p->draw.entries;
    p->lists.count = p->draw.announcement.stratum_count;
    p->lists.strata =
        arena_take(&p->draw.arena, p->lists.count, sizeof *p->lists.strata);
    if (p->lists.strata == NULL) return ERR_MEMORY;
    enum err err = json_read_text(&draw, entries[DRAW_DRAW].text);
    if (err == OK) err = json_read_text(&freeze, entries[DRAW_FREEZE].text);
    if (err == OK)
        err = json_read_u64(
            &p->register_version,
            json_read_member(json_read_member(freeze, "register"), "version"),
            INT64_MAX);
    for (size_t i = 0; err == OK && i < p->lists.count; i++)
        err = read_stratum(p, json_read_member(draw, "strata"), i);
    json_decref(draw);
    json_decref(freeze);
    return err;
}

/* A column that is not there stays empty. */
static struct bytes cell(const json_t *row, const char *column)
{
    struct bytes text = { NULL, 0 };
    if (json_read_string(&text, json_read_member(row, column)) != OK)
        return bytes_of("", 0);
    return text;
}

static struct bytes kept(struct published *p, const json_t *cells,
                         const char *column)
{
    return arena_copy(&p->draw.arena, cell(cells, column));
}

static enum err read_cells(struct published *p, struct published_row *row,
                           const json_t *target)
{
    struct bytes text;
    json_t *cells = NULL;
    enum err err =
        json_read_string(&text, json_read_member(target, "row"));
    if (err == OK) err = json_read_text(&cells, text);
    if (err != OK) return err;
    row->code = kept(p, cells, "code");
    row->name = kept(p, cells, "name");
    row->type = kept(p, cells, "type");
    row->district = kept(p, cells, "district");
    err = listing_row_id(&row->id, &p->draw.arena, cells);
    json_decref(cells);
    return err;
}

static enum err read_row(struct published *p, struct published_row *row,
                         const json_t *target)
{
    struct bytes name;
    enum err err =
        json_read_string(&name, json_read_member(target, "stratum"));
    if (err == OK)
        err = json_read_u64(&row->position,
                            json_read_member(target, "position"), INT64_MAX);
    if (err != OK) return err;
    while (row->stratum < p->lists.count &&
           !bytes_equal(p->lists.strata[row->stratum].name, name))
        row->stratum++;
    if (row->stratum == p->lists.count) return ERR_FORMAT;
    return read_cells(p, row, target);
}

/* First the k drawn of a stratum, in draw order, then its reserves. */
static enum err read_rows(struct published *p)
{
    uint64_t seen = 0;
    enum err err = json_read_array(&p->row_count, p->targets);
    if (err != OK) return err;
    p->rows = arena_take(&p->draw.arena, p->row_count + 1, sizeof *p->rows);
    if (p->rows == NULL) return ERR_MEMORY;
    for (size_t i = 0; err == OK && i < p->row_count; i++) {
        struct published_row *row = &p->rows[i];
        err = read_row(p, row, json_read_item(p->targets, i));
        if (err != OK) break;
        if (i > 0 && p->rows[i - 1].stratum != row->stratum) seen = 0;
        if (seen++ < p->lists.strata[row->stratum].take) row->turn = seen;
    }
    return err == OK && p->draw.arena.is_short ? ERR_MEMORY : err;
}

enum err published_load(struct published *p, struct directory *dir,
                        uint64_t number)
{
    *p = (struct published){ 0 };
    enum err err = draw_load(&p->draw, dir, number);
    if (err != OK) return err;
    const struct draw_entry *opening = &p->draw.entries[DRAW_OPENING];
    if (!opening->is_there || !p->draw.entries[DRAW_DRAW].is_there)
        return ERR_STATE;
    err = json_read_text(&p->opening, opening->text);
    if (err != OK) return err;
    const json_t *key = json_read_member(p->opening, "frame_key");
    p->lists.is_whole = key != NULL;
    if (p->lists.is_whole) err = json_read_hash(&p->lists.frame_key, key);
    if (err == OK) err = read_strata(p);
    if (err == OK)
        err = listing_read(&p->targets, dir,
                           json_read_member(p->opening, "targets"));
    return err == OK ? read_rows(p) : err;
}

/* JSON of so many rows is a million small pieces, which stay in malloc's
 * hands when they are freed. */
enum { MANY_ROWS = 5000 };

void published_release(struct published *p)
{
    bool is_large = p->row_count >= MANY_ROWS;
    json_decref(p->targets);
    json_decref(p->opening);
    draw_release(&p->draw);
    *p = (struct published){ 0 };
    if (is_large) memory_give_back();
}

enum err published_is_annulled(bool *is_annulled, struct directory *dir,
                               uint64_t number)
{
    return store_log_has(is_annulled, dir->db, number, "annul");
}

enum err published_is_dropped(bool *is_dropped, struct directory *dir,
                              uint64_t number, struct bytes stratum,
                              uint64_t position)
{
    struct store_log_entry wish = { .kind = "replacement", .draw = number },
                           found;
    enum err err = OK;
    *is_dropped = false;
    while (!*is_dropped && err == OK &&
           (err = store_log_find(&found, dir->db, &wish)) == OK) {
        struct listing_entry entry = { 0 };
        struct bytes name;
        uint64_t at = 0;
        err = listing_entry(&entry, dir->db, found.seq);
        if (err == OK)
            err = json_read_string(&name,
                                   json_read_member(entry.root, "stratum"));
        if (err == OK)
            err = json_read_u64(&at, json_read_member(entry.root, "position"),
                                CANON_INTEGER_MAX);
        *is_dropped =
            err == OK && at == position && bytes_equal(name, stratum);
        json_decref(entry.root);
        wish.seq = found.seq + 1;
    }
    return err == ERR_ABSENT ? OK : err;
}

enum err published_leaves(struct published_leaves *leaves,
                          const struct published_lists *lists,
                          const struct directory *dir, size_t stratum)
{
    char path[FILE_PATH_MAX];
    *leaves = (struct published_leaves){ 0 };
    if (!lists->is_whole) return ERR_ABSENT;
    uint64_t count = lists->strata[stratum].count;
    enum err err = directory_file_path(path, dir, lists->strata[stratum].file);
    if (err == OK && count == 0) return OK;
    if (err == OK) err = map_open(&leaves->file, path, SIZE_MAX / 2);
    if (err != OK) return err;
    leaves->count = count;
    if (leaves->file.len == count * LEAF_LEN) return OK;
    published_leaves_close(leaves);
    return ERR_FORMAT;
}

void published_leaves_close(struct published_leaves *leaves)
{
    if (leaves->count != 0) map_close(&leaves->file);
    *leaves = (struct published_leaves){ 0 };
}

struct bytes published_leaf(const struct published_leaves *leaves,
                            uint64_t position)
{
    return bytes_slice(leaves->file, (size_t)position * LEAF_LEN, LEAF_LEN);
}

enum { NEAR = 2048 }; /* places; a guess among 10^6 is 500 off, mostly */

static int compare(const struct published_leaves *leaves, uint64_t position,
                   const struct hash *order)
{
    return memcmp(published_leaf(leaves, position).at, order->b,
                  sizeof order->b);
}

/* Orders are hashes: the first bytes tell about where one stands. */
bool published_stands(uint64_t *position,
                      const struct published_leaves *leaves,
                      const struct hash *frame_key, struct bytes id)
{
    struct hash order = frame_order(frame_key, id);
    uint64_t low = 0, high = leaves->count;
    uint64_t guess = (bytes_get_u32(order.b) * high) >> 32;
    if (guess >= NEAR && compare(leaves, guess - NEAR, &order) < 0)
        low = guess - NEAR + 1;
    if (high - guess > NEAR && compare(leaves, guess + NEAR, &order) > 0)
        high = guess + NEAR;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        int sign = compare(leaves, middle, &order);
        *position = middle;
        if (sign == 0) return true;
        if (sign < 0) low = middle + 1;
        else high = middle;
    }
    *position = low;
    return false;
}

enum err published_look(struct published_place *place,
                        const struct published_lists *lists,
                        const struct directory *dir, struct bytes id)
{
    *place = (struct published_place){ 0 };
    if (!lists->is_whole) return ERR_ABSENT;
    for (size_t i = 0; i < lists->count && !place->is_listed; i++) {
        struct published_leaves leaves;
        enum err err = published_leaves(&leaves, lists, dir, i);
        if (err != OK) return err;
        place->is_listed = published_stands(&place->position, &leaves,
                                            &lists->frame_key, id);
        place->stratum = (uint32_t)i;
        published_leaves_close(&leaves);
    }
    return OK;
}
