#include "domain/recusal.h"

#include "core/uscc.h"
#include "domain/roster.h"
#include "domain/twin.h"

#include <stdlib.h>

enum { CODE, CERTIFICATE, REASON, FIELD_COUNT };

static const struct table_column columns[FIELD_COUNT] = {
    [CODE] = { "统一社会信用代码",
               "统一社会信用代码|社会信用代码|信用代码|统一代码|代码|"
               "检查对象代码|对象代码|企业代码|注册号|CODE|USCC|CREDITCODE|"
               "TARGET",
               TABLE_CODE, USCC_ID_MAX, true, false },
    [CERTIFICATE] = { "执法证号",
                      "执法证号|执法证编号|执法证号码|行政执法证号|证号|"
                      "执法证件号|证件号|证件号码|CERTIFICATE|"
                      "CERTIFICATENO|CERTIFICATENUMBER|BADGE",
                      TABLE_CODE, USCC_ID_MAX, true, false },
    [REASON] = { "理由",
                 "理由|回避理由|事由|回避事由|原因|备注|REASON|REMARK",
                 TABLE_NAME, 200, false, false },
};

static bool is_held(const struct sheet *library, struct bytes key)
{
    size_t index;
    return library == NULL || sheet_find(&index, library, key) == OK;
}

/* True: the row can be added. */
static bool check_row(struct table *table,
                      const struct recusal_libraries *libraries)
{
    const struct bytes *fields = table->fields;
    bool is_good = true;
    if (!uscc_is_id(fields[CODE])) {
        table_error(table, CODE, "只能由 1 至 64 个数字、字母和 : . _ - 组成");
        is_good = false;
    } else if (!is_held(libraries->targets, fields[CODE])) {
        table_warn(table, CODE, "检查对象名录库里没有这个代码");
    }
    if (!roster_is_certificate(fields[CERTIFICATE])) {
        table_error(table, CERTIFICATE, "不能含引号、反斜线");
        is_good = false;
    } else if (!is_held(libraries->inspectors, fields[CERTIFICATE])) {
        table_warn(table, CERTIFICATE, "执法检查人员名录库里没有这个证号");
    }
    return is_good;
}

static enum err read_rows(struct sheet *rows, struct table *table,
                          const struct recusal_libraries *libraries)
{
    for (;;) {
        enum err err = table_next(table);
        if (err != OK) return err;
        if (!check_row(table, libraries)) continue;
        struct sheet_origin origin = { (uint32_t)table_row(table), 0 };
        err = sheet_add(rows, table->fields, FIELD_COUNT, origin);
        if (err != OK) return err;
    }
}

/* ---- rows of one code become a line ------------------------------------ */

struct group {
    struct report *report;
    struct bytes code;
    size_t count;
    struct bytes certificates[RECUSAL_TARGET_MAX];
    struct bytes reasons[RECUSAL_TARGET_MAX];
    uint8_t line[RECUSAL_LINE_MAX], room[RECUSAL_LINE_MAX];
    uint8_t names[RECUSAL_TARGET_MAX * (USCC_ID_MAX + 1)];
};

static bool keep_both(void *context, const struct sheet *sheet, size_t first,
                      size_t second)
{
    (void)context, (void)sheet, (void)first, (void)second;
    return false;
}

static void refuse(struct group *g, uint64_t row)
{
    report_add(g->report, REPORT_ERROR, row, columns[CODE].title, g->code,
               "一户的回避人员超过 200 名");
}

static void put(struct group *g, const struct bytes *fields, uint64_t row)
{
    size_t at = 0;
    while (at < g->count &&
           bytes_compare(g->certificates[at], fields[CERTIFICATE]) < 0)
        at++;
    if (at < g->count &&
        bytes_equal(g->certificates[at], fields[CERTIFICATE])) {
        report_add(g->report, REPORT_WARNING, row,
                   columns[CERTIFICATE].title, fields[CERTIFICATE],
                   "这一人一户前面已有，只计一次");
        return;
    }
    if (g->count == RECUSAL_TARGET_MAX) {
        refuse(g, row);
        return;
    }
    for (size_t i = g->count++; i > at; i--) {
        g->certificates[i] = g->certificates[i - 1];
        g->reasons[i] = g->reasons[i - 1];
    }
    g->certificates[at] = fields[CERTIFICATE];
    g->reasons[at] = fields[REASON];
}

