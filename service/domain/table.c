#include "domain/table.h"

#include <string.h>

#include "format/personal.h"
#include "format/text.h"
#include "host/map.h"

#define ABSENT SIZE_MAX
/* A large file is given back to the machine in runs of this many bytes. */
enum { RELEASE_LEN = 16 << 20, HEADER_ROW_MAX = 10 };

static void fail(struct table *table, uint64_t row, const char *reason)
{
    report_add(table->report, REPORT_ERROR, row, "", bytes_text(""), reason);
}

bool table_has(const struct table *table, size_t column)
{
    return table->place[column] != ABSENT;
}

uint64_t table_row(const struct table *table)
{
    return table->csv.row;
}

void table_error(struct table *table, size_t column, const char *reason)
{
    report_add(table->report, REPORT_ERROR, table->csv.row,
               table->columns[column].title, table->raw[column], reason);
}

void table_warn(struct table *table, size_t column, const char *reason)
{
    report_add(table->report, REPORT_WARNING, table->csv.row,
               table->columns[column].title, table->raw[column], reason);
}

/* A header as it is compared: code spelling, without marks. */
static enum err plain_header(struct writer *w, struct bytes cell)
{
    uint8_t room[256];
    struct writer code = writer_into(room, sizeof room);
    enum err err = text_code(&code, cell);
    if (err != OK) return err;
    for (size_t i = 0; i < code.len; i++)
        if (memchr("()[]_-/:*.\"'", room[i], 12) == NULL)
            writer_byte(w, room[i]);
    return OK;
}

/* Place of `header` among names joined by '|', from 0; or ABSENT. */
static size_t rank(const char *names, struct bytes header)
{
    size_t place = 0;
    for (const char *at = names;; place++) {
        size_t len = strcspn(at, "|");
        if (bytes_equal(bytes_of(at, len), header)) return place;
        if (at[len] == '\0') return ABSENT;
        at += len + 1;
    }
}

/* True: at least one cell is the name of a column we know. */
static bool is_header(const struct table *table, const struct bytes *headers)
{
    for (size_t i = 0; i < table->column_count; i++)
        for (size_t j = 0; j < table->header_count; j++)
            if (rank(table->columns[i].names, headers[j]) != ABSENT)
                return true;
    return false;
}

/* What stands in the row, for the report; cut where the room ends. */
static struct bytes row_text(struct writer *w, const struct csv *csv)
{
    for (size_t i = 0; i < csv->cell_count; i++) {
        struct bytes cell = text_trim(csv->cells[i]);
        if (cell.len == 0) continue;
        if (w->len + cell.len + sizeof "、…" > w->max) {
            writer_text(w, "…");
            break;
        }
        if (w->len != 0) writer_text(w, "、");
        writer_add(w, cell);
    }
    return writer_bytes(w);
}

static void match_column(struct table *table, size_t column,
                         const struct bytes *headers)
{
    size_t best = ABSENT;
    for (size_t i = 0; i < table->header_count; i++) {
        size_t found = rank(table->columns[column].names, headers[i]);
        if (found == ABSENT || found > best) continue;
        if (found == best)
            report_add(table->report, REPORT_ERROR, table->csv.row,
                       table->columns[column].title, headers[i],
                       "这一列出现两次，请删去一列");
        best = found;
        table->place[column] = i;
    }
    if (best != ABSENT || !table->columns[column].is_required) return;
    uint8_t room[200];
    struct writer w = writer_into(room, sizeof room);
    report_add(table->report, REPORT_ERROR, table->csv.row,
               table->columns[column].title, row_text(&w, &table->csv),
               "表头里没有这一列，请改列名或补上这一列");
}

/* One row as headers are compared; they live in the table's room. */
static enum err read_headers(struct table *table, struct bytes *headers)
{
    enum err err = csv_next(&table->csv);
    if (err != OK) return err;
    struct csv *csv = &table->csv;
    struct writer w = writer_into(table->room, TABLE_ROOM);
    table->header_count = csv->cell_count;
    for (size_t i = 0; i < csv->cell_count; i++) {
        size_t start = w.len;
        err = plain_header(&w, csv->cells[i]);
        if (err != OK) return err;
        headers[i] = bytes_slice(writer_bytes(&w), start, w.len - start);
    }
    return OK;
}

static const struct separator {
    char mark;
    const char *reason;
} separators[] = {
    { '\t', "以制表符分隔：请另存为以逗号分隔的 CSV" },
    { ';', "以分号分隔：请另存为以逗号分隔的 CSV" },
};
enum { SEPARATOR_COUNT = sizeof separators / sizeof separators[0] };

