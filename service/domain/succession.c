#include "domain/succession.h"

#include "core/crew.h"
#include "domain/actor.h"
#include "domain/listing.h"
#include "domain/frozen_row.h"
#include "format/json_read.h"
#include "store/store_log.h"

#include <string.h>

enum { AWAY_MAX = 1024, WHY_MAX = 65536 };

static size_t seats_of(const struct succession *s)
{
    return s->outcome->frozen->input.announcement->seat_count;
}

enum err succession_count(uint64_t *count, struct directory *dir,
                          uint64_t number)
{
    struct store_log_entry found,
        wish = { .draw = number, .kind = "replacement" };
    enum err err;
    *count = 0;
    while ((err = store_log_find(&found, dir->db, &wish)) == OK) {
        ++*count;
        wish.seq = found.seq + 1;
    }
    return err == ERR_ABSENT ? OK : err;
}

size_t succession_find(const struct succession *s, uint32_t stratum,
                       uint64_t position)
{
    for (size_t i = 0; i < s->place_count; i++) {
        if (s->places[i].stratum == stratum &&
            s->places[i].position == position)
            return i;
    }
    return SUCCESSION_NONE;
}

enum err succession_stratum(uint32_t *stratum, const struct succession *s,
                            struct bytes name)
{
    const struct announcement *a = s->outcome->frozen->input.announcement;
    for (size_t i = 0; i < a->stratum_count; i++) {
        if (!bytes_equal(a->strata[i].name, name)) continue;
        *stratum = (uint32_t)i;
        return OK;
    }
    return ERR_ABSENT;
}

enum err succession_leave(struct succession *s, uint32_t inspector)
{
    size_t at = 0;
    while (at < s->away_count && s->away[at] < inspector) at++;
    if (at < s->away_count && s->away[at] == inspector) return OK;
    if (s->away_count == AWAY_MAX) return ERR_LIMIT;
    memmove(s->away + at + 1, s->away + at,
            (s->away_count - at) * sizeof *s->away);
    s->away[at] = inspector;
    s->away_count++;
    return OK;
}

/* ---- the moves ------------------------------------------------------- */

static struct standin_list away_of(const struct succession *s)
{
    return (struct standin_list){ s->away, s->away_count };
}

/* Row and duty of a place, in the room of the succession. */
static enum err read_row(struct frozen_row *row, const struct succession *s,
                         const struct succession_place *place)
{
    return frozen_row(row, s->outcome->frozen, place->place->line, s->room);
}

static struct standin_list recused_for(const struct frozen_row *row)
{
    if (row->recusal == NULL) return (struct standin_list){ NULL, 0 };
    return (struct standin_list){ row->recusal->inspectors,
                                  row->recusal->count };
}

static enum err begin_event(struct succession_event **event,
                            struct succession *s, size_t place)
{
    if (s->places[place].is_dropped) return ERR_STATE;
    if (s->event_count == s->max) return ERR_LIMIT;
    *event = &s->events[s->event_count];
    **event = (struct succession_event){ .place = place,
                                         .set = SUCCESSION_NONE,
                                         .removed = TEAM_NOBODY };
    return OK;
}

/* The crew stands: the place's own from now on, and the event's. */
static enum err set_crew(struct succession_event *event,
                         struct succession *s, size_t place,
                         struct bytes id)
{
    size_t seats = seats_of(s);
    struct succession_place *p = &s->places[place];
    struct hash blind =
        crew_blind(&s->outcome->frozen->input.keys.roster, id);
    struct writer w = writer_into(s->room + FROZEN_TEXT_MAX,
                                  FROZEN_TEXT_MAX);
    uint32_t *crew = arena_take(&s->arena, seats, sizeof *crew);
    if (crew == NULL) return ERR_MEMORY;
    memcpy(crew, p->crew, seats * sizeof *crew);
    outcome_write_crew(&w, s->outcome->frozen, crew, seats);
    event->set = place;
    event->crew = crew;
    event->crew_digest = crew_digest(&blind, writer_bytes(&w));
    return w.is_full ? ERR_FULL : OK;
}

static enum err send_reserve(struct succession_event *event,
                             struct succession *s)
{
    const struct succession_place *from = &s->places[event->place];
    struct succession_place *to = &s->places[s->place_count];
    const struct outcome_stratum *stratum =
        &s->outcome->strata[from->stratum];
    const struct frozen *f = s->outcome->frozen;
    struct frozen_row row;
    *to = (struct succession_place){
        .stratum = from->stratum,
        .position = stratum->positions[stratum->take + event->ordinal],
        .crew = arena_take(&s->arena, seats_of(s), sizeof *to->crew),
    };
    if (to->crew == NULL) return ERR_MEMORY;
    to->place = &f->lists[to->stratum].places[to->position];

