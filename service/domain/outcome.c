#include "domain/outcome.h"
#include "domain/frozen_row.h"

#include "core/crew.h"
#include "core/rate.h"
#include "core/roster.h"

#include <stdlib.h>

uint64_t outcome_take(const struct frozen *f, size_t index)
{
    const struct announcement_stratum *s =
        &f->input.announcement->strata[index];
    return rate_take(&s->take, f->lists[index].count, s->is_least_one);
}

/* The working memory of a pick is given back at once. */
static enum err pick_stratum(struct outcome *o, size_t index,
                             uint64_t reserves)
{
    const struct frozen *f = o->frozen;
    struct outcome_stratum *s = &o->strata[index];
    uint64_t count = f->lists[index].count;
    s->take = outcome_take(f, index);
    uint64_t rest = count - s->take;
    s->reserves = reserves < rest ? reserves : rest;
    uint64_t steps = s->take + s->reserves;
    s->positions = arena_take(&o->arena, (size_t)steps + 1,
                              sizeof *s->positions);
    if (s->positions == NULL) return ERR_MEMORY;
    s->digest = pick_digest(s->positions, 0);
    if (steps == 0) return OK;

    size_t slot_count = pick_slots(steps);
    struct pick_slot *slots = calloc(slot_count, sizeof *slots);
    if (slots == NULL) return ERR_MEMORY;
    struct hash seed =
        seed_stratum(&o->seed, f->input.announcement->strata[index].name);
    struct pick pick;
    enum err err = pick_begin(&pick, &seed, count, slots, slot_count);
    if (err == OK) err = pick_take(s->positions, &pick, steps);
    free(slots);
    s->digest = pick_digest(s->positions, (size_t)s->take);
    return err;
}

static enum err pick_all(struct outcome *o, uint64_t reserves)
{
    const struct frozen *f = o->frozen;
    size_t strata = f->input.announcement->stratum_count;
    o->strata = arena_take(&o->arena, strata, sizeof *o->strata);
    if (o->strata == NULL) return ERR_MEMORY;
    for (size_t i = 0; i < strata; i++) {
        enum err err = pick_stratum(o, i, reserves);
        if (err != OK) return err;
        o->strata[i].first = o->target_count;
        o->target_count += (size_t)o->strata[i].take;
    }
    o->targets = arena_take(&o->arena, o->target_count + 1,
                            sizeof *o->targets);
    if (o->targets == NULL) return ERR_MEMORY;

    struct outcome_target *at = o->targets;
    for (size_t i = 0; i < strata; i++) {
        for (uint64_t p = 0; p < o->strata[i].take; p++, at++) {
            at->stratum = (uint32_t)i;
            at->position = o->strata[i].positions[p];
            at->place = &f->lists[i].places[at->position];
        }
    }
    return OK;
}

struct posting {
    struct team_problem problem;
    struct team_recusal *recusals;
    struct team_post *posts;
    uint32_t *caps;
};

static enum err post_targets(struct posting *posting, struct outcome *o)
{
    const struct frozen *f = o->frozen;
    size_t seats = f->input.announcement->seat_count;
    uint8_t *room = arena_take_raw(&o->arena, FROZEN_TEXT_MAX);
    if (o->target_count * seats > TEAM_POSTS_MAX) return ERR_LIMIT;
    posting->posts =
        arena_take(&o->arena, o->target_count * seats + 1,
                   sizeof *posting->posts);
    posting->caps = arena_take(&o->arena, f->inspector_count + 1,
                               sizeof *posting->caps);
    size_t recusals = 0;
    for (size_t i = 0; i < f->recusal_count; i++)
        recusals += f->recusals[i].count;
    if (recusals > TEAM_RECUSALS_MAX) return ERR_LIMIT;
    posting->recusals = arena_take(&o->arena, recusals + 1,
                                   sizeof *posting->recusals);
    if (o->arena.is_short) return ERR_MEMORY;

    recusals = 0;
    for (size_t t = 0; t < o->target_count; t++) {
        struct frozen_row row;
        enum err err = frozen_row(&row, f, o->targets[t].place->line, room);
        if (err != OK) return err;
        for (size_t s = 0; s < seats; s++)
            posting->posts[t * seats + s] =
                (struct team_post){ (uint32_t)t, row.duty->posts[s] };
        for (size_t r = 0; row.recusal != NULL && r < row.recusal->count; r++)
            posting->recusals[recusals++] = (struct team_recusal){
                (uint32_t)t, row.recusal->inspectors[r]
            };
    }
    for (uint32_t i = 0; i < f->inspector_count; i++) {
        const struct roster_row *row = f->inspectors[i].row;
        posting->caps[i] = row->has_cap ? row->cap : TEAM_NO_CAP;
    }
    posting->problem = (struct team_problem){
        .posts = posting->posts,
        .post_count = (uint32_t)(o->target_count * seats),
        .target_count = (uint32_t)o->target_count,
        .pools = f->pools,
        .pool_count = f->pool_count,
        .caps = posting->caps,
        .inspector_count = f->inspector_count,
        .recusals = posting->recusals,
        .recusal_count = (uint32_t)recusals,
    };
    return OK;
}

