#include "domain/opening.h"

#include "core/crew.h"
#include "domain/actor.h"
#include "domain/opened.h"
#include "domain/frozen_row.h"
#include "domain/frozen_order.h"

#include <stdlib.h>

enum {
    TARGET_MAX = 3 * FROZEN_TEXT_MAX,
    CREW_MAX = 16384
};

struct opened {
    const struct succession *succession;
    const struct outcome *outcome;
    bool is_public;
    size_t index; /* of the place */
    const struct succession_event *bare; /* `opens`: its crew alone */
    struct frozen_row row;
    struct merkle_path path, crew_path;
    struct bytes crew;
};

/* Each later crew of this place, in log order. */
static void write_later(struct canon *c, const struct opened *o)
{
    const struct succession *s = o->succession;
    const struct frozen *f = o->outcome->frozen;
    uint8_t room[CREW_MAX];
    canon_key(c, "later");
    canon_array(c);
    for (size_t i = 0; i < s->event_count && o->bare == NULL; i++) {
        const struct succession_event *e = &s->events[i];
        if (e->set != o->index) continue;
        struct writer w = writer_into(room, sizeof room);
        outcome_write_crew(&w, f, e->crew,
                           f->input.announcement->seat_count);
        canon_object(c);
        canon_member_string(c, "crew", writer_bytes(&w));
        canon_member_hash(c, "entry", e->entry);
        canon_object_end(c);
    }
    canon_array_end(c);
}

static void write_target(struct canon *c, const struct opened *o)
{
    const struct frozen *f = o->outcome->frozen;
    const struct succession_place *t = &o->succession->places[o->index];
    const struct frame_keys *keys = &f->input.keys;
    canon_object(c);
    if (!o->is_public)
        canon_member_hash(c, "blind", frame_blind(&keys->frame, o->row.id));
    canon_key(c, "crew");
    if (o->crew.len != 0) canon_string(c, o->crew);
    else canon_null(c);
    canon_member_hash(c, "crew_blind", crew_blind(&keys->roster, o->row.id));
    entry_path_write(c, "crew_path", &o->crew_path);
    canon_member_hash(c, "dblind",
                      frame_duty_blind(&keys->roster, o->row.id));
    canon_member_string(c, "duty", o->row.duty_text);
    write_later(c, o);
    if (!o->is_public)
        canon_member_hash(c, "order", frame_order(&keys->frame, o->row.id));
    entry_path_write(c, "path", &o->path);
    canon_member_u64(c, "position", t->position);
    canon_member_string(c, "row", o->row.row);
    canon_member_string(c, "stratum",
                        f->input.announcement->strata[t->stratum].name);
    canon_object_end(c);
}

struct rooms {
    uint8_t *row, *crew, *target;
};

static enum err open_target(struct opened_text *text, struct opened *o,
                            struct merkle_levels *levels,
                            const struct rooms *rooms)
{
    const struct outcome *outcome = o->outcome;
    const struct succession_place *t = &o->succession->places[o->index];
    const struct frozen *f = outcome->frozen;
    size_t seats = f->input.announcement->seat_count;
    bool is_drawn = o->index < outcome->target_count;
    struct merkle_levels crews = outcome->crews;
    struct merkle_source frame = merkle_levels_source(levels);
    struct merkle_source crew = merkle_levels_source(&crews);
    struct merkle_place place = { .index = t->position };

    enum err err = frozen_row(&o->row, f, t->place->line, rooms->row);
    if (err == OK)
        err = merkle_prove_inclusion(&o->path, &place, &frame, levels->size);
    place.index = o->index;
    o->crew_path.count = 0;
    if (err == OK && is_drawn)
        err = merkle_prove_inclusion(&o->crew_path, &place, &crew,
                                     crews.size);
    if (err != OK) return err;

    struct writer w = writer_into(rooms->crew, FROZEN_TEXT_MAX);
    if (o->bare != NULL) outcome_write_crew(&w, f, o->bare->crew, seats);
    else if (is_drawn)
        outcome_write_crew(&w, f, outcome->holders + o->index * seats, seats);
    o->crew = writer_bytes(&w);
    struct writer to = writer_into(rooms->target, TARGET_MAX);
    struct canon c = canon_into(&to);
    write_target(&c, o);
    if (w.is_full || to.is_full) return ERR_FULL;
    if (text->len > 1) err = opened_add(text, bytes_text(","));
    return err == OK ? opened_add(text, writer_bytes(&to)) : err;
}