    enum err err = read_row(&row, s, from);
    if (err != OK) return err;
    const uint32_t *posts = row.duty->posts;
    err = read_row(&row, s, to);
    if (err != OK) return err;
    const struct standin_reserve reserve = {
        .team_seed = s->outcome->team_seed,
        .stratum = f->input.announcement->strata[to->stratum].name,
        .position = to->position,
        .seats = seats_of(s),
        .dropped_holders = from->crew,
        .dropped_posts = posts,
        .posts = row.duty->posts,
        .pools = s->pools,
        .pool_count = f->pool_count,
        .recused = recused_for(&row),
        .away = away_of(s),
    };
    err = standin_crew(to->crew, &reserve);
    return err == OK ? set_crew(event, s, s->place_count++, row.id) : err;
}

enum err succession_replace(struct succession_event **event,
                            struct succession *s, size_t place)
{
    enum err err = begin_event(event, s, place);
    if (err != OK) return err;
    struct succession_place *p = &s->places[place];
    const struct outcome_stratum *stratum = &s->outcome->strata[p->stratum];
    (*event)->is_replacement = true;
    (*event)->ordinal = s->dropped[p->stratum]++;
    if ((*event)->ordinal < stratum->reserves) {
        err = send_reserve(*event, s);
        p = &s->places[place];
    }
    p->is_dropped = true;
    s->event_count++;
    return err;
}

/* Who was removed from this place before. */
static struct standin_list removed_from(struct succession *s, size_t place)
{
    uint32_t *at = arena_take(&s->arena, s->event_count + 1, sizeof *at);
    struct standin_list list = { at, 0 };
    for (size_t i = 0; i < s->event_count && at != NULL; i++) {
        const struct succession_event *e = &s->events[i];
        if (!e->is_replacement && e->place == place)
            at[list.count++] = e->removed;
    }
    return list;
}

enum err succession_stand_in(struct succession_event **event,
                             struct succession *s, size_t place,
                             uint32_t seat)
{
    struct frozen_row row;
    enum err err = begin_event(event, s, place);
    if (err == OK && seat >= seats_of(s)) err = ERR_RANGE;
    if (err == OK) err = read_row(&row, s, &s->places[place]);
    if (err != OK) return err;
    struct succession_place *p = &s->places[place];
    (*event)->seat = seat;
    (*event)->removed = p->crew[seat];
    const struct frozen *f = s->outcome->frozen;
    const struct standin_post post = {
        s->outcome->team_seed,
        f->input.announcement->strata[p->stratum].name, p->position, seat
    };
    const struct standin_list bars[] = { { p->crew, seats_of(s) },
                                         away_of(s), recused_for(&row),
                                         removed_from(s, place) };
    uint32_t chosen = TEAM_NOBODY;
    err = standin_choose(&chosen, &post, s->pools[row.duty->posts[seat]],
                         bars, sizeof bars / sizeof bars[0]);
    p->crew[seat] = err == OK ? chosen : TEAM_NOBODY;
    if (err != OK && err != ERR_ABSENT) return err;
    err = set_crew(*event, s, place, row.id);
    s->event_count++;
    return err;
}

/* ---- replay ---------------------------------------------------------- */

/* The text of why: in the entry, or sealed in the database. */
static enum err read_why(struct actor_secret *why, bool *is_sealed,
                         struct succession *s, struct directory *dir,
                         const struct listing_entry *entry, uint64_t index)
{
    const json_t *clear = json_read_member(entry->root, "why");
    *why = (struct actor_secret){ .use = "why" };
    *is_sealed = clear == NULL;
    struct bytes text;
    if (clear != NULL) {
        enum err err = json_read_string(&text, clear);
        why->text = arena_copy(&s->arena, text);
        return err;
    }
    uint8_t *room = arena_take_raw(&s->arena, WHY_MAX);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, WHY_MAX);
    return actor_secret_read(why, &w, dir, index);
}

static enum err read_away(struct succession *s, const json_t *why)
{
    const json_t *away = json_read_member(why, "away");
    size_t count = 0;
    enum err err = json_read_array(&count, away);
    s->away_count = 0;
    for (size_t i = 0; i < count && err == OK; i++) {
        uint64_t one = 0;
        err = json_read_u64(&one, json_read_item(away, i), UINT32_MAX - 1);
        if (err == OK) err = succession_leave(s, (uint32_t)one);
    }
    return err;
}

