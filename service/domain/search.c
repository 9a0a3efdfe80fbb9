#include "domain/search_table.h"

#include "domain/evidence.h"
#include "domain/gazette.h"
#include "domain/frozen_row.h"
#include "format/json_read.h"
#include "format/text.h"

#include <stdlib.h>
#include <string.h>

static enum err add_rows(struct search *search, const struct published *p)
{
    enum err err = OK;
    for (size_t i = 0; err == OK && i < p->row_count; i++) {
        const struct published_row *row = &p->rows[i];
        const struct bytes shown[SEARCH_SHOWN] = { row->id, row->code,
                                                   row->name, row->type,
                                                   row->district };
        err = search_table_add(search, shown);
        if (err == OK) err = search_table_draw(search, p->draw.number, row);
    }
    return err;
}

/* What of a register row this draw's columns publish. */
static void show(struct bytes shown[SEARCH_SHOWN],
                 const struct announcement *a,
                 const struct register_row *cells)
{
    const uint8_t *colon = memchr(cells->code.at, ':', cells->code.len);
    for (size_t i = 0; i < SEARCH_SHOWN; i++) shown[i] = bytes_text("");
    shown[SEARCH_ID] = shown[SEARCH_CODE] = cells->code;
    for (size_t i = 0; i < a->column_count; i++) {
        enum announcement_column column = a->columns[i];
        if (column == COLUMN_NAME) shown[SEARCH_NAME] = cells->name;
        if (column == COLUMN_TYPE) shown[SEARCH_TYPE] = cells->type;
        if (column == COLUMN_DISTRICT)
            shown[SEARCH_DISTRICT] = cells->district;
        if (column == COLUMN_KIND && colon != NULL) {
            size_t len = (size_t)(colon - cells->code.at) + 1;
            shown[SEARCH_CODE] = bytes_slice(cells->code, len,
                                             cells->code.len);
        }
    }
}

struct whole {
    const struct published *published;
    struct published_leaves *leaves; /* a stratum each */
    uint8_t *row;                    /* FROZEN_TEXT_MAX bytes */
};

/* Is exactly this row committed in one of the strata? */
static bool is_committed(const struct whole *whole,
                         const struct register_row *cells)
{
    const struct published *p = whole->published;
    uint64_t position = 0;
    for (size_t i = 0; i < p->lists.count; i++) {
        const struct published_leaves *leaves = &whole->leaves[i];
        if (!published_stands(&position, leaves, &p->lists.frame_key,
                              cells->code)) continue;
        struct writer w = writer_into(whole->row, FROZEN_TEXT_MAX);
        frozen_row_write(&w, &p->draw.announcement, cells);
        struct hash blind = frame_blind(&p->lists.frame_key, cells->code);
        struct hash row = frame_row_digest(&blind, writer_bytes(&w));
        const uint8_t *leaf = published_leaf(leaves, position).at;
        return memcmp(leaf + sizeof(struct hash), row.b, sizeof row.b) == 0;
    }
    return false;
}

static enum err walk_register(struct search *search, struct directory *dir,
                              const struct whole *whole)
{
    uint8_t *room = malloc(REGISTER_LINE_MAX);
    if (room == NULL) return ERR_MEMORY;
    const struct published *p = whole->published;
    struct edition_walk walk = edition_walk_version(
        dir->db, EDITION_TARGETS, p->register_version);
    struct register_row cells;
    enum err err = OK;
    while (err == OK && register_next(&cells, &walk, room)) {
        struct bytes shown[SEARCH_SHOWN];
        show(shown, &p->draw.announcement, &cells);
        if (search_table_knows(search, cells.code, shown[SEARCH_NAME]))
            continue;
        if (!is_committed(whole, &cells)) continue;
        search->is_cut = search->count >= SEARCH_FIRMS_MAX;
        if (search->is_cut) break;
        err = search_table_add(search, shown);
    }
    enum err ended = edition_walk_end(&walk);
    free(room);
    return err != OK ? err : ended;
}

static enum err add_whole(struct search *search, struct directory *dir,
                          const struct published *p)
{
    struct whole whole = { .published = p };
    whole.leaves = calloc(p->lists.count, sizeof *whole.leaves);
    whole.row = malloc(FROZEN_TEXT_MAX);
    enum err err =
        whole.leaves == NULL || whole.row == NULL ? ERR_MEMORY : OK;
    for (size_t i = 0; err == OK && i < p->lists.count; i++)
        err = published_leaves(&whole.leaves[i], &p->lists, dir, i);
    if (err == OK) err = walk_register(search, dir, &whole);
    for (size_t i = 0; whole.leaves != NULL && i < p->lists.count; i++)
        published_leaves_close(&whole.leaves[i]);
    free(whole.leaves);
    free(whole.row);
    return err;
}

