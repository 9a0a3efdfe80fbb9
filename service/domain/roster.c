#include "domain/roster.h"

#include <stdlib.h>

#include "core/uscc.h"
#include "domain/area.h"
#include "domain/twin.h"

enum {
    CERTIFICATE,
    NAME,
    UNIT,
    DEPARTMENT,
    DISTRICT,
    QUALIFICATION,
    EXPIRY,
    CAP,
    FIELD_COUNT
};
enum { CAP_MAX = 100000 };

static const struct table_column columns[FIELD_COUNT] = {
    [CERTIFICATE] = { "执法证号",
                      "执法证号|执法证编号|执法证号码|行政执法证号|执法证件号|"
                      "执法证件编号|执法证件号码|证号|证件号|证件号码|证件编号|"
                      "CERTIFICATE|CERTIFICATENO|CERTIFICATENUMBER|BADGE",
                      TABLE_CODE, USCC_ID_MAX, true, false },
    [NAME] = { "姓名", "姓名|检查人员|执法人员|人员姓名|名字|NAME|INSPECTOR",
               TABLE_NAME, 200, true, false },
    [UNIT] = { "单位",
               "单位|所在单位|工作单位|单位名称|执法单位|机关|UNIT|"
               "ORGANISATION|ORGANIZATION|OFFICE",
               TABLE_NAME, 200, true, true },
    [DEPARTMENT] = { "部门", "部门|所属部门|执法部门|主管部门|DEPARTMENT|DEPT",
                     TABLE_NAME, 200, false, false },
    [DISTRICT] = { "区划",
                   "行政区划|行政区划代码|区划|区划代码|区域|区县|"
                   "所属区县|县区|县市区|地区|DISTRICT|AREA|COUNTY|"
                   "REGION",
                   TABLE_LABEL, 200, false, false },
    [QUALIFICATION] = { "资格",
                        "资格|执法资格|资质|执法资质|专长|业务专长|"
                        "资格专长|QUALIFICATION|QUALIFICATIONS|SKILLS",
                        TABLE_NAME, 1000, false, false },
    [EXPIRY] = { "有效期至",
                 "有效期至|有效期|证件有效期|有效期限|执法证有效期|"
                 "到期日期|EXPIRY|EXPIRES|VALIDTO|VALIDUNTIL",
                 TABLE_CODE, 64, false, false },
    [CAP] = { "年度任务上限",
              "年度任务上限|任务上限|年度上限|上限|CAP|"
              "ANNUALCAP|MAX",
              TABLE_CODE, 20, false, false },
};

bool roster_is_certificate(struct bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] <= ' ' || text.at[i] == '"' || text.at[i] == '\\')
            return false;
    return text.len != 0;
}

static bool read_number(uint32_t *number, struct bytes text, size_t *at)
{
    size_t start = *at;
    *number = 0;
    while (*at < text.len && *at - start < 4 && text.at[*at] >= '0' &&
           text.at[*at] <= '9')
        *number = *number * 10 + (uint32_t)(text.at[(*at)++] - '0');
    return *at != start;
}

/* Step over what stands between the parts of a date: - / . or 年 月. */
static bool skip_mark(struct bytes text, size_t *at)
{
    static const char *const marks[] = { "-", "/", ".", "年", "月" };
    struct bytes rest = bytes_slice(text, *at, text.len);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (!bytes_starts(rest, marks[i])) continue;
        *at += bytes_text(marks[i]).len;
        return true;
    }
    return false;
}

static uint32_t days_of(uint32_t year, uint32_t month)
{
    static const uint8_t days[] = { 31, 28, 31, 30, 31, 30,
                                    31, 31, 30, 31, 30, 31 };
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && is_leap ? 29 : days[month - 1];
}

/* 2027-3-1, 2027/03/01, 2027年3月1日 -> "2027-03-01". */
static bool read_date(char to[11], struct bytes text)
{
    uint32_t year, month, day;
    size_t at = 0;
    if (!read_number(&year, text, &at) || !skip_mark(text, &at)) return false;
    if (!read_number(&month, text, &at) || !skip_mark(text, &at)) return false;
    if (!read_number(&day, text, &at)) return false;
    struct bytes rest = bytes_slice(text, at, text.len);
    bool is_end = rest.len == 0 || bytes_equal_text(rest, "日") ||
                  bytes_equal_text(rest, "00:00:00") ||
                  bytes_equal_text(rest, "0:00:00");
    if (!is_end || year < 1900 || year > 9999) return false;
    if (month < 1 || month > 12 || day < 1 || day > days_of(year, month))
        return false;

    const uint32_t digits[] = {
        year / 1000, year / 100 % 10, year / 10 % 10, year % 10,
        99,          month / 10,      month % 10,     99,
        day / 10,    day % 10
    };
    for (size_t i = 0; i < 10; i++)
        to[i] = digits[i] == 99 ? '-' : (char)('0' + digits[i]);
    to[10] = '\0';
    return true;
}