static enum err move(struct succession_event **event, struct succession *s,
                     const json_t *entry, const json_t *why,
                     bool is_replacement)
{
    struct bytes name;
    uint64_t position = 0, seat = 0;
    uint32_t stratum = 0;
    enum err err = json_read_string(&name, json_read_member(entry, "stratum"));
    if (err == OK) err = succession_stratum(&stratum, s, name);
    if (err == OK)
        err = json_read_u64(&position, json_read_member(entry, "position"),
                            CANON_INTEGER_MAX);
    if (err == OK && !is_replacement)
        err = json_read_u64(&seat, json_read_member(why, "seat"), UINT32_MAX);
    if (err != OK) return err;
    size_t place = succession_find(s, stratum, position);
    if (place == SUCCESSION_NONE) return ERR_PROOF;
    return is_replacement
               ? succession_replace(event, s, place)
               : succession_stand_in(event, s, place, (uint32_t)seat);
}

static enum err replay(struct succession *s, struct directory *dir,
                       const struct store_log_entry *found)
{
    struct listing_entry entry = { 0 };
    struct actor_secret why;
    struct succession_event *event = NULL;
    struct hash crew;
    json_t *root = NULL;
    bool is_sealed = false;
    enum err err = listing_entry(&entry, dir->db, found->seq);
    if (err == OK)
        err = read_why(&why, &is_sealed, s, dir, &entry, found->seq);
    if (err == OK) err = json_read_text(&root, why.text);
    if (err == OK) err = read_away(s, root);
    if (err == OK)
        err = move(&event, s, entry.root, root,
                   strcmp(found->kind, "replacement") == 0);
    if (err == OK) {
        event->entry = entry.digest;
        event->is_sealed = is_sealed;
        event->salt = why.salt;
        event->why = why.text;
    }
    if (err == OK && event->set != SUCCESSION_NONE) {
        err = json_read_hash(&crew, json_read_member(entry.root, "crew"));
        if (err == OK && !hash_equal(crew, event->crew_digest))
            err = ERR_PROOF;
    }
    json_decref(root);
    json_decref(entry.root);
    return err == ERR_ABSENT ? ERR_FORMAT : err;
}

static enum err begin(struct succession *s, size_t more)
{
    const struct outcome *o = s->outcome;
    const struct frozen *f = o->frozen;
    size_t seats = seats_of(s), strata = f->input.announcement->stratum_count;
    /* Nobody has two posts of a target: one event a place at most. */
    s->max = o->target_count + 2 * (more + 1);
    size_t places = o->target_count + more + 1;
    s->places = arena_take(&s->arena, places, sizeof *s->places);
    s->events = arena_take(&s->arena, s->max, sizeof *s->events);
    s->dropped = arena_take(&s->arena, strata, sizeof *s->dropped);
    s->away = arena_take(&s->arena, AWAY_MAX, sizeof *s->away);
    s->pools = arena_take(&s->arena, f->pool_count + 1, sizeof *s->pools);
    s->room = arena_take_raw(&s->arena, 2 * FROZEN_TEXT_MAX);
    if (s->arena.is_short) return ERR_MEMORY;
    for (uint32_t i = 0; i < f->pool_count; i++)
        s->pools[i] = (struct standin_list){ f->pools[i].members,
                                             f->pools[i].count };
    for (size_t t = 0; t < o->target_count; t++) {
        const struct outcome_target *target = &o->targets[t];
        s->places[t] = (struct succession_place){
            .stratum = target->stratum,
            .position = target->position,
            .place = target->place,
            .crew = arena_take(&s->arena, seats, sizeof(uint32_t)),
        };
        if (s->places[t].crew == NULL) return ERR_MEMORY;
        memcpy(s->places[t].crew, o->holders + t * seats,
               seats * sizeof(uint32_t));
    }
    s->place_count = o->target_count;
    return OK;
}

enum err succession_replay(struct succession *s, const struct outcome *outcome,
                           struct directory *dir, uint64_t number)
{
    struct store_log_entry found, wish = { .draw = number };
    size_t more = 0;
    enum err err;
    *s = (struct succession){ .outcome = outcome };
    while ((err = store_log_find(&found, dir->db, &wish)) == OK) {
        more++;
        wish.seq = found.seq + 1;
    }
    if (err == ERR_ABSENT) err = begin(s, more);
    wish.seq = 0;
    while (err == OK &&
           (err = store_log_find(&found, dir->db, &wish)) == OK) {
        if (strcmp(found.kind, "replacement") == 0 ||
            strcmp(found.kind, "stand-in") == 0)
            err = replay(s, dir, &found);
        wish.seq = found.seq + 1;
    }
    return err == ERR_ABSENT ? OK : err;
}

void succession_release(struct succession *s)
{
    arena_release(&s->arena);
}
