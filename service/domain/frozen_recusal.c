#include "domain/frozen_recusal.h"

#include "domain/recusal.h"

#include <stdlib.h>

/* Index in the roster of each row, which stand by certificate. */
static uint32_t *index_rows(struct frozen *f)
{
    const struct roster *roster = f->input.roster;
    uint32_t *index_of =
        arena_take(&f->arena, roster->count + 1, sizeof *index_of);
    for (uint32_t i = 0; index_of != NULL && i < f->inspector_count; i++)
        index_of[f->inspectors[i].row - roster->rows] = i;
    return index_of;
}

static bool find_row(size_t *at, const struct roster *roster,
                     struct bytes certificate)
{
    size_t low = 0, high = roster->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (bytes_compare(roster->rows[middle].certificate, certificate) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *at = low;
    return low < roster->count &&
           bytes_equal(roster->rows[low].certificate, certificate);
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static enum err read_one(struct frozen_recusal *to, struct frozen *f,
                         const uint32_t *index_of, struct bytes line,
                         uint8_t *room)
{
    struct recusal_line recusal;
    struct bytes certificate;
    enum err err = recusal_line(&recusal, line, room);
    if (err != OK) return err;
    to->code = arena_copy(&f->arena, recusal.code);
    to->inspectors = arena_take(&f->arena, RECUSAL_TARGET_MAX,
                                sizeof *to->inspectors);
    if (f->arena.is_short) return ERR_MEMORY;
    while (recusal_next(&certificate, &recusal.certificates)) {
        size_t at;
        if (!find_row(&at, f->input.roster, certificate)) continue;
        if (to->count == RECUSAL_TARGET_MAX) return ERR_FORMAT;
        to->inspectors[to->count++] = index_of[at];
    }
    qsort(to->inspectors, to->count, sizeof *to->inspectors,
          compare_numbers);
    return OK;
}

enum err frozen_recusal_build(struct frozen *f)
{
    const struct sheet *sheet = f->input.recusals;
    if (sheet == NULL) return OK;
    size_t count = sheet_count(sheet);
    const uint32_t *index_of = index_rows(f);
    uint8_t *room = malloc(RECUSAL_LINE_MAX);
    f->recusals = arena_take(&f->arena, count + 1, sizeof *f->recusals);
    enum err err = index_of == NULL || room == NULL || f->recusals == NULL
                       ? ERR_MEMORY
                       : OK;
    for (size_t i = 0; i < count && err == OK; i++)
        err = read_one(&f->recusals[i], f, index_of, sheet_line(sheet, i),
                       room);
    if (err == OK) f->recusal_count = count;
    free(room);
    return err;
}

static struct frozen_recusal *find(const struct frozen *f, struct bytes code)
{
    size_t low = 0, high = f->recusal_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = bytes_compare(f->recusals[middle].code, code);
        if (order == 0) return &f->recusals[middle];
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

const struct frozen_recusal *frozen_recusal_find(const struct frozen *f,
                                                 struct bytes code)
{
    const struct frozen_recusal *found = find(f, code);
    return found == NULL || found->count == 0 ? NULL : found;
}

static bool is_member(const struct team_pool *pool, uint32_t inspector)
{
    return bsearch(&inspector, pool->members, pool->count,
                   sizeof inspector, compare_numbers) != NULL;
}

void frozen_recusal_keep(struct frozen *f, struct bytes code,
                         const struct frozen_duty *duty)
{
    struct frozen_recusal *recusal = find(f, code);
    size_t kept = 0;
    if (recusal == NULL) return;
    for (size_t i = 0; i < recusal->count; i++) {
        size_t d = 0, count = f->input.announcement->department_count;
        while (d < count &&
               !is_member(&duty->pools[d], recusal->inspectors[i]))
            d++;
        if (d < count) recusal->inspectors[kept++] = recusal->inspectors[i];
    }
    recusal->count = kept;
    recusal->duty = duty;
}

struct bytes frozen_recusal_write(struct writer *w, const struct frozen *f,
                                  const struct frozen_row *row)
{
    const struct frame_duty duty = { row->duty->posts,
                                     f->input.announcement->seat_count,
                                     row->recusal->inspectors,
                                     row->recusal->count };
    size_t start = w->len;
    frame_write_duty(w, &duty);
    return bytes_slice(writer_bytes(w), start, w->len - start);
}
