#include "format/csv.h"

#include <stdlib.h>
#include <string.h>

void csv_begin(struct csv *csv, struct bytes text)
{
    csv->text = text;
    csv->at = 0;
    csv->row = 0;
    csv->cell_count = 0;
    csv->scratch = NULL;
    csv->scratch_max = 0;
    csv->fault = (struct csv_fault){ 0 };
}

void csv_end(struct csv *csv)
{
    free(csv->scratch);
    csv->scratch = NULL;
}

static enum err refuse(struct csv *csv, const char *reason)
{
    csv->fault = (struct csv_fault){ csv->row, csv->cell_count + 1, reason };
    return ERR_INPUT;
}

/* Step over one line end; false: there is none here. */
static bool skip_line_end(struct csv *csv)
{
    if (csv->at == csv->text.len) return false;
    uint8_t c = csv->text.at[csv->at];
    if (c != '\n' && c != '\r') return false;
    csv->at++;
    if (c == '\r' && csv->at < csv->text.len && csv->text.at[csv->at] == '\n')
        csv->at++;
    return true;
}

static void plain_cell(struct csv *csv)
{
    const uint8_t *at = csv->text.at;
    size_t end = csv->at;
    while (end < csv->text.len && at[end] != ',' && at[end] != '\n' &&
           at[end] != '\r')
        end++;
    csv->cells[csv->cell_count] = bytes_of(at + csv->at, end - csv->at);
    csv->at = end;
}

/* One room for the unescaped cells of a row, so that none of them moves. */
static enum err scratch_reserve(struct csv *csv)
{
    if (csv->scratch != NULL) return OK;
    csv->scratch_max = (size_t)CSV_CELL_MAX * 2;
    csv->scratch = malloc(csv->scratch_max);
    return csv->scratch == NULL ? ERR_MEMORY : OK;
}

/* Copy a cell whose quotes are doubled, quotes made single. */
static enum err unescape(struct csv *csv, struct bytes inside, size_t *used)
{
    enum err err = scratch_reserve(csv);
    if (err != OK) return err;
    if (inside.len > csv->scratch_max - *used)
        return refuse(csv, "一行中带引号的内容过长");

    uint8_t *to = csv->scratch + *used;
    size_t len = 0;
    for (size_t i = 0; i < inside.len; i++) {
        to[len++] = inside.at[i];
        if (inside.at[i] == '"') i++;
    }
    csv->cells[csv->cell_count] = bytes_of(to, len);
    *used += len;
    return OK;
}

static enum err quoted_cell(struct csv *csv, size_t *used)
{
    size_t start = csv->at + 1, end = start;
    bool has_escape = false;
    for (;;) {
        const uint8_t *quote =
            memchr(csv->text.at + end, '"', csv->text.len - end);
        if (quote == NULL) return refuse(csv, "引号没有结束，文件可能被截断");
        end = (size_t)(quote - csv->text.at);
        if (end + 1 == csv->text.len || csv->text.at[end + 1] != '"') break;
        has_escape = true;
        end += 2;
    }
    csv->at = end + 1;
    struct bytes inside = bytes_of(csv->text.at + start, end - start);
    if (inside.len > CSV_CELL_MAX) return refuse(csv, "单元格超过 64 KiB");
    if (has_escape) return unescape(csv, inside, used);
    csv->cells[csv->cell_count] = inside;
    return OK;
}

static enum err cell(struct csv *csv, size_t *used)
{
    if (csv->cell_count == CSV_COLUMN_MAX) return refuse(csv, "超过 256 列");
    if (csv->at < csv->text.len && csv->text.at[csv->at] == '"') {
        enum err err = quoted_cell(csv, used);
        if (err != OK) return err;
    } else {
        plain_cell(csv);
    }
    if (csv->cells[csv->cell_count].len > CSV_CELL_MAX)
        return refuse(csv, "单元格超过 64 KiB");
    csv->cell_count++;
    return OK;
}

enum err csv_next(struct csv *csv)
{
    do {
        if (csv->at == csv->text.len) return ERR_ABSENT;
        csv->cell_count = 0;
        if (++csv->row > CSV_ROW_MAX) return refuse(csv, "行数超过上限");
    } while (skip_line_end(csv));

    size_t used = 0;
    for (;;) {
        enum err err = cell(csv, &used);
        if (err != OK) return err;
        if (csv->at == csv->text.len || skip_line_end(csv)) return OK;
        if (csv->text.at[csv->at] != ',') {
            csv->cell_count--; /* it is this cell that is wrong */
            return refuse(csv, "结束引号后面不是逗号或行尾");
        }
        csv->at++;
    }
}

bool csv_is_formula(struct bytes cell)
{
    static const char *const signs[] = { "=", "+", "-",  "@",  "\t", "\r",
                                         "\n", "＝", "＋", "－", "＠" };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (bytes_starts(cell, signs[i])) return true;
    return false;
}

static void write_cell(struct writer *w, struct bytes cell)
{
    bool is_formula = csv_is_formula(cell);
    bool is_quoted = is_formula;
    for (size_t i = 0; i < cell.len && !is_quoted; i++)
        is_quoted = memchr(",\"\r\n", cell.at[i], 4) != NULL;
    if (!is_quoted) {
        writer_add(w, cell);
        return;
    }
    writer_byte(w, '"');
    if (is_formula) writer_byte(w, '\'');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] == '"') writer_byte(w, '"');
        writer_byte(w, cell.at[i]);
    }
    writer_byte(w, '"');
}

void csv_write_row(struct writer *w, const struct bytes *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i != 0) writer_byte(w, ',');
        write_cell(w, cells[i]);
    }
    writer_text(w, "\r\n");
}