struct target_walk {
    struct opened_text text;
    struct merkle_levels levels;
    struct rooms rooms;
    struct opened opened;
};

/* The stratum's drawn places, then its reserves in log order. */
static enum err open_stratum(struct target_walk *walk, struct arena *arena,
                             uint32_t stratum)
{
    const struct succession *s = walk->opened.succession;
    enum err err =
        frozen_levels(&walk->levels, arena, s->outcome->frozen, stratum);
    for (size_t i = 0; i < s->place_count && err == OK; i++) {
        if (s->places[i].stratum != stratum) continue;
        walk->opened.index = i;
        err = open_target(&walk->text, &walk->opened, &walk->levels,
                          &walk->rooms);
    }
    return err;
}

static struct rooms take_rooms(struct arena *arena)
{
    return (struct rooms){
        arena_take_raw(arena, FROZEN_TEXT_MAX),
        arena_take_raw(arena, FROZEN_TEXT_MAX),
        arena_take_raw(arena, TARGET_MAX),
    };
}

static enum err open_targets(struct opening *opening,
                             const struct succession *s)
{
    const struct frozen *f = s->outcome->frozen;
    struct target_walk walk = {
        .rooms = take_rooms(&opening->arena),
        .opened = { .succession = s, .outcome = s->outcome,
                    .is_public = opening->is_public },
    };
    enum err err = opening->arena.is_short
                       ? ERR_MEMORY
                       : opened_add(&walk.text, bytes_text("["));
    uint32_t strata = (uint32_t)f->input.announcement->stratum_count;
    for (uint32_t i = 0; i < strata && err == OK; i++)
        err = open_stratum(&walk, &opening->arena, i);
    if (err == OK) err = opened_add(&walk.text, bytes_text("]"));
    const struct bytes whole = { walk.text.at, walk.text.len };
    opening->targets = entry_list_of(whole, s->place_count);
    return err; // NOLINT(clang-analyzer-unix.Malloc): the list owns it
}

static enum err open_inspectors(struct opening *opening,
                                const struct succession *s)
{
    const struct frozen *f = s->outcome->frozen;
    size_t seats = f->input.announcement->seat_count;
    struct opened_text text = { 0 };
    uint64_t count = 0;
    uint8_t *holds = arena_take(&opening->arena, f->inspector_count + 1, 1);
    if (holds == NULL) return ERR_MEMORY;
    opened_mark(holds, s->outcome->holders, s->outcome->target_count * seats);
    for (size_t i = 0; i < s->event_count; i++) {
        if (s->events[i].set != SUCCESSION_NONE)
            opened_mark(holds, s->events[i].crew, seats);
    }
    enum err err = opened_inspectors(&text, &count, f, holds);
    const struct bytes whole = { text.at, text.len };
    opening->inspectors = entry_list_of(whole, count);
    return err; // NOLINT(clang-analyzer-unix.Malloc): the list owns it
}