static enum err count_open(void *context, const struct team_open *open)
{
    (void)open;
    ++*(uint32_t *)context;
    return OK;
}

static enum err send_teams(struct outcome *o)
{
    size_t seats = o->frozen->input.announcement->seat_count;
    struct posting posting = { 0 };
    o->holders = arena_take(&o->arena, o->target_count * seats + 1,
                            sizeof *o->holders);
    if (o->holders == NULL) return ERR_MEMORY;
    enum err err = post_targets(&posting, o);
    if (err != OK || o->target_count == 0) return err;

    size_t len = team_workspace_len(&posting.problem);
    if (len == 0) return ERR_LIMIT;
    void *workspace = malloc(len);
    if (workspace == NULL) return ERR_MEMORY;
    const struct team_listener listener = { count_open, &o->open_count };
    err = team_solve(o->holders, &posting.problem, &o->team_seed, workspace,
                     len, &listener);
    free(workspace);
    return err;
}

void outcome_write_crew(struct writer *w, const struct frozen *f,
                        const uint32_t *holders, size_t seats)
{
    struct crew_holder crew[ANNOUNCEMENT_SEATS_MAX];
    uint8_t room[ANNOUNCEMENT_SEATS_MAX * 256];
    struct writer masks = writer_into(room, sizeof room);
    for (size_t s = 0; s < seats; s++) {
        crew[s] = (struct crew_holder){ .is_open = true };
        if (holders[s] == TEAM_NOBODY) continue;
        const struct roster_row *row = f->inspectors[holders[s]].row;
        size_t start = masks.len;
        roster_mask(&masks, row->certificate);
        crew[s] = (struct crew_holder){
            .index = holders[s],
            .masked = bytes_of(room + start, masks.len - start),
            .unit = row->unit,
        };
    }
    crew_write(w, crew, seats);
}

static enum err commit_crews(struct outcome *o)
{
    const struct frozen *f = o->frozen;
    size_t seats = f->input.announcement->seat_count;
    uint8_t *room = arena_take_raw(&o->arena, FROZEN_TEXT_MAX);
    uint8_t *text = arena_take_raw(&o->arena, FROZEN_TEXT_MAX);
    o->crews.size = o->target_count;
    o->crews.nodes = arena_take(
        &o->arena, (size_t)merkle_levels_count(o->target_count) + 1,
        sizeof *o->crews.nodes);
    if (o->arena.is_short) return ERR_MEMORY;

    for (size_t t = 0; t < o->target_count; t++) {
        struct frozen_row row;
        enum err err = frozen_row(&row, f, o->targets[t].place->line, room);
        if (err != OK) return err;
        struct hash blind = crew_blind(&f->input.keys.roster, row.id);
        struct writer w = writer_into(text, FROZEN_TEXT_MAX);
        outcome_write_crew(&w, f, o->holders + t * seats, seats);
        o->targets[t].crew = crew_digest(&blind, writer_bytes(&w));
        o->crews.nodes[t] = merkle_leaf(hash_bytes(&o->targets[t].crew));
    }
    struct hash root = merkle_root(o->crews.nodes, o->target_count);
    merkle_levels_fill(&o->crews);
    o->crews_commitment = crew_commitment(o->target_count, &root);
    return OK;
}

static enum err derive(struct outcome *o, const struct frozen *frozen,
                       const struct hash *seed, uint64_t reserves)
{
    *o = (struct outcome){ .frozen = frozen, .seed = *seed };
    o->team_seed = seed_team(seed);
    enum err err = pick_all(o, reserves);
    return err == OK ? send_teams(o) : err;
}

enum err outcome_make(struct outcome *o, const struct frozen *frozen,
                      const struct hash *seed, uint64_t reserves)
{
    enum err err = derive(o, frozen, seed, reserves);
    return err == OK ? commit_crews(o) : err;
}

enum err outcome_try(struct outcome *o, const struct frozen *frozen,
                     const struct hash *seed)
{
    return derive(o, frozen, seed, 0);
}

void outcome_release(struct outcome *o)
{
    arena_release(&o->arena);
}