static void add_key(struct writer *w, struct bytes text)
{
    size_t len = w->len;
    if (text_key(w, text) != OK) w->len = len;
    writer_byte(w, ' '); /* stands in no key */
}

static void add_keys(struct writer *w, const json_t *array)
{
    size_t count = 0;
    struct bytes text;
    if (json_read_array(&count, array) != OK) return;
    for (size_t i = 0; i < count; i++)
        if (json_read_string(&text, json_read_item(array, i)) == OK)
            add_key(w, text);
}

/* What was announced, of a draw that is new here. */
static enum err describe(struct search *search, struct search_draw *to,
                         const struct draw *draw,
                         const struct gazette *plans)
{
    const struct announcement *a = &draw->announcement;
    json_t *batch = gazette_element(gazette_find(plans, a->prev), a->batch);
    struct bytes name;
    uint8_t *room = malloc(ENTRY_MAX);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, ENTRY_MAX);
    add_key(&w, a->batch);
    if (json_read_string(&name, json_read_member(batch, "name")) == OK)
        add_key(&w, name);
    for (size_t i = 0; i < a->department_count; i++)
        add_key(&w, a->departments[i].name);
    add_keys(&w, json_read_member(a->root, "items"));
    *to = (struct search_draw){
        .time = a->time, .t0 = a->t0, .t1 = a->t1, .t4 = a->t4,
        .is_given = a->is_given
    };
    to->batch = arena_copy(search->texts, a->batch);
    to->key = arena_copy(search->texts, writer_bytes(&w));
    free(room);
    return search->texts->is_short ? ERR_MEMORY : OK;
}

/* The lists of a draw, kept beyond its reading. */
static enum err keep_lists(struct search *search, struct search_draw *to,
                           const struct published_lists *lists)
{
    to->lists = *lists;
    to->lists.strata = arena_take(search->texts, lists->count,
                                  sizeof *to->lists.strata);
    if (to->lists.strata == NULL) return ERR_MEMORY;
    for (size_t i = 0; i < lists->count; i++) {
        to->lists.strata[i] = lists->strata[i];
        to->lists.strata[i].name =
            arena_copy(search->texts, lists->strata[i].name);
    }
    to->is_taken = true;
    return search->texts->is_short ? ERR_MEMORY : OK;
}

/* The draw's place, made when it is seen for the first time. */
static enum err remember(struct search *search, const struct draw *draw,
                         const struct gazette *plans)
{
    if (draw->number <= search->draw_count) return OK;
    struct search_draw *draws =
        realloc(search->draws, (size_t)draw->number * sizeof *draws);
    if (draws == NULL) return ERR_MEMORY;
    search->draws = draws;
    enum err err = describe(search, &draws[draw->number - 1], draw, plans);
    if (err == OK) search->draw_count = draw->number;
    return err;
}

/* ERR_ABSENT: there is no such draw. */
static enum err add_draw(struct search *search, struct directory *dir,
                         const struct gazette *plans, uint64_t number)
{
    struct published *p = calloc(1, sizeof *p);
    if (p == NULL) return ERR_MEMORY;
    enum err err = published_load(p, dir, number);
    bool is_opened = err == OK;
    if (err == ERR_STATE) err = OK;
    if (err == OK) err = remember(search, &p->draw, plans);
    if (err == OK && is_opened) err = add_rows(search, p);
    if (err == OK && is_opened && p->lists.is_whole)
        err = add_whole(search, dir, p);
    uint64_t as_of = p->draw.entries[DRAW_OPENING].index + 1;
    if (is_opened && as_of > search->as_of) search->as_of = as_of;
    if (err == OK && is_opened)
        err = keep_lists(search, &search->draws[number - 1], &p->lists);
    published_release(p);
    free(p);
    return err;
}

static enum err add_draws(struct search *search, struct directory *dir)
{
    struct gazette plans;
    uint32_t count = search->count;
    enum err err = gazette_load(&plans, dir, "plan");
    for (uint64_t n = 1; err == OK; n++) {
        if (n <= search->draw_count && search->draws[n - 1].is_taken) continue;
        err = add_draw(search, dir, &plans, n);
    }
    gazette_release(&plans);
    if (err != ERR_ABSENT) return err;
    if (search->count != count) search_table_sort(search);
    return OK;
}

enum err search_next(struct search **next, const struct search *old,
                     struct arena *texts, struct directory *dir)
{
    struct merkle_head head;
    struct arena mark = *texts;
    struct search *made = calloc(1, sizeof *made);
    if (made == NULL) return ERR_MEMORY;
    enum err err = search_table_copy(made, old);
    made->texts = texts;
    if (err == OK) err = evidence_published(&head, dir->db);
    if (err == OK) err = add_draws(made, dir);
    if (err == OK) {
        made->size = head.size;
        *next = made;
        return OK;
    }
    search_free(made);
    arena_rewind(texts, mark);
    return err;
}