static enum err open_disclosures(struct opening *opening,
                                 const struct succession *s)
{
    struct opened_text text = { 0 };
    uint64_t count = 0;
    uint8_t *room = arena_take_raw(&opening->arena, TARGET_MAX);
    if (room == NULL) return ERR_MEMORY;
    enum err err = opened_add(&text, bytes_text("["));
    for (size_t i = 0; i < s->event_count && err == OK; i++) {
        const struct succession_event *e = &s->events[i];
        if (!e->is_sealed) continue;
        struct writer w = writer_into(room, TARGET_MAX);
        struct canon c = canon_into(&w);
        if (count++ != 0) writer_text(&w, ",");
        canon_object(&c);
        canon_member_hash(&c, "entry", e->entry);
        canon_member_hash(&c, "salt", e->salt);
        canon_member_string(&c, "why", e->why);
        canon_object_end(&c);
        err = w.is_full ? ERR_FULL : opened_add(&text, writer_bytes(&w));
    }
    if (err == OK) err = opened_add(&text, bytes_text("]"));
    const struct bytes whole = { text.at, text.len };
    opening->disclosures = entry_list_of(whole, count);
    return err; // NOLINT(clang-analyzer-unix.Malloc): the list owns it
}

static enum err open_frame(struct opening *opening, const struct frozen *f,
                           size_t index, uint8_t *room)
{
    const struct frozen_list *list = &f->lists[index];
    size_t len = (size_t)list->count * sizeof(struct frame_leaf);
    uint8_t *data = arena_take_raw(&opening->arena, len + 1);
    if (data == NULL) return ERR_MEMORY;
    for (uint64_t p = 0; p < list->count; p++) {
        struct frozen_row row;
        enum err err = frozen_row(&row, f, list->places[p].line, room);
        if (err != OK) return err;
        struct frame_leaf leaf = frozen_row_leaf(f, &row, false);
        bytes_copy(data + p * sizeof leaf, leaf.order.b, sizeof leaf);
    }
    opening->frames[index] = bytes_of(data, len);
    opening->frame_digests[index] = hash_sha256(opening->frames[index]);
    return OK;
}

static enum err open_frames(struct opening *opening, const struct frozen *f)
{
    size_t strata = f->input.announcement->stratum_count;
    uint8_t *room = arena_take_raw(&opening->arena, FROZEN_TEXT_MAX);
    opening->frames =
        arena_take(&opening->arena, strata, sizeof *opening->frames);
    opening->frame_digests =
        arena_take(&opening->arena, strata, sizeof *opening->frame_digests);
    if (opening->arena.is_short) return ERR_MEMORY;
    enum err err = OK;
    for (size_t i = 0; i < strata && err == OK; i++)
        err = open_frame(opening, f, i, room);
    return err;
}

enum err opening_make(struct opening *opening, const struct succession *s)
{
    const struct frozen *f = s->outcome->frozen;
    *opening = (struct opening){
        .is_public = announcement_is_public(f->input.announcement)
    };
    enum err err = open_targets(opening, s);
    if (err == OK) err = open_inspectors(opening, s);
    if (err == OK) err = open_disclosures(opening, s);
    if (err == OK && opening->is_public) err = open_frames(opening, f);
    return err;
}

void opening_release(struct opening *opening)
{
    entry_list_release(&opening->targets);
    entry_list_release(&opening->inspectors);
    entry_list_release(&opening->disclosures);
    arena_release(&opening->arena);
}

static void write_frames(struct canon *c, const struct opening *opening,
                         const struct frozen *f)
{
    const struct announcement *a = f->input.announcement;
    canon_member_hash(c, "frame_key", f->input.keys.frame);
    canon_key(c, "frames");
    canon_array(c);
    for (size_t i = 0; i < a->stratum_count; i++) {
        canon_object(c);
        canon_member_string(c, "name", a->strata[i].name);
        canon_member_hash(c, "sha256", opening->frame_digests[i]);
        canon_object_end(c);
    }
    canon_array_end(c);
}

