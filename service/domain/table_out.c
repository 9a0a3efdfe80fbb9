#include "domain/table_out.h"
#include "domain/frozen_row.h"

#include "core/roster.h"

#include <stdlib.h>
#include <string.h>

enum { ROW_MAX = 4096 }; /* bytes of a written row, all its cells */

static void write_cell(struct writer *w, struct bytes cell, bool is_first)
{
    if (!is_first) writer_byte(w, ',');
    writer_byte(w, '"');
    if (cell.len != 0 && memchr("=+-@\t\r", cell.at[0], 6) != NULL)
        writer_byte(w, '\'');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] == '"') writer_byte(w, '"');
        writer_byte(w, cell.at[i]);
    }
    writer_byte(w, '"');
}

static void write_number(struct writer *w, uint64_t number)
{
    writer_byte(w, ',');
    writer_u64(w, number);
}

struct table {
    const struct outcome *outcome;
    struct writer *w;
    size_t index; /* of the target */
    struct frozen_row row;
};

/* What both tables say first of a target. */
static void write_target(const struct table *t)
{
    const struct outcome_target *target = &t->outcome->targets[t->index];
    const struct announcement *a = t->outcome->frozen->input.announcement;
    size_t first = t->outcome->strata[target->stratum].first;
    if (a->is_test) write_cell(t->w, bytes_text("演练"), true);
    else write_cell(t->w, bytes_text(""), true);
    write_cell(t->w, a->strata[target->stratum].name, false);
    write_number(t->w, t->index - first + 1);
    write_cell(t->w, t->row.cells.code, false);
    write_cell(t->w, t->row.cells.name, false);
}

static void target_row(const struct table *t)
{
    const struct outcome_target *target = &t->outcome->targets[t->index];
    write_target(t);
    write_cell(t->w, t->row.cells.district, false);
    write_number(t->w, target->position);
    writer_text(t->w, "\r\n");
}

static void team_rows(const struct table *t)
{
    const struct frozen *f = t->outcome->frozen;
    size_t seats = f->input.announcement->seat_count;
    for (size_t s = 0; s < seats; s++) {
        uint32_t holder = t->outcome->holders[t->index * seats + s];
        uint8_t room[256];
        struct writer mask = writer_into(room, sizeof room);
        struct bytes unit = bytes_text("空缺");
        if (holder != TEAM_NOBODY) {
            const struct roster_row *row = f->inspectors[holder].row;
            unit = row->unit;
            roster_mask(&mask, row->certificate);
        }
        write_target(t);
        write_number(t->w, s + 1);
        write_cell(t->w, unit, false);
        write_cell(t->w, writer_bytes(&mask), false);
        writer_text(t->w, "\r\n");
    }
}

static enum err write_table(struct bytes *csv, const struct outcome *o,
                            const char *header, size_t rows,
                            void (*write)(const struct table *))
{
    size_t max = (o->target_count * rows + 1) * ROW_MAX;
    uint8_t *room = malloc(FROZEN_TEXT_MAX);
    uint8_t *text = malloc(max);
    enum err err = room == NULL || text == NULL ? ERR_MEMORY : OK;
    struct writer w = writer_into(text, max);
    struct table table = { .outcome = o, .w = &w };
    if (err == OK) writer_text(&w, "\xef\xbb\xbf");
    if (err == OK) writer_text(&w, header);
    for (size_t i = 0; i < o->target_count && err == OK; i++) {
        table.index = i;
        err = frozen_row(&table.row, o->frozen, o->targets[i].place->line,
                         room);
        if (err == OK) write(&table);
    }
    free(room);
    if (err == OK && w.is_full) err = ERR_FULL;
    if (err == OK) *csv = writer_bytes(&w);
    else free(text);
    return err;
}

enum err table_out_targets(struct bytes *csv, const struct outcome *outcome)
{
    return write_table(csv, outcome,
                       "演练,分层,抽取次序,统一社会信用代码,名称,行政区划,"
                       "名单位置\r\n",
                       1, target_row);
}

enum err table_out_teams(struct bytes *csv, const struct outcome *outcome)
{
    return write_table(csv, outcome,
                       "演练,分层,抽取次序,统一社会信用代码,名称,席位,单位,"
                       "执法证号末两位\r\n",
                       outcome->frozen->input.announcement->seat_count,
                       team_rows);
}
