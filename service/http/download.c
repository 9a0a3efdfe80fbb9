#include "http/download.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/evidence.h"
#include "domain/published.h"
#include "format/csv.h"
#include "format/json_read.h"
#include "format/qr.h"
#include "format/xlsx_write.h"
#include "http/page_site.h"
#include "http/profile.h"

enum { COLUMNS = 11, CELLS_MAX = 16384, CREW_MAX = 4096 };

static const struct xlsx_column columns[COLUMNS] = {
    { "演练", 6, false },       { "抽取编号", 9, true },
    { "分层", 12, false },      { "抽取次序", 9, true },
    { "结果", 8, false },       { "名单位置", 9, true },
    { "统一社会信用代码", 22, false },
    { "名称", 40, false },      { "主体类型", 16, false },
    { "行政区划", 10, false },  { "检查组（单位、证件号末两位）", 50, false },
};
static const struct xlsx_sheet sheet = { "抽中名单", columns, COLUMNS };

/* One row of the list, its texts in `room`. */
struct line {
    struct bytes cells[COLUMNS];
    uint8_t room[CELLS_MAX];
    struct writer w;
};

static struct bytes text_cell(struct line *line, struct bytes text)
{
    struct writer rest = writer_into(line->w.at + line->w.len,
                                     line->w.max - line->w.len);
    struct bytes cell = profile_clean(&rest, text);
    line->w.len += rest.len;
    line->w.is_full = line->w.is_full || rest.is_full;
    return cell;
}

static struct bytes number_cell(struct line *line, uint64_t number)
{
    size_t start = line->w.len;
    writer_u64(&line->w, number);
    return bytes_slice(writer_bytes(&line->w), start, line->w.len);
}

/* The crew of now: D's, or the last that was set after it. */
static struct bytes crew_text(const json_t *target)
{
    size_t count = 0;
    struct bytes text = { NULL, 0 };
    const json_t *later = json_read_member(target, "later");
    const json_t *crew = json_read_member(target, "crew");
    if (json_read_array(&count, later) == OK && count != 0)
        crew = json_read_member(json_read_item(later, count - 1), "crew");
    if (json_read_string(&text, crew) != OK) text = bytes_of("", 0);
    return text;
}

/* 市场监管局 ****12；空缺 */
static struct bytes crew_cell(struct line *line, const json_t *target)
{
    uint8_t room[CREW_MAX];
    struct writer w = writer_into(room, sizeof room);
    json_t *crew = NULL;
    size_t count = 0;
    if (json_read_text(&crew, crew_text(target)) != OK)
        return bytes_of("", 0);
    const json_t *holders = json_read_member(crew, "holders");
    if (json_read_array(&count, holders) != OK) count = 0;
    for (size_t i = 0; i < count; i++) {
        const json_t *holder = json_read_item(holders, i);
        struct bytes unit, certificate;
        if (i != 0) writer_text(&w, "；");
        if (json_read_string(&unit, json_read_member(holder, "unit")) != OK ||
            json_read_string(&certificate, json_read_member(
                                               holder, "certificate")) != OK) {
            writer_text(&w, "空缺");
            continue;
        }
        writer_add(&w, unit);
        writer_byte(&w, ' ');
        writer_add(&w, certificate);
    }
    json_decref(crew);
    return text_cell(line, writer_bytes(&w));
}

static enum err fill(struct line *line, const struct published *p, size_t i)
{
    const struct published_row *row = &p->rows[i];
    line->w = writer_into(line->room, sizeof line->room);
    const struct bytes cells[COLUMNS] = {
        bytes_text(p->draw.announcement.is_test ? "演练" : ""),
        number_cell(line, p->draw.number),
        text_cell(line, p->lists.strata[row->stratum].name),
        row->turn == 0 ? bytes_of("", 0) : number_cell(line, row->turn),
        bytes_text(row->turn == 0 ? "递补" : "抽中"),
        number_cell(line, row->position),
        row->id,
        text_cell(line, row->name),
        text_cell(line, row->type),
        text_cell(line, row->district),
        crew_cell(line, json_read_item(p->targets, i)),
    };
    memcpy(line->cells, cells, sizeof cells);
    return line->w.is_full ? ERR_LIMIT : OK;
}

