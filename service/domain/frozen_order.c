#include "domain/frozen_order.h"
#include "domain/frozen_row.h"

#include <stdlib.h>

#include "domain/order.h"
#include "host/parallel.h"

enum {
    LEAF_RUN = 1 << 16, /* leaves that are hashed at once */
    AHEAD = 12          /* rows to be fetched meanwhile   */
};

/* Half of the order, behind the list it stands in; the rest decides ties. */
static struct order_entry entry_of(const struct hash *order, uint16_t list,
                                   uint64_t line)
{
    uint64_t words[2] = { list, 0 };
    for (size_t i = 0; i < 14; i++) {
        uint64_t *word = &words[i >= 6];
        *word = *word << 8 | order->b[i];
    }
    return (struct order_entry){ words[0], words[1], line };
}

struct ordering {
    const struct frozen *frozen;
    const uint16_t *list_of;
    struct order_entry *entries;
};

static struct hash order_of(const struct frozen *f, uint64_t line)
{
    return frame_order(&f->input.keys.frame,
                       sheet_key(f->input.targets, (size_t)line));
}

static enum err give_orders(void *context, size_t from, size_t to)
{
    const struct ordering *o = context;
    for (size_t i = from; i < to; i++) {
        struct hash order = order_of(o->frozen, i);
        o->entries[i] = entry_of(&order, o->list_of[i], i);
    }
    return OK;
}

static int compare(const void *context, uint64_t a, uint64_t b)
{
    struct hash x = order_of(context, a), y = order_of(context, b);
    return hash_compare(&x, &y);
}

static enum err sort(struct frozen *f, const uint16_t *list_of)
{
    size_t count = (size_t)f->codes;
    struct ordering o = { f, list_of, NULL };
    o.entries = malloc((count + 1) * sizeof *o.entries);
    if (o.entries == NULL) return ERR_MEMORY;
    enum err err = parallel_run(count, give_orders, &o);
    order_sort(o.entries, count, compare, f);
    for (size_t i = 0; i < count && err == OK; i++) {
        const struct order_entry *e = &o.entries[i];
        if (i > 0 && e[-1].high == e->high && e[-1].low == e->low &&
            compare(f, e[-1].at, e->at) == 0)
            err = ERR_INPUT;
        f->places[i].line = (uint32_t)e->at;
    }
    free(o.entries);
    return err;
}

struct hashing {
    const struct frozen *frozen;
    const struct frozen_place *places;
    bool is_excluded;
    struct hash *leaves;
};

static enum err give_leaves(void *context, size_t from, size_t to)
{
    const struct hashing *h = context;
    uint8_t *room = malloc(FROZEN_TEXT_MAX);
    if (room == NULL) return ERR_MEMORY;
    enum err err = OK;
    for (size_t i = from; i < to && err == OK; i++) {
        struct frozen_row row;
        if (to - i > AHEAD)
            sheet_expect(h->frozen->input.targets, h->places[i + AHEAD].line);
        err = frozen_row(&row, h->frozen, h->places[i].line, room);
        if (err != OK) break;
        struct frame_leaf leaf =
            frozen_row_leaf(h->frozen, &row, h->is_excluded);
        h->leaves[i] = merkle_leaf(frame_leaf_bytes(&leaf));
    }
    free(room);
    return err;
}

static enum err commit(struct frozen *f, size_t index, struct hash *leaves)
{
    const struct announcement *a = f->input.announcement;
    struct frozen_list *list = &f->lists[index];
    struct hashing h = { f, list->places, index >= a->stratum_count, leaves };
    struct merkle_tree tree;
    merkle_begin(&tree);
    for (uint64_t at = 0; at < list->count; at += LEAF_RUN) {
        uint64_t left = list->count - at;
        size_t run = left < LEAF_RUN ? (size_t)left : LEAF_RUN;
        h.places = list->places + at;
        enum err err = parallel_run(run, give_leaves, &h);
        if (err != OK) return err;
        for (size_t i = 0; i < run; i++) merkle_push(&tree, leaves[i]);
    }
    struct hash root = merkle_tree_root(&tree);
    list->commitment =
        index < a->stratum_count
            ? frame_commitment(a->strata[index].name, list->count, &root)
            : frame_excluded((uint32_t)(index - a->stratum_count),
                             list->count, &root);
    return OK;
}

enum err frozen_order_build(struct frozen *f, const uint16_t *list_of)
{
    enum err err = sort(f, list_of);
    struct frozen_place *at = f->places;
    struct hash *leaves = malloc(LEAF_RUN * sizeof *leaves);
    if (err == OK && leaves == NULL) err = ERR_MEMORY;
    for (size_t i = 0; i < f->list_count && err == OK; i++) {
        f->lists[i].places = at;
        at += f->lists[i].count;
        err = commit(f, i, leaves);
    }
    free(leaves);
    return err;
}

enum err frozen_levels(struct merkle_levels *levels, struct arena *arena,
                       const struct frozen *f, size_t index)
{
    const struct frozen_list *list = &f->lists[index];
    levels->size = list->count;
    levels->nodes =
        arena_take(arena, (size_t)merkle_levels_count(list->count) + 1,
                   sizeof *levels->nodes);
    if (levels->nodes == NULL) return ERR_MEMORY;
    struct hashing h = { f, list->places,
                         index >= f->input.announcement->stratum_count,
                         levels->nodes };
    enum err err = parallel_run((size_t)list->count, give_leaves, &h);
    if (err == OK) merkle_levels_fill(levels);
    return err;
}
