/* view_target — one code's part in one draw, with its proof. */
#include <stdlib.h>

#include "domain/entry.h"
#include "domain/search.h"
#include "format/text.h"
#include "http/view.h"

enum { PATHS_MAX = 1 << 20 }; /* rows of a list whose paths are made */

/* One stratum's list, and its tree where it is not too large. */
struct list {
    struct published_leaves leaves;
    struct merkle_levels levels;
    struct arena arena;
};

static enum err list_open(struct list *list, struct directory *dir,
                          const struct published_lists *lists, size_t stratum)
{
    *list = (struct list){ 0 };
    enum err err = published_leaves(&list->leaves, lists, dir, stratum);
    uint64_t count = list->leaves.count;
    if (err != OK || count == 0 || count > PATHS_MAX) return err;
    list->levels.nodes =
        arena_take_raw(&list->arena, (size_t)merkle_levels_count(count) *
                                         sizeof *list->levels.nodes);
    if (list->levels.nodes == NULL) return ERR_MEMORY;
    list->levels.size = count;
    for (uint64_t i = 0; i < count; i++)
        list->levels.nodes[i] = merkle_leaf(published_leaf(&list->leaves, i));
    merkle_levels_fill(&list->levels);
    return OK;
}

static void list_close(struct list *list)
{
    published_leaves_close(&list->leaves);
    arena_release(&list->arena);
}

/* {"leaf":…,"path":[…],"position":…}, or null where no row stands. */
static enum err write_leaf(struct canon *c, const char *key, struct list *list,
                           uint64_t position)
{
    canon_key(c, key);
    if (position >= list->leaves.count) {
        canon_null(c);
        return OK;
    }
    struct merkle_path path = { 0 };
    enum err err = OK;
    if (list->levels.size != 0) {
        struct merkle_source source = merkle_levels_source(&list->levels);
        struct merkle_place place = { .index = position };
        err = merkle_prove_inclusion(&path, &place, &source,
                                     list->levels.size);
    }
    canon_object(c);
    canon_member_hex(c, "leaf", published_leaf(&list->leaves, position));
    if (list->levels.size != 0) entry_path_write(c, "path", &path);
    canon_member_u64(c, "position", position);
    canon_object_end(c);
    return err;
}

static enum err write_place(struct canon *c, struct directory *dir,
                            const struct published_lists *lists,
                            const struct published_place *place)
{
    struct list list;
    enum err err = list_open(&list, dir, lists, place->stratum);
    const struct published_stratum *stratum = &lists->strata[place->stratum];
    canon_key(c, "place");
    canon_object(c);
    canon_member_u64(c, "count", stratum->count);
    if (err == OK) err = write_leaf(c, "row", &list, place->position);
    canon_member_string(c, "stratum", stratum->name);
    canon_member_u64(c, "take", stratum->take);
    canon_object_end(c);
    list_close(&list);
    return err;
}

/* Its two neighbours in every list: between them there is no room for it. */
static enum err write_absence(struct canon *c, struct directory *dir,
                              const struct published_lists *lists,
                              struct bytes id)
{
    enum err err = OK;
    canon_key(c, "absent");
    canon_array(c);
    for (size_t i = 0; err == OK && i < lists->count; i++) {
        struct list list;
        uint64_t at = 0;
        err = list_open(&list, dir, lists, i);
        if (err == OK) {
            (void)published_stands(&at, &list.leaves, &lists->frame_key, id);
            canon_object(c);
            canon_member_u64(c, "count", lists->strata[i].count);
            err = write_leaf(c, "left", &list, at == 0 ? UINT64_MAX : at - 1);
            if (err == OK) err = write_leaf(c, "right", &list, at);
            canon_member_string(c, "stratum", lists->strata[i].name);
            canon_object_end(c);
        }
        list_close(&list);
    }
    canon_array_end(c);
    return err;
}

/* Until the opening the answer must not depend on the code at all. */
static void write_silence(struct canon *c, uint64_t number)
{
    canon_object(c);
    canon_member_u64(c, "draw", number);
    canon_member_text(c, "text", "名单已封存，T4 后可查");
    canon_object_end(c);
}

static const char *words(bool is_drawn, bool is_reserve)
{
    if (is_reserve) return "这个对象未被抽中，后来递补";
    return is_drawn ? "这个对象被抽中" : "这个对象未被抽中";
}

/* `turn`: when it was drawn; NULL: it was not. */
static enum err answer(struct canon *c, struct route_request *request,
                       const struct published_lists *lists,
                       const struct search_turn *turn, struct bytes id)
{
    struct published_place place = { 0 };
    enum err err = OK;
    bool is_drawn = turn != NULL && turn->turn != 0;
    bool is_reserve = turn != NULL && turn->turn == 0;
    if (lists->is_whole)
        err = published_look(&place, lists, request->dir, id);
    if (err != OK) return err;
    canon_object(c);
    if (lists->is_whole && !place.is_listed)
        err = write_absence(c, request->dir, lists, id);
    canon_member_string(c, "code", id);
    canon_member_u64(c, "draw", request->number);
    canon_member_u64(c, "drawn", is_drawn ? 1 : 0);
    if (err == OK && place.is_listed)
        err = write_place(c, request->dir, lists, &place);
    if (turn != NULL) canon_member_u64(c, "position", turn->position);
    canon_member_u64(c, "reserve", is_reserve ? 1 : 0);
    if (turn != NULL)
        canon_member_string(c, "stratum", lists->strata[turn->stratum].name);
    canon_member_text(c, "text", words(is_drawn, is_reserve));
    canon_object_end(c);
    return err;
}

/*
 * Nothing is done with the code, nor kept under it, before it is known that
 * the draw is opened: until then neither the answer nor the time it takes
 * depends on it.
 */
enum err view_target(struct canon *c, struct route_request *request)
{
    uint8_t room[4 * ROUTE_REST_MAX];
    const struct search *search = NULL;
    request->is_passing = true;
    enum err err = route_search(&search, request);
    if (err == OK && request->number > search->draw_count) err = ERR_ABSENT;
    if (err != OK) return err;
    const struct search_draw *draw = &search->draws[request->number - 1];
    if (!draw->is_taken) {
        write_silence(c, request->number);
        return OK;
    }
    struct writer w = writer_into(room, sizeof room);
    err = text_code(&w, request->rest);
    if (err == OK && w.is_full) err = ERR_INPUT;
    if (err != OK) return err;
    const struct search_firm *firm = search_find(search, writer_bytes(&w));
    return answer(c, request, &draw->lists,
                  search_turn_in(search, firm, request->number),
                  writer_bytes(&w));
}
