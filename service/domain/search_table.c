#include "domain/search_table.h"

#include <stdlib.h>
#include <string.h>

#include "format/text.h"

/* Rows of a register are shorter; those that were opened may claim more. */
enum { TEXTS_MAX = 8 * SEARCH_KEY_MAX };
_Static_assert(TEXTS_MAX <= UINT16_MAX, "ends of texts fit");

struct bytes search_text(const struct search_firm *firm, enum search_text text)
{
    uint16_t start = text == SEARCH_ID ? 0 : firm->ends[text - 1];
    return bytes_of(firm->at + start, (size_t)firm->ends[text] - start);
}

static struct bytes id_of(const struct search_firm *firm)
{
    return search_text(firm, SEARCH_ID);
}

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
           !bytes_equal(id_of(&search->firms[search->slots[slot]]), id))
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
        uint32_t *slot = find_slot(search, id_of(&firms[i]));
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

const struct search_turn *search_turn_in(const struct search *search,
                                         const struct search_firm *firm,
                                         uint64_t draw)
{
    uint32_t at = firm == NULL ? 0 : firm->turn;
    while (at != 0 && search->turns[at].draw != draw)
        at = search->turns[at].next;
    return at == 0 ? NULL : &search->turns[at];
}

bool search_table_knows(const struct search *search, struct bytes id,
                        struct bytes name)
{
    const struct search_firm *firm = search_find(search, id);
    while (firm != NULL && !bytes_equal(search_text(firm, SEARCH_NAME), name))
        firm = firm->next == 0 ? NULL : &search->firms[firm->next];
    return firm != NULL;
}

/* A key that is too long is cut. */
static enum err add_key(struct writer *w, struct bytes text)
{
    uint8_t room[SEARCH_KEY_MAX];
    struct writer key = writer_into(room, sizeof room);
    enum err err = text_key(&key, text);
    if (err == OK) writer_add(w, writer_bytes(&key));
    return err;
}

static enum err write_texts(struct search_firm *firm, struct arena *arena,
                            const struct bytes shown[SEARCH_SHOWN])
{
    uint8_t room[TEXTS_MAX];
    struct writer w = writer_into(room, sizeof room);
    enum err err = OK;
    for (size_t i = 0; err == OK && i < SEARCH_TEXTS; i++) {
        if (i < SEARCH_SHOWN) writer_add(&w, shown[i]);
        else
            err = add_key(&w, shown[i == SEARCH_KEY ? SEARCH_NAME
                                                    : SEARCH_CODE]);
        firm->ends[i] = (uint16_t)w.len;
    }
    if (err == OK && w.is_full) err = ERR_LIMIT;
    if (err == OK) firm->at = arena_copy(arena, writer_bytes(&w)).at;
    return err == OK && arena->is_short ? ERR_MEMORY : err;
}

enum err search_table_add(struct search *search,
                          const struct bytes shown[SEARCH_SHOWN])
{
    struct bytes id = shown[SEARCH_ID];
    if (search_table_knows(search, id, shown[SEARCH_NAME])) return OK;
    if (search->count == UINT32_MAX / 4) return ERR_LIMIT;
    if (search->count + 1 >= search->max) {
        enum err err = grow(search);
        if (err != OK) return err;
    }
    struct search_firm firm = { 0 };
    enum err err = write_texts(&firm, search->texts, shown);
    if (err != OK) return err;
    uint32_t index = ++search->count, *slot = find_slot(search, id);
    if (*slot != 0) {
        firm.next = search->firms[*slot].next;
        search->firms[*slot].next = index;
    } else {
        *slot = index;
    }
    search->firms[index] = firm;
    return OK;
}

enum err search_table_draw(struct search *search, uint64_t draw,
                           const struct published_row *row)
{
    uint32_t at = *find_slot(search, row->id);
    if (at == 0) return ERR_FORMAT;
    struct search_firm *firm = &search->firms[at];
    if (search->turn_count + 1 >= search->turn_max) {
        uint32_t max = search->turn_max * 2 + 1024;
        struct search_turn *turns =
            realloc(search->turns, max * sizeof *turns);
        if (turns == NULL) return ERR_MEMORY;
        search->turns = turns;
        search->turn_max = max;
    }
    search->turns[++search->turn_count] =
        (struct search_turn){ .draw = draw,
                              .stratum = row->stratum,
                              .position = row->position,
                              .turn = row->turn,
                              .next = firm->turn };
    firm->turn = search->turn_count;
    return OK;
}

static int compare(const void *a, const void *b, void *of)
{
    static const enum search_text by[] = { SEARCH_DISTRICT, SEARCH_KEY,
                                           SEARCH_ID };
    const struct search_firm *firms = of;
    const uint32_t *x = a, *y = b;
    for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
        int sign = bytes_compare(search_text(&firms[*x], by[i]),
                                 search_text(&firms[*y], by[i]));
        if (sign != 0) return sign;
    }
    return *x < *y ? -1 : 1;
}

void search_table_sort(struct search *search)
{
    for (uint32_t i = 0; i < search->count; i++) search->order[i] = i + 1;
    qsort_r(search->order, search->count, sizeof *search->order, compare,
            search->firms);
}

/* Room for `len` bytes, of which the first `used` are as they were. */
static void *copy(const void *from, size_t used, size_t len)
{
    void *to = malloc(len);
    if (to != NULL) bytes_copy(to, from, used);
    return to;
}

enum err search_table_copy(struct search *to, const struct search *from)
{
    if (from == NULL) return grow(to);
    /* Not holders: they change while it is read. */
    *to = (struct search){ .count = from->count,
                           .max = from->max,
                           .turn_count = from->turn_count,
                           .turn_max = from->turn_max,
                           .slot_count = from->slot_count,
                           .size = from->size,
                           .as_of = from->as_of,
                           .draw_count = from->draw_count,
                           .is_cut = from->is_cut };
    to->firms = copy(from->firms, (from->count + 1) * sizeof *to->firms,
                     from->max * sizeof *to->firms);
    to->order = copy(from->order, from->count * sizeof *to->order,
                     from->max * sizeof *to->order);
    to->slots = copy(from->slots, from->slot_count * sizeof *to->slots,
                     from->slot_count * sizeof *to->slots);
    to->turns = copy(from->turns, from->turn_max * sizeof *to->turns,
                     from->turn_max * sizeof *to->turns + 1);
    to->draws = copy(from->draws, from->draw_count * sizeof *to->draws,
                     from->draw_count * sizeof *to->draws + 1);
    bool is_whole = to->firms != NULL && to->order != NULL &&
                    to->slots != NULL && to->turns != NULL &&
                    to->draws != NULL;
    return is_whole ? OK : ERR_MEMORY;
}

void search_free(struct search *search)
{
    if (search == NULL) return;
    free(search->firms);
    free(search->turns);
    free(search->order);
    free(search->slots);
    free(search->draws);
    free(search);
}