void opening_write(struct writer *w, const struct entry_head *head,
                   const struct opening *opening,
                   const struct outcome *outcome, const struct hash by[2])
{
    struct canon c = canon_into(w);
    canon_object(&c);
    actor_write(&c, by);
    entry_list_write(&c, "disclosures", &opening->disclosures);
    canon_member_u64(&c, "draw", head->draw);
    if (opening->is_public) write_frames(&c, opening, outcome->frozen);
    entry_list_write(&c, "inspectors", &opening->inspectors);
    canon_member_text(&c, "kind", "opening");
    canon_member_hash(&c, "prev", head->prev);
    entry_list_write(&c, "targets", &opening->targets);
    canon_member_u64(&c, "time", head->time);
    canon_object_end(&c);
}

/* One target of an event, without the crews that came later. */
static enum err open_bare(struct opened_text *text, struct arena *arena,
                          const struct succession *s,
                          const struct succession_event *event)
{
    const struct frozen *f = s->outcome->frozen;
    struct merkle_levels levels;
    struct opened o = {
        .succession = s,
        .outcome = s->outcome,
        .is_public = announcement_is_public(f->input.announcement),
        .index = event->set,
        .bare = event,
    };
    if (event->set == SUCCESSION_NONE)
        return opened_add(text, bytes_text("null"));
    const struct rooms rooms = take_rooms(arena);
    enum err err = frozen_levels(&levels, arena, f,
                                 s->places[o.index].stratum);
    if (err != OK || arena->is_short) return ERR_MEMORY;
    struct opened_text target = { 0 };
    err = open_target(&target, &o, &levels, &rooms);
    if (err == OK) err = opened_add(text, bytes_of(target.at, target.len));
    free(target.at);
    return err;
}

/* The crew of a stand-in, as the member `crew`. */
static enum err open_crew(struct opened_text *text, struct arena *arena,
                          const struct succession *s,
                          const struct succession_event *event)
{
    const struct frozen *f = s->outcome->frozen;
    const struct rooms rooms = take_rooms(arena);
    if (arena->is_short) return ERR_MEMORY;
    struct writer crew = writer_into(rooms.crew, FROZEN_TEXT_MAX);
    outcome_write_crew(&crew, f, event->crew,
                       f->input.announcement->seat_count);
    struct writer w = writer_into(rooms.target, TARGET_MAX);
    struct canon c = canon_into(&w);
    canon_string(&c, writer_bytes(&crew));
    return w.is_full ? ERR_FULL : opened_add(text, writer_bytes(&w));
}

enum err opening_opens(struct bytes *opens, const struct succession *s,
                       const struct succession_event *event)
{
    const struct frozen *f = s->outcome->frozen;
    struct arena arena = { 0 };
    struct opened_text text = { 0 };
    struct opened_text inspectors = { 0 };
    uint64_t count = 0;
    uint8_t *holds = arena_take(&arena, f->inspector_count + 1, 1);
    enum err err = holds == NULL ? ERR_MEMORY : OK;
    if (err == OK && event->set != SUCCESSION_NONE)
        opened_mark(holds, event->crew, f->input.announcement->seat_count);
    if (err == OK) err = opened_inspectors(&inspectors, &count, f, holds);
    if (err == OK)
        err = opened_add(&text, bytes_text(event->is_replacement ? "{"
                                                           : "{\"crew\":"));
    if (err == OK && !event->is_replacement)
        err = open_crew(&text, &arena, s, event);
    if (err == OK)
        err = opened_add(&text, bytes_text(event->is_replacement
                                         ? "\"inspectors\":"
                                         : ",\"inspectors\":"));
    if (err == OK)
        err = opened_add(&text, bytes_of(inspectors.at, inspectors.len));
    if (err == OK && event->is_replacement) {
        err = opened_add(&text, bytes_text(",\"target\":"));
        if (err == OK) err = open_bare(&text, &arena, s, event);
    }
    if (err == OK) err = opened_add(&text, bytes_text("}"));
    free(inspectors.at);
    arena_release(&arena);
    *opens = bytes_of(text.at, text.len);
    return err;
}
