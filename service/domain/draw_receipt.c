/* What a drawn firm is given: its row, its place and its crew, with paths. */
#include "domain/aftermath.h"
#include "domain/frozen_row.h"
#include "domain/frozen_order.h"

#include <stdlib.h>

#include "audits/receipt.h"
#include "core/crew.h"
#include "format/text.h"

enum { CODE_MAX = 256 };

/* One place of the draw, and the texts of its row. */
struct holder {
    size_t place;
    struct frozen_row row;
    uint8_t room[FROZEN_TEXT_MAX];
    uint8_t crew[FROZEN_TEXT_MAX];
};

/* Drawn or reserve; anything else is one and the same answer. */
static enum err find_holder(struct holder *h, struct aftermath *a,
                            struct bytes code)
{
    const struct succession *s = &a->succession;
    for (h->place = 0; h->place < s->place_count; h->place++) {
        enum err err = frozen_row(&h->row, &a->frozen,
                                  s->places[h->place].place->line, h->room);
        if (err != OK) return err;
        if (bytes_equal(h->row.id, code)) return OK;
    }
    directory_why(a->dir, ERR_ABSENT,
                  "第 %llu 号没有这个代码的回执：只有抽中的和已登记递补的"
                  "对象才有。请核对代码",
                  (unsigned long long)a->draw.number);
    return ERR_ABSENT;
}

static enum err prove_row(struct merkle_path *path, struct aftermath *a,
                          const struct succession_place *place)
{
    struct arena arena = { 0 };
    struct merkle_levels levels;
    struct merkle_place at = { .index = place->position };
    enum err err =
        frozen_levels(&levels, &arena, &a->frozen, place->stratum);
    if (err == OK) {
        struct merkle_source source = merkle_levels_source(&levels);
        err = merkle_prove_inclusion(path, &at, &source, levels.size);
    }
    arena_release(&arena);
    return err;
}

/* A crew set after D has no path: its digest stands in the latest entry. */
static bool is_crew_later(const struct succession *s, size_t place)
{
    for (size_t i = 0; i < s->event_count; i++)
        if (s->events[i].set == place) return true;
    return false;
}

static enum err prove_crew(struct receipt *receipt, struct aftermath *a,
                           struct holder *h)
{
    const struct succession_place *place = &a->succession.places[h->place];
    struct merkle_place at = { .index = h->place };
    struct merkle_levels crews = a->outcome.crews;
    struct merkle_source source = merkle_levels_source(&crews);
    struct writer w = writer_into(h->crew, sizeof h->crew);
    outcome_write_crew(&w, &a->frozen, place->crew,
                       a->draw.announcement.seat_count);
    receipt->crew = writer_bytes(&w);
    receipt->crew_blind =
        crew_blind(&a->frozen.input.keys.roster, h->row.id);
    receipt->is_crew_later = is_crew_later(&a->succession, h->place);
    if (w.is_full) return ERR_FULL;
    if (receipt->is_crew_later) return OK;
    return merkle_prove_inclusion(&receipt->crew_path, &at, &source,
                                  crews.size);
}

static enum err write_receipt(struct writer *text, struct aftermath *a,
                              struct holder *h)
{
    const struct succession_place *place = &a->succession.places[h->place];
    const struct frame_keys *keys = &a->frozen.input.keys;
    struct hash dblind = frame_duty_blind(&keys->roster, h->row.id);
    struct receipt receipt = {
        .origin = bytes_text(a->dir->log.origin),
        .draw = a->draw.number,
        .stratum = a->draw.announcement.strata[place->stratum].name,
        .position = place->position,
        .order = frame_order(&keys->frame, h->row.id),
        .row = h->row.row,
        .blind = frame_blind(&keys->frame, h->row.id),
        .duty = frame_duty_digest(&dblind, h->row.duty_text),
    };
    enum err err = prove_row(&receipt.path, a, place);
    if (err == OK) err = prove_crew(&receipt, a, h);
    if (err != OK) return err;
    receipt_write(text, &receipt);
    return text->is_full ? ERR_LIMIT : OK;
}

static void describe(struct draw_receipt *to, const struct aftermath *a,
                     const struct holder *h)
{
    const struct succession *s = &a->succession;
    to->is_reserve = h->place >= a->outcome.target_count;
    to->is_dropped = s->places[h->place].is_dropped;
    to->is_crew_later = is_crew_later(s, h->place);
}

enum err draw_receipt(struct draw_receipt *receipt, struct directory *dir,
                      uint64_t number, const char *code)
{
    struct aftermath a = { .dir = dir };
    uint8_t room[CODE_MAX];
    struct writer id = writer_into(room, sizeof room);
    enum err err = text_code(&id, bytes_text(code));
    if (err != OK || id.is_full)
        return directory_why(dir, ERR_INPUT, "“%.40s”不是代码", code);
    struct holder *holder = calloc(1, sizeof *holder);
    if (holder == NULL) return ERR_MEMORY;

    err = draw_load(&a.draw, dir, number);
    if (err == OK && !a.draw.entries[DRAW_DRAW].is_there)
        err = directory_why(dir, ERR_STATE,
                            "第 %llu 号%s，还没有抽取结果，也就没有回执",
                            (unsigned long long)number, draw_stage(&a.draw));
    if (err == OK) err = aftermath_make(&a);
    if (err == OK) err = find_holder(holder, &a, writer_bytes(&id));
    if (err == OK) err = write_receipt(&receipt->text, &a, holder);
    if (err == OK) describe(receipt, &a, holder);
    aftermath_end(&a);
    crypto_wipe(holder, sizeof *holder);
    free(holder);
    return err;
}