/* The one cell of a row, as headers that `mark` divides. */
static enum err split_headers(struct table *table, struct bytes *headers,
                              char mark)
{
    struct bytes rest = table->csv.cells[0];
    struct writer w = writer_into(table->room, TABLE_ROOM);
    table->header_count = 0;
    while (rest.len != 0 && table->header_count < CSV_COLUMN_MAX) {
        const uint8_t *end = memchr(rest.at, mark, rest.len);
        size_t len = end == NULL ? rest.len : (size_t)(end - rest.at);
        size_t start = w.len;
        enum err err = plain_header(&w, bytes_slice(rest, 0, len));
        if (err != OK) return err;
        headers[table->header_count++] =
            bytes_slice(writer_bytes(&w), start, w.len - start);
        rest = bytes_slice(rest, end == NULL ? len : len + 1, rest.len);
    }
    return OK;
}

/* ERR_INPUT: the row is a header, and something else than commas divides it. */
static enum err refuse_separator(struct table *table, struct bytes *headers)
{
    uint8_t room[200];
    struct writer w = writer_into(room, sizeof room);
    if (table->csv.cell_count != 1) return OK;
    for (size_t i = 0; i < SEPARATOR_COUNT; i++) {
        enum err err = split_headers(table, headers, separators[i].mark);
        if (err != OK) return err;
        if (table->header_count < 2 || !is_header(table, headers)) continue;
        report_add(table->report, REPORT_ERROR, table->csv.row, "",
                   row_text(&w, &table->csv), separators[i].reason);
        return ERR_INPUT;
    }
    return OK;
}

static void no_header(struct table *table, struct bytes first)
{
    for (size_t i = 0; i < SEPARATOR_COUNT; i++) {
        if (memchr(first.at, separators[i].mark, first.len) == NULL) continue;
        report_add(table->report, REPORT_ERROR, 1, "", first,
                   separators[i].reason);
        return;
    }
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].is_required)
            report_add(table->report, REPORT_ERROR, 1,
                       table->columns[i].title, first,
                       "前 10 行里没有这一列，请检查表头");
}

/* The header; a title or a note that stands above it is passed over. */
static enum err read_header(struct table *table)
{
    struct bytes headers[CSV_COLUMN_MAX] = { { NULL, 0 } };
    uint8_t room[200];
    struct writer w = writer_into(room, sizeof room);
    uint64_t errors = table->report->count[REPORT_ERROR];
    for (size_t above = 0; above < HEADER_ROW_MAX; above++) {
        enum err err = read_headers(table, headers);
        if (err == ERR_ABSENT) break;
        if (err != OK) return err;
        if (above == 0) row_text(&w, &table->csv);
        if (!is_header(table, headers)) {
            err = refuse_separator(table, headers);
            if (err != OK) return err;
            continue;
        }
        if (above != 0)
            report_add(table->report, REPORT_WARNING, 1, "", writer_bytes(&w),
                       "不是表头，已略过表头以上的各行");
        for (size_t i = 0; i < table->column_count; i++)
            match_column(table, i, headers);
        return table->report->count[REPORT_ERROR] == errors ? OK : ERR_INPUT;
    }
    if (table->csv.row == 0)
        fail(table, 0, "文件是空的");
    else
        no_header(table, writer_bytes(&w));
    return ERR_INPUT;
}

static uint64_t row_of(struct bytes file, size_t at)
{
    uint64_t row = 1;
    for (size_t i = 0; i < at && i < file.len; i++) row += file.at[i] == '\n';
    return row;
}

static enum err csv_failed(struct table *table, enum err err)
{
    const struct csv_fault *fault = &table->csv.fault;
    const char *title = "";
    for (size_t i = 0; i < table->column_count; i++)
        if (table->place[i] == fault->column - 1)
            title = table->columns[i].title;
    if (err == ERR_INPUT)
        report_add(table->report, REPORT_ERROR, fault->row, title,
                   bytes_text(""), fault->reason);
    return err;
}

enum err table_begin(struct table *table, const struct table_column *columns,
                     size_t count, struct report *report, struct bytes file)
{
    table->columns = columns;
    table->column_count = count;
    table->report = report;
    table->header_count = 0;
    table->released = 0;
    for (size_t i = 0; i < TABLE_COLUMN_MAX; i++) {
        table->place[i] = ABSENT;
        table->fields[i] = table->raw[i] = bytes_text("");
    }
    csv_begin(&table->csv, bytes_text(""));
    enum err err = encoding_read(&table->encoding, file);
    if (err == ERR_FORMAT) {
        fail(table, row_of(file, table->encoding.fault_at),
             table->encoding.reason);
        return ERR_INPUT;
    }
    if (err != OK) return err;
    map_release(file); /* it was all looked at once */
    csv_begin(&table->csv, table->encoding.text);
    err = read_header(table);
    if (err == ERR_INPUT && table->csv.fault.reason != NULL)
        return csv_failed(table, err);
    return err;
}

