/* The opening: every drawn position at once. */
#include "domain/aftermath.h"
#include "domain/opening.h"
#include "host/fault.h"

#include <stdlib.h>

static enum err attach(struct directory *dir, const struct opening *opening,
                       size_t strata)
{
    const struct entry_list *lists[] = { &opening->targets,
                                         &opening->inspectors,
                                         &opening->disclosures };
    struct hash digest;
    enum err err = OK;
    for (size_t i = 0; i < 3 && err == OK; i++) {
        if (lists[i]->is_attached)
            err = directory_attach(&digest, dir, lists[i]->text);
    }
    for (size_t i = 0; opening->is_public && i < strata && err == OK; i++)
        err = directory_attach(&digest, dir, opening->frames[i]);
    return err;
}

static enum err write_opening(struct directory *dir, const struct draw *draw,
                              const struct succession *succession,
                              const struct actors *actors,
                              const struct draw_persons *persons)
{
    struct opening opening;
    uint8_t *room = malloc(ENTRY_MAX);
    if (room == NULL) return ERR_MEMORY;
    enum err err = opening_make(&opening, succession);
    FAULT("opening-made");
    if (err == OK)
        err = attach(dir, &opening, draw->announcement.stratum_count);
    if (err == OK) {
        const struct entry_head head = { draw->number, log_time(&dir->log),
                                         draw->last };
        struct writer w = writer_into(room, ENTRY_MAX);
        opening_write(&w, &head, &opening, succession->outcome,
                      actors->digest);
        const struct actor_entry entry = { writer_bytes(&w), actors, persons,
                                           { { 0 }, { 0 } } };
        err = w.is_full ? ERR_LIMIT : actor_append(dir, &entry);
    }
    opening_release(&opening);
    free(room);
    return err;
}

enum err draw_open(struct directory *dir, uint64_t number,
                   const struct draw_persons *persons)
{
    struct aftermath a = { .dir = dir };
    struct actors actors;
    enum err err = draw_load(&a.draw, dir, number);
    const struct draw_entry *e = a.draw.entries;
    if (err == OK && (!e[DRAW_DRAW].is_there || e[DRAW_OPENING].is_there))
        err = directory_why(dir, ERR_STATE, "第 %llu 号%s，现在不能公开名单",
                          (unsigned long long)number, draw_stage(&a.draw));
    if (err == OK) err = actor_make(&actors, dir, persons);
    if (err == OK) err = aftermath_make(&a);
    if (err == OK)
        err = write_opening(dir, &a.draw, &a.succession, &actors, persons);
    aftermath_end(&a);
    return err;
}
