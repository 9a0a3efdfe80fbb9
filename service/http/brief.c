#include "http/brief.h"

#include <stdlib.h>

#include "format/json_read.h"
#include "http/profile.h"
#include "http/words.h"

enum { DAY_S = 86400 };

static bool has(const struct draw *draw, enum draw_kind kind)
{
    return draw->entries[kind].is_there;
}

/* The step that is missing and its deadline; false: nothing is to come. */
static bool next_step(enum words_step *step, uint64_t *due,
                      const struct draw *draw)
{
    const struct announcement *a = &draw->announcement;
    const struct {
        enum draw_kind kind;
        uint64_t due;
    } steps[] = {
        [WORDS_FREEZE] = { DRAW_FREEZE, a->t0 },
        [WORDS_REVEAL] = { DRAW_REVEAL, a->t1 },
        [WORDS_DRAW] = { DRAW_DRAW, draw_round_time(draw) + DAY_S },
        [WORDS_OPENING] = { DRAW_OPENING, a->t4 },
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (has(draw, DRAW_VOID) || has(draw, steps[i].kind)) continue;
        *step = (enum words_step)i;
        *due = steps[i].due;
        return true;
    }
    return false;
}

enum brief_end brief_end(uint64_t *until, const struct draw *draw,
                         uint64_t now)
{
    enum words_step step = WORDS_FREEZE;
    uint64_t due = 0;
    if (has(draw, DRAW_ANNUL)) return BRIEF_ANNULLED;
    if (has(draw, DRAW_OPENING)) return BRIEF_OPENED;
    if (has(draw, DRAW_VOID)) return BRIEF_VOID;
    if (has(draw, DRAW_DRAW)) return BRIEF_SEALED;
    if (!next_step(&step, &due, draw) || step > WORDS_REVEAL)
        return BRIEF_UNDER_WAY;
    if (due < now) return BRIEF_FAILED;
    if (due < *until) *until = due + 1;
    return BRIEF_UNDER_WAY;
}

/* A member of an entry's text; false: not there. */
static bool entry_text(struct canon *c, const char *key,
                       const struct draw *draw, enum draw_kind kind)
{
    json_t *root = NULL;
    struct bytes text;
    bool is_there = has(draw, kind) &&
                    json_read_text(&root, draw->entries[kind].text) == OK &&
                    json_read_string(&text, json_read_member(root, key)) == OK;
    if (is_there) profile_member(c, key, text);
    json_decref(root);
    return is_there;
}

static void write_cause(struct canon *c, const struct draw *draw)
{
    json_t *root = NULL;
    struct bytes cause;
    if (has(draw, DRAW_VOID) &&
        json_read_text(&root, draw->entries[DRAW_VOID].text) == OK &&
        json_read_string(&cause, json_read_member(root, "cause")) == OK)
        canon_member_text(c, "cause", words_cause(cause));
    json_decref(root);
}

/* Sums over the strata of F or D. */
static uint64_t sum(const struct draw *draw, enum draw_kind kind,
                    const char *key)
{
    json_t *root = NULL;
    uint64_t total = 0, one;
    if (!has(draw, kind) ||
        json_read_text(&root, draw->entries[kind].text) != OK)
        return 0;
    json_t *list = json_read_member(root, "strata");
    for (size_t i = 0; i < json_array_size(list); i++)
        if (json_read_u64(&one,
                          json_read_member(json_array_get(list, i), key),
                          CANON_INTEGER_MAX) == OK)
            total += one;
    json_decref(root);
    return total;
}

static void write_state(struct canon *c, const struct draw *draw,
                        const char *late)
{
    const char *icon = has(draw, DRAW_OPENING) ? "good" : "wait";
    if (has(draw, DRAW_ANNUL) || late != NULL) icon = "bad";
    canon_key(c, "icon");
    canon_object(c);
    canon_member_u64(c, icon, 1);
    canon_object_end(c);
    canon_member_u64(c, "is_annulled", has(draw, DRAW_ANNUL));
    canon_member_u64(c, "is_void", has(draw, DRAW_VOID));
    if (late != NULL) canon_member_text(c, "late", late);
}

/* NULL: what is missing may still come; else what it means that it is late. */
static const char *see(struct brief *brief, const struct draw *draw)
{
    enum words_step step = WORDS_FREEZE;
    uint64_t due = 0;
    if (!next_step(&step, &due, draw)) return NULL;
    if (due < brief->now) return words_overdue(step);
    if (due < brief->until) brief->until = due + 1;
    if (step < WORDS_OPENING && due < brief->next_time) {
        brief->next_time = due;
        brief->next_step = step;
        brief->next_draw = draw->number;
    }
    return NULL;
}

static void write(struct canon *c, struct brief *brief,
                  const struct draw *draw)
{
    const struct announcement *a = &draw->announcement;
    const struct gazette_issue *plan = gazette_find(brief->plans, a->prev);
    json_t *batch = gazette_element(plan, a->batch);
    struct bytes name = bytes_text("");
    const char *late = see(brief, draw);
    if (json_read_string(&name, json_read_member(batch, "name")) != OK)
        name = bytes_text("");
    canon_object(c);
    entry_text(c, "authority", draw, DRAW_ANNUL);
    profile_member(c, "batch", a->batch);
    profile_member(c, "batch_name", name);
    write_cause(c, draw);
    canon_member_u64(c, "count", sum(draw, DRAW_FREEZE, "count"));
    entry_text(c, "document", draw, DRAW_ANNUL);
    canon_member_u64(c, "draw", draw->number);
    write_state(c, draw, late);
    entry_text(c, "reason", draw, DRAW_VOID);
    canon_member_text(c, "stage", draw_stage(draw));
    canon_member_u64(c, "t0", a->t0);
    canon_member_u64(c, "t1", a->t1);
    canon_member_u64(c, "t4", a->t4);
    canon_member_u64(c, "take", sum(draw, DRAW_DRAW, "take"));
    canon_object_end(c);
}

/* c: NULL, nothing is written. */
static enum err look(struct canon *c, struct brief *brief,
                     struct directory *dir, uint64_t number)
{
    struct draw *draw = calloc(1, sizeof *draw);
    if (draw == NULL) return ERR_MEMORY;
    enum err err = draw_load(draw, dir, number);
    if (err == OK && c != NULL) write(c, brief, draw);
    if (err == OK && c == NULL) see(brief, draw);
    draw_release(draw);
    free(draw);
    return err;
}

enum err brief_write(struct canon *c, struct brief *brief,
                     struct directory *dir, uint64_t number)
{
    return look(c, brief, dir, number);
}

enum err brief_see(struct brief *brief, struct directory *dir,
                   uint64_t number)
{
    return look(NULL, brief, dir, number);
}