/* True: the row can be added. */
static bool check_row(struct table *table, char date[11])
{
    struct bytes *fields = table->fields;
    if (!roster_is_certificate(fields[CERTIFICATE])) {
        table_error(table, CERTIFICATE, "不能含引号、反斜线");
        return false;
    }
    if (!bytes_equal(fields[CERTIFICATE], table->raw[CERTIFICATE]))
        table_warn(table, CERTIFICATE, "已改为半角大写并去掉空格");

    bool is_good = true;
    struct bytes area = bytes_text("");
    if (fields[DISTRICT].len != 0 &&
        area_read(&area, fields[DISTRICT], true) != OK) {
        table_error(table, DISTRICT,
                    "请写六位行政区划代码（县名只认得运城各县）");
        is_good = false;
    } else if (area.len != 0 && !area_is_known(area)) {
        table_warn(table, DISTRICT, "行政区划不在本地代码表中");
    }
    fields[DISTRICT] = area;
    if (fields[EXPIRY].len != 0 && !read_date(date, fields[EXPIRY])) {
        table_error(table, EXPIRY, "不是日期，请写成 2027-12-31");
        is_good = false;
    } else if (fields[EXPIRY].len != 0) {
        fields[EXPIRY] = bytes_text(date);
    }
    uint64_t cap;
    if (fields[CAP].len != 0 &&
        bytes_read_u64(&cap, fields[CAP], CAP_MAX) != OK) {
        table_error(table, CAP, "不是 0 至 100000 的整数");
        is_good = false;
    }
    return is_good;
}

static enum err read_rows(struct sheet *sheet, struct table *table,
                          void *context)
{
    (void)context;
    for (;;) {
        char date[11];
        enum err err = table_next(table);
        if (err != OK) return err;
        if (!check_row(table, date)) continue;
        struct sheet_origin origin = { (uint32_t)table_row(table),
                                       table_cells(table, CERTIFICATE) };
        err = sheet_add(sheet, table->fields, FIELD_COUNT, origin);
        if (err != OK) return err;
    }
}

enum err roster_read(struct sheet **sheet, struct report *report,
                     struct bytes file)
{
    const struct twin_kind kind = { .columns = columns,
                                    .count = FIELD_COUNT,
                                    .rows = read_rows };
    return twin_read(sheet, report, file, &kind);
}

/* All lines of a walk in one run of bytes, and how many there are. */
static enum err gather(struct writer *w, size_t *count,
                       struct edition_walk *walk)
{
    enum err err = OK;
    for (struct bytes line; err == OK && edition_walk_next(&line, walk);
         ++*count) {
        if (line.len > w->max - w->len) {
            size_t max = w->max * 2 + line.len + 4096;
            uint8_t *at = realloc(w->at, max);
            if (at == NULL) err = ERR_MEMORY;
            if (at != NULL) w->at = at, w->max = max;
        }
        if (err == OK) writer_add(w, line);
    }
    enum err ended = edition_walk_end(walk);
    return err != OK ? err : ended;
}

static enum err read_line(struct roster_row *row, struct bytes line,
                          uint8_t *room)
{
    struct bytes f[FIELD_COUNT];
    enum err err = sheet_read_line(f, FIELD_COUNT, line, room);
    if (err != OK) return err;
    uint64_t cap = 0;
    if (f[CAP].len != 0) err = bytes_read_u64(&cap, f[CAP], CAP_MAX);
    *row = (struct roster_row){
        .certificate = f[CERTIFICATE],
        .name = f[NAME],
        .unit = f[UNIT],
        .department = f[DEPARTMENT],
        .district = f[DISTRICT],
        .qualification = f[QUALIFICATION],
        .expiry = f[EXPIRY],
        .has_cap = f[CAP].len != 0,
        .cap = (uint32_t)cap,
    };
    return err;
}

enum err roster_load(struct roster *roster, struct edition_walk *walk)
{
    *roster = (struct roster){ 0 };
    struct writer w = writer_into(NULL, 0);
    size_t count = 0;
    enum err err = gather(&w, &count, walk);
    /* Twice the lines: a line itself, and room for what was escaped in it. */
    uint8_t *room = err == OK ? realloc(w.at, 2 * w.len + 1) : NULL;
    if (room != NULL) w.at = room;
    if (err == OK) roster->rows = calloc(count + 1, sizeof *roster->rows);
    if (err == OK && (room == NULL || roster->rows == NULL)) err = ERR_MEMORY;
    roster->room = w.at;

    struct bytes rest = writer_bytes(&w);
    for (size_t i = 0; i < count && err == OK; i++) {
        size_t len = 0;
        while (rest.at[len] != '\n') len++;
        len++;
        size_t start = (size_t)(rest.at - roster->room);
        err = read_line(&roster->rows[i], bytes_slice(rest, 0, len),
                        roster->room + w.len + start);
        rest = bytes_slice(rest, len, rest.len);
    }
    roster->count = count;
    if (err != OK) roster_release(roster);
    return err;
}

void roster_release(struct roster *roster)
{
    free(roster->rows);
    free(roster->room);
    *roster = (struct roster){ 0 };
}
