#include "domain/search.h"

#include "domain/evidence.h"
#include "domain/gazette.h"
#include "domain/frozen_row.h"
#include "format/json_read.h"
#include "format/text.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a; nothing here depends on it but speed. */
static uint32_t slot_of(const struct search *search, struct bytes id)
{
    uint32_t sum = 2166136261U;
    for (size_t i = 0; i < id.len; i++) sum = (sum ^ id.at[i]) * 16777619U;
    return sum & (search->slot_count - 1);
}

static uint32_t *find_slot(const struct search *search, struct bytes id)
{
    uint32_t slot = slot_of(search, id);
    while (search->slots[slot] != 0 &&
           !bytes_equal(search->firms[search->slots[slot]].id, id))
        slot = (slot + 1) & (search->slot_count - 1);
    return &search->slots[slot];
}

/* Twice the room, never more than half full. */
static enum err grow(struct search *search)
{
    uint32_t max = search->max == 0 ? 1024 : search->max * 2;
    struct search_firm *firms =
        realloc(search->firms, max * sizeof *firms);
    if (firms == NULL) return ERR_MEMORY;
    search->firms = firms;
    uint8_t *ranks = realloc(search->ranks, max);
    if (ranks == NULL) return ERR_MEMORY;
    search->ranks = ranks;
    uint32_t *order = realloc(search->order, max * sizeof *order);
    if (order == NULL) return ERR_MEMORY;
    search->order = order;
    uint32_t *slots = calloc((size_t)max * 2, sizeof *slots);
    if (slots == NULL) return ERR_MEMORY;
    free(search->slots);
    search->slots = slots;
    search->slot_count = max * 2;
    search->max = max;
    for (uint32_t i = 1; i <= search->count; i++) {
        uint32_t *slot = find_slot(search, firms[i].id);
        if (*slot == 0) *slot = i;
    }
    return OK;
}

const struct search_firm *search_find(const struct search *search,
                                      struct bytes id)
{
    if (search->slot_count == 0) return NULL;
    uint32_t at = *find_slot(search, id);
    return at == 0 ? NULL : &search->firms[at];
}

static bool is_known(const struct search *search, struct bytes id,
                     struct bytes name)
{
    const struct search_firm *firm = search_find(search, id);
    while (firm != NULL && !bytes_equal(firm->name, name))
        firm = firm->next == 0 ? NULL : &search->firms[firm->next];
    return firm != NULL;
}

static enum err make_key(struct bytes *key, struct search *search,
                         struct bytes text)
{
    uint8_t room[SEARCH_KEY_MAX];
    struct writer w = writer_into(room, sizeof room);
    enum err err = text_key(&w, text);
    if (err == OK) *key = arena_copy(&search->arena, writer_bytes(&w));
    return err;
}

static enum err add_firm(struct search *search, const struct search_firm *from)
{
    if (is_known(search, from->id, from->name)) return OK;
    if (search->count == UINT32_MAX / 4) return ERR_LIMIT;
    if (search->count + 1 >= search->max) {
        enum err err = grow(search);
        if (err != OK) return err;
    }
    struct arena *arena = &search->arena;
    struct search_firm firm = { .id = arena_copy(arena, from->id),
                                .code = arena_copy(arena, from->code),
                                .name = arena_copy(arena, from->name),
                                .type = arena_copy(arena, from->type),
                                .district =
                                    arena_copy(arena, from->district) };
    enum err err = make_key(&firm.key, search, firm.name);
    if (err == OK) err = make_key(&firm.code_key, search, firm.code);
    if (err == OK && arena->is_short) err = ERR_MEMORY;
    if (err != OK) return err;
    uint32_t index = ++search->count, *slot = find_slot(search, firm.id);
    if (*slot != 0) {
        firm.next = search->firms[*slot].next;
        search->firms[*slot].next = index;
    } else {
        *slot = index;
    }
    search->firms[index] = firm;
    return OK;
}

static enum err add_turn(struct search *search, const struct published *p,
                         const struct published_row *row)
{
    struct search_firm *firm = NULL;
    uint32_t at = *find_slot(search, row->id);
    if (at == 0) return ERR_FORMAT;
    firm = &search->firms[at];
    if (firm->turn != 0 && search->turns[firm->turn].draw == p->draw.number)
        return OK; /* taken before memory ran out */
    if (search->turn_count + 1 >= search->turn_max) {
        uint32_t max = search->turn_max * 2 + 1024;
        struct search_turn *turns =
            realloc(search->turns, max * sizeof *turns);
        if (turns == NULL) return ERR_MEMORY;
        search->turns = turns;
        search->turn_max = max;
    }
    search->turns[++search->turn_count] =
        (struct search_turn){ .draw = p->draw.number,
                              .stratum = row->stratum,
                              .position = row->position,
                              .turn = row->turn,
                              .next = firm->turn };
    firm->turn = search->turn_count;
    return OK;
}