static enum err add_group(struct sheet *sheet, struct group *g)
{
    struct writer names = writer_into(g->names, sizeof g->names);
    struct writer reasons = writer_into(g->line, sizeof g->line);
    for (size_t i = 0; i < g->count; i++) {
        if (i != 0) writer_text(&names, " ");
        if (i != 0) writer_text(&reasons, "\n");
        writer_add(&names, g->certificates[i]);
        writer_add(&reasons, g->reasons[i]);
    }
    const struct bytes fields[FIELD_COUNT] = {
        [CODE] = g->code,
        [CERTIFICATE] = writer_bytes(&names),
        [REASON] = writer_bytes(&reasons),
    };
    return sheet_add(sheet, fields, FIELD_COUNT, (struct sheet_origin){ 0 });
}

static enum err join(struct sheet *sheet, const struct sheet *rows,
                     struct group *g)
{
    size_t total = sheet_count(rows);
    for (size_t i = 0; i < total;) {
        struct writer room = writer_into(g->room, sizeof g->room);
        g->code = sheet_key(rows, i);
        g->count = 0;
        for (; i < total && bytes_equal(sheet_key(rows, i), g->code); i++) {
            struct bytes fields[FIELD_COUNT], line = sheet_line(rows, i);
            if (line.len > room.max - room.len) {
                refuse(g, sheet_origin(rows, i).row);
                continue;
            }
            enum err err = sheet_read_line(fields, FIELD_COUNT, line,
                                           room.at + room.len);
            if (err != OK) return err;
            room.len += line.len;
            put(g, fields, sheet_origin(rows, i).row);
        }
        enum err err = add_group(sheet, g);
        if (err != OK) return err;
    }
    return OK;
}

static enum err join_all(struct sheet *sheet, struct sheet *rows,
                         struct report *report)
{
    struct group *g = calloc(1, sizeof *g);
    if (g == NULL) return ERR_MEMORY;
    g->report = report;
    sheet_sort(rows, keep_both, NULL);
    enum err err = join(sheet, rows, g);
    free(g);
    return err;
}

static enum err read_all(struct sheet *sheet, struct table *table,
                         void *context)
{
    struct sheet *rows = sheet_make();
    if (rows == NULL) return ERR_MEMORY;
    enum err err = read_rows(rows, table, context);
    if (err == ERR_ABSENT) {
        enum err joined = join_all(sheet, rows, table->report);
        if (joined != OK) err = joined;
    }
    sheet_free(rows);
    return err;
}

enum err recusal_read(struct sheet **sheet, struct report *report,
                      struct bytes file,
                      const struct recusal_libraries *libraries)
{
    struct recusal_libraries known = *libraries;
    const struct twin_kind kind = {
        .columns = columns,
        .count = FIELD_COUNT,
        .rows = read_all,
        .context = &known,
        .empty = "表头下面没有数据：没有人回避",
    };
    return twin_read(sheet, report, file, &kind);
}

enum err recusal_line(struct recusal_line *recusal, struct bytes line,
                      uint8_t *room)
{
    struct bytes fields[FIELD_COUNT];
    if (line.len > RECUSAL_LINE_MAX) return ERR_FORMAT;
    enum err err = sheet_read_line(fields, FIELD_COUNT, line, room);
    if (err != OK) return err;
    *recusal = (struct recusal_line){ fields[CODE], fields[CERTIFICATE] };
    return OK;
}

bool recusal_next(struct bytes *certificate, struct bytes *certificates)
{
    size_t len = 0;
    while (len < certificates->len && certificates->at[len] != ' ') len++;
    *certificate = bytes_slice(*certificates, 0, len);
    bool has = len != 0;
    if (len < certificates->len) len++;
    *certificates = bytes_slice(*certificates, len, certificates->len);
    return has;
}