static enum err make_csv(struct bytes *file, const struct published *p,
                         struct line *line)
{
    size_t max = 1024 + (p->row_count + 1) * 2048;
    uint8_t *room = malloc(max);
    if (room == NULL) return ERR_MEMORY;
    struct writer w = writer_into(room, max);
    struct bytes titles[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        titles[i] = bytes_text(columns[i].title);
    writer_text(&w, "\xef\xbb\xbf");
    csv_write_row(&w, titles, COLUMNS);
    enum err err = OK;
    for (size_t i = 0; err == OK && i < p->row_count; i++) {
        err = fill(line, p, i);
        if (err != OK) break;
        if (w.max - w.len < 3 * CELLS_MAX) {
            uint8_t *more = realloc(w.at, w.max * 2 + 3 * CELLS_MAX);
            if (more == NULL) err = ERR_MEMORY;
            if (err != OK) break;
            w.at = more;
            w.max = w.max * 2 + 3 * CELLS_MAX;
        }
        csv_write_row(&w, line->cells, COLUMNS);
    }
    if (err == OK && w.is_full) err = ERR_LIMIT;
    if (err == OK) *file = writer_bytes(&w);
    else free(w.at);
    return err;
}

static enum err make_xlsx(struct bytes *file, const struct published *p,
                          struct line *line)
{
    struct xlsx_write x;
    enum err err = xlsx_write_begin(&x, &sheet);
    if (err != OK) return err;
    for (size_t i = 0; err == OK && i < p->row_count; i++) {
        err = fill(line, p, i);
        if (err == OK) xlsx_write_row(&x, line->cells);
    }
    enum err ended = xlsx_write_end(file, &x);
    if (err == OK || ended != OK) return ended;
    free((void *)(uintptr_t)file->at);
    *file = (struct bytes){ NULL, 0 };
    return err;
}

typedef enum err maker(struct bytes *file, const struct published *p,
                       struct line *line);

static enum err list(struct route_reply *reply, struct route_request *request,
                     maker *make, const char *ending)
{
    struct published *p = calloc(1, sizeof *p);
    struct line *line = malloc(sizeof *line);
    enum err err = p == NULL || line == NULL ? ERR_MEMORY : OK;
    if (err == OK) err = published_load(p, request->dir, request->number);
    if (err == OK) err = make(&reply->body, p, line);
    if (p != NULL) published_release(p);
    free(p);
    free(line);
    snprintf(reply->name, sizeof reply->name, "draw-%llu-targets.%s",
             (unsigned long long)request->number, ending);
    return err == ERR_STATE ? ERR_ABSENT : err;
}

enum err download_csv(struct route_reply *reply, struct route_request *request)
{
    reply->type = "text/csv; charset=utf-8";
    return list(reply, request, make_csv, "csv");
}

enum err download_xlsx(struct route_reply *reply,
                       struct route_request *request)
{
    reply->type = "application/"
                  "vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    return list(reply, request, make_xlsx, "xlsx");
}

static enum err write_head(struct writer *w, struct directory *dir)
{
    uint8_t *room = malloc(EVIDENCE_NOTE_MAX);
    if (room == NULL) return ERR_MEMORY;
    struct writer note = writer_into(room, EVIDENCE_NOTE_MAX);
    enum err err = evidence_checkpoint(&note, dir->db);
    struct bytes rest = writer_bytes(&note), line;
    while (err == OK && bytes_take_line(&line, &rest) && line.len != 0) {
        writer_byte(w, '\n');
        writer_add(w, line);
    }
    free(room);
    return err;
}

enum err download_qr_text(struct writer *w, struct directory *dir,
                          uint64_t draw)
{
    json_t *office = page_site_office(dir);
    struct bytes site = { NULL, 0 };
    enum err err = OK;
    if (json_read_string(&site, json_read_member(office, "site")) == OK) {
        writer_add(w, site);
        writer_text(w, "/draws/");
        writer_u64(w, draw);
    } else {
        writer_text(w, "第 ");
        writer_u64(w, draw);
        writer_text(w, " 号抽取");
        err = write_head(w, dir);
    }
    json_decref(office);
    return err == OK && w->is_full ? ERR_LIMIT : err;
}

enum err download_qr(struct route_reply *reply, struct route_request *request)
{
    struct store_log_entry wish = { .draw = request->number }, found;
    uint8_t room[DOWNLOAD_TEXT_MAX];
    struct writer text = writer_into(room, sizeof room);
    uint64_t module = 0;
    enum err err = parameter_number(&module, &request->query, "module",
                                    QR_MODULE_MAX, DOWNLOAD_MODULE_UM);
    if (err == OK && module < QR_MODULE_MIN) err = ERR_INPUT;
    if (err == OK) err = store_log_find(&found, request->dir->db, &wish);
    if (err == OK)
        err = download_qr_text(&text, request->dir, request->number);
    if (err != OK) return err;
    uint8_t *svg = malloc(QR_SVG_MAX);
    if (svg == NULL) return ERR_MEMORY;
    struct writer w = writer_into(svg, QR_SVG_MAX);
    err = qr_svg(&w, writer_bytes(&text), (uint32_t)module);
    reply->type = "image/svg+xml";
    if (err == OK) err = route_body(reply, writer_bytes(&w));
    free(svg);
    return err;
}
