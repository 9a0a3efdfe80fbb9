#include "domain/frozen_order.h"
#include "domain/frozen_recusal.h"
#include "domain/frozen_roster.h"
#include "domain/frozen_row.h"
#include "domain/frozen_rule.h"

#include "host/crypto.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Which list every row belongs to, and which duties are in use. */
static enum err assign(struct frozen *f, uint16_t *lists, uint8_t *room)
{
    for (uint32_t i = 0; i < f->codes; i++) {
        struct frozen_row row;
        enum err err = frozen_row_cells(&row, f, i, room);
        if (err != OK) return err;
        lists[i] = (uint16_t)frozen_rule_list(f, &row.cells);
        f->lists[lists[i]].count++;
        if (lists[i] >= f->input.announcement->stratum_count) continue;
        struct frozen_duty *duty = frozen_roster_duty(f, row.cells.district);
        if (duty == NULL) return ERR_LIMIT;
        duty->is_used = true;
        duty->rows++;
        frozen_recusal_keep(f, row.id, duty);
    }
    return OK;
}

enum err frozen_build(struct frozen *f, const struct frozen_input *input)
{
    *f = (struct frozen){ .input = *input };
    const struct announcement *a = input->announcement;
    f->codes = sheet_count(input->targets);
    f->list_count = a->stratum_count + 1 + a->exclusion_count;
    if (f->codes >= UINT32_MAX || f->list_count > UINT16_MAX) return ERR_LIMIT;

    f->lists = arena_take(&f->arena, f->list_count, sizeof *f->lists);
    f->places =
        arena_take(&f->arena, (size_t)f->codes + 1, sizeof *f->places);
    uint8_t *room = arena_take_raw(&f->arena, FROZEN_TEXT_MAX);
    uint16_t *lists = malloc(((size_t)f->codes + 1) * sizeof *lists);
    if (f->arena.is_short || lists == NULL) {
        free(lists);
        return ERR_MEMORY;
    }

    enum err err = frozen_rule_build(f);
    if (err == OK) err = frozen_roster_build(f);
    if (err == OK) err = frozen_recusal_build(f);
    if (err == OK) err = assign(f, lists, room);
    if (err == OK) err = frozen_roster_number(f);
    if (err == OK) err = frozen_order_build(f, lists);
    free(lists);
    if (err == ERR_INPUT && f->why[0] == '\0')
        snprintf(f->why, sizeof f->why,
                 "名录库中同一代码出现了两次，请更正后重新导入");
    return err;
}

void frozen_release(struct frozen *f)
{
    arena_release(&f->arena);
    crypto_wipe(&f->input.keys, sizeof f->input.keys);
}