void table_end(struct table *table)
{
    csv_end(&table->csv);
    encoding_release(&table->encoding);
}

static enum err spell(struct writer *w, const struct table_column *column,
                      struct bytes cell)
{
    if (column->spelling == TABLE_NAME) return text_name(w, cell);
    if (column->spelling == TABLE_LABEL) return text_label(w, cell);
    return text_code(w, cell);
}

/* Blanks for control characters, in place; true if there were any. */
static bool blank_controls(uint8_t *at, size_t len)
{
    bool any = false;
    for (size_t i = 0; i < len; i++) {
        if (at[i] >= 0x20 && at[i] != 0x7f) continue;
        at[i] = ' ';
        any = true;
    }
    return any;
}

/* True: the field is good.  False: the report holds its error. */
static bool read_field(struct table *table, struct writer *w, size_t i)
{
    const struct table_column *column = &table->columns[i];
    struct bytes cell = table->csv.cells[table->place[i]];
    size_t start = w->len;
    table->raw[i] = cell;
    /* Three times: what the spelling may shorten, and never fill the room. */
    bool is_long = cell.len > 3 * column->max;
    enum err err = is_long ? OK : spell(w, column, cell);
    struct bytes field = bytes_of(w->at + start, w->len - start);
    table->fields[i] = field;
    if (err != OK) {
        table_error(table, i, "无法规范化这些字符");
    } else if (is_long || field.len > column->max || w->is_full) {
        table_error(table, i, "内容过长");
    } else if (field.len == 0 && column->is_required) {
        table_error(table, i, "不能为空");
    } else {
        if (csv_is_formula(field))
            table_warn(table, i, "以公式字符开头，按文字处理");
        if (blank_controls(w->at + start, field.len))
            table_warn(table, i, "含有换行等控制字符，已改为空格");
        const char *person =
            column->is_public ? personal_warning(personal_in(field)) : NULL;
        if (person != NULL) table_warn(table, i, person);
        if (text_has_invisible(field))
            table_warn(table, i, "含有看不见的字符，请重新录入这一格");
        return true;
    }
    return false;
}

static bool is_blank(const struct csv *csv)
{
    for (size_t i = 0; i < csv->cell_count; i++)
        if (text_trim(csv->cells[i]).len != 0) return false;
    return true;
}

static bool read_row(struct table *table)
{
    if (is_blank(&table->csv)) return false;
    if (table->csv.cell_count != table->header_count) {
        fail(table, table->csv.row,
             table->csv.cell_count < table->header_count
                 ? "列数少于表头，文件可能被截断"
                 : "列数多于表头，含逗号的内容要加引号");
        return false;
    }
    struct writer w = writer_into(table->room, TABLE_ROOM);
    bool is_good = true;
    for (size_t i = 0; i < table->column_count; i++)
        if (table->place[i] != ABSENT && !read_field(table, &w, i))
            is_good = false;
    return is_good;
}

/* Of a large file only what is near the reader stays in memory. */
static void release_read(struct table *table)
{
    if (table->csv.at - table->released <= 2 * (size_t)RELEASE_LEN) return;
    struct bytes part =
        bytes_slice(table->csv.text, table->released, RELEASE_LEN);
    table->released += RELEASE_LEN;
    if (table->encoding.made == NULL)
        map_release(part);
    else
        map_discard(part);
}

enum err table_next(struct table *table)
{
    for (;;) {
        release_read(table);
        enum err err = csv_next(&table->csv);
        if (err != OK && err != ERR_ABSENT) return csv_failed(table, err);
        if (err != OK) return err;
        if (read_row(table)) return OK;
    }
}

static uint64_t mix(uint64_t sum, uint64_t word)
{
    sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return sum ^ sum >> 32;
}

uint64_t table_cells(const struct table *table, size_t column)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < table->csv.cell_count; i++) {
        if (i == table->place[column]) continue;
        struct bytes cell = text_trim(table->csv.cells[i]);
        sum = mix(sum, cell.len);
        while (cell.len != 0) {
            uint64_t word = 0;
            size_t len = cell.len < 8 ? cell.len : 8;
            memcpy(&word, cell.at, len);
            sum = mix(sum, word);
            cell = bytes_slice(cell, len, cell.len);
        }
    }
    return sum;
}