static enum err add_rows(struct search *search, const struct published *p)
{
    enum err err = OK;
    for (size_t i = 0; err == OK && i < p->row_count; i++) {
        const struct published_row *row = &p->rows[i];
        struct search_firm firm = { .id = row->id,
                                    .code = row->code,
                                    .name = row->name,
                                    .type = row->type,
                                    .district = row->district };
        err = add_firm(search, &firm);
        if (err == OK) err = add_turn(search, p, row);
    }
    return err;
}

/* What of a register row this draw's columns publish. */
static struct search_firm shown(const struct announcement *a,
                                const struct register_row *cells)
{
    struct search_firm firm = { .id = cells->code, .code = cells->code };
    const uint8_t *colon = memchr(cells->code.at, ':', cells->code.len);
    for (size_t i = 0; i < a->column_count; i++) {
        if (a->columns[i] == COLUMN_NAME) firm.name = cells->name;
        if (a->columns[i] == COLUMN_TYPE) firm.type = cells->type;
        if (a->columns[i] == COLUMN_DISTRICT) firm.district = cells->district;
        if (a->columns[i] == COLUMN_KIND && colon != NULL) {
            size_t len = (size_t)(colon - cells->code.at) + 1;
            firm.code = bytes_slice(cells->code, len, cells->code.len);
        }
    }
    return firm;
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
        struct search_firm firm = shown(&p->draw.announcement, &cells);
        if (is_known(search, firm.id, firm.name)) continue;
        if (!is_committed(whole, &cells)) continue;
        search->is_cut = search->count >= SEARCH_FIRMS_MAX;
        if (search->is_cut) break;
        err = add_firm(search, &firm);
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
    to->batch = arena_copy(&search->arena, a->batch);
    to->key = arena_copy(&search->arena, writer_bytes(&w));
    free(room);
    return search->arena.is_short ? ERR_MEMORY : OK;
}

/* The lists of a draw, kept beyond its reading. */
static enum err keep_lists(struct search *search, struct search_draw *to,
                           const struct published_lists *lists)
{
    to->lists = *lists;
    to->lists.strata = arena_take(&search->arena, lists->count,
                                  sizeof *to->lists.strata);
    if (to->lists.strata == NULL) return ERR_MEMORY;
    for (size_t i = 0; i < lists->count; i++) {
        to->lists.strata[i] = lists->strata[i];
        to->lists.strata[i].name =
            arena_copy(&search->arena, lists->strata[i].name);
    }
    to->is_taken = true;
    return search->arena.is_short ? ERR_MEMORY : OK;
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

static int compare(const void *a, const void *b, void *of)
{
    const struct search_firm *firms = of;
    const uint32_t *x = a, *y = b;
    int sign = bytes_compare(firms[*x].district, firms[*y].district);
    if (sign == 0) sign = bytes_compare(firms[*x].key, firms[*y].key);
    if (sign == 0) sign = bytes_compare(firms[*x].id, firms[*y].id);
    return sign != 0 ? sign : *x < *y ? -1 : 1;
}

static void sort(struct search *search)
{
    for (uint32_t i = 0; i < search->count; i++) search->order[i] = i + 1;
    qsort_r(search->order, search->count, sizeof *search->order, compare,
            search->firms);
}

enum err search_update(struct search **search, struct directory *dir)
{
    struct merkle_head head;
    enum err err = evidence_published(&head, dir->db);
    if (err != OK) return err;
    if (dir->search == NULL) dir->search = calloc(1, sizeof *dir->search);
    if (dir->search == NULL) return ERR_MEMORY;
    struct search *s = dir->search;
    *search = s;
    if (s->slot_count == 0) err = grow(s);
    if (err != OK || s->size == head.size) return err;
    struct gazette plans;
    err = gazette_load(&plans, dir, "plan");
    for (uint64_t n = 1; err == OK; n++) {
        if (n <= s->draw_count && s->draws[n - 1].is_taken) continue;
        err = add_draw(s, dir, &plans, n);
    }
    gazette_release(&plans);
    if (err != ERR_ABSENT) return err;
    sort(s);
    s->size = head.size;
    return OK;
}

void search_free(struct search *search)
{
    if (search == NULL) return;
    arena_release(&search->arena);
    free(search->firms);
    free(search->turns);
    free(search->ranks);
    free(search->order);
    free(search->slots);
    free(search->draws);
    free(search);
}
