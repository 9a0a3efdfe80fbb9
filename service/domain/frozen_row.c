#include "domain/frozen_row.h"

#include <string.h>

#include "core/uscc.h"
#include "domain/frozen_recusal.h"
#include "domain/frozen_roster.h"
#include "domain/frozen_rule.h"

/* Columns of a row hold `kind` apart from the code that carries it. */
static void split_kind(struct bytes *kind, struct bytes *code,
                       struct bytes whole)
{
    const uint8_t *colon = whole.len == 0
                               ? NULL
                               : memchr(whole.at, ':', whole.len);
    *kind = bytes_of("", 0);
    *code = whole;
    if (colon == NULL) return;
    *kind = bytes_slice(whole, 0, (size_t)(colon - whole.at));
    *code = bytes_slice(whole, kind->len + 1, whole.len);
}

void frozen_row_write(struct writer *w, const struct announcement *a,
                      const struct register_row *cells)
{
    struct frame_cell written[ANNOUNCEMENT_COLUMNS_MAX];
    struct bytes kind = { NULL, 0 }, code = cells->code;
    bool has_kind = false;
    for (size_t i = 0; i < a->column_count; i++)
        has_kind = has_kind || a->columns[i] == COLUMN_KIND;
    if (has_kind) split_kind(&kind, &code, cells->code);

    for (size_t i = 0; i < a->column_count; i++) {
        enum announcement_column column = a->columns[i];
        struct bytes value = column == COLUMN_KIND   ? kind
                             : column == COLUMN_CODE ? code
                             : frozen_rule_cell(cells, column);
        written[i].column = announcement_column_name(column);
        written[i].value = value;
    }
    frame_write_row(w, written, a->column_count);
}

enum err frozen_row_cells(struct frozen_row *row, const struct frozen *f,
                          uint32_t line, uint8_t *room)
{
    struct bytes fields[6];
    struct bytes text = sheet_line(f->input.targets, line);
    if (text.len > FROZEN_TEXT_MAX / 2) return ERR_LIMIT;
    enum err err = sheet_read_line(fields, 6, text, room);
    if (err != OK) return err;
    row->cells = (struct register_row){ fields[0], fields[1], fields[2],
                                        fields[3], fields[4], fields[5] };
    row->id = row->cells.code;
    return uscc_is_id(row->id) ? OK : ERR_FORMAT;
}

enum err frozen_row(struct frozen_row *row, const struct frozen *f,
                    uint32_t line, uint8_t *room)
{
    enum err err = frozen_row_cells(row, f, line, room);
    if (err != OK) return err;
    row->duty = frozen_roster_find(f, row->cells.district);

    struct writer w = writer_into(room + FROZEN_TEXT_MAX / 2,
                                  FROZEN_TEXT_MAX / 2);
    frozen_row_write(&w, f->input.announcement, &row->cells);
    row->row = writer_bytes(&w);
    row->recusal = frozen_recusal_find(f, row->id);
    row->duty_text = bytes_text("");
    if (row->duty != NULL) row->duty_text = row->duty->text;
    if (row->duty != NULL && row->recusal != NULL)
        row->duty_text = frozen_recusal_write(&w, f, row);
    return w.is_full ? ERR_FULL : OK;
}

struct frame_leaf frozen_row_leaf(const struct frozen *f,
                              const struct frozen_row *row, bool is_excluded)
{
    struct bytes duty = is_excluded || row->duty == NULL
                            ? bytes_text(FRAME_EXCLUDED_DUTY)
                            : row->duty_text;
    return frame_leaf(&f->input.keys, row->id, row->row, duty);
}
