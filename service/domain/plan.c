#include "domain/plan.h"

#include <stdlib.h>
#include <string.h>

#include "core/canon.h"
#include "core/rate.h"
#include "core/uscc.h"
#include "domain/batch.h"
#include "domain/twin.h"
#include "format/text.h"

enum {
    CODE,
    YEAR,
    NAME,
    ITEMS,
    DEPARTMENTS,
    QUOTA,
    STRATUM,
    SCOPE,
    LEAST,
    FOLLOWS,
    FIRST,
    OTHERS,
    FIELD_COUNT
};
enum { PLAN_NAME_MAX = 200, PLAN_TEXT_MAX = 4000 };

static const struct table_column columns[FIELD_COUNT] = {
    [CODE] = { "编号",
               "编号|计划编号|抽查计划编号|批次|批次编号|序号|CODE|"
               "NUMBER|NO|BATCH",
               TABLE_CODE, USCC_ID_MAX, true, true },
    [YEAR] = { "年度", "年度|年份|计划年度|YEAR", TABLE_CODE, 16, true, false },
    [NAME] = { "名称", "名称|计划名称|任务名称|抽查任务名称|NAME|TITLE",
               TABLE_NAME, PLAN_NAME_MAX, true, true },
    [ITEMS] = { "事项", "事项|抽查事项|事项编号|抽查事项编号|ITEMS|ITEM",
                TABLE_NAME, PLAN_TEXT_MAX, true, true },
    [DEPARTMENTS] = { "部门",
                      "部门|检查部门|抽查部门|实施部门|检查主体|"
                      "DEPARTMENTS|DEPARTMENT",
                      TABLE_NAME, PLAN_TEXT_MAX, false, true },
    [QUOTA] = { "数量或比例",
                "数量或比例|比例或数量|抽查比例数量|抽查比例|比例|数量|"
                "抽取比例|抽取数量|抽查比例及频次|抽取对象数户|QUOTA|TAKE|RATE|"
                "COUNT",
                TABLE_CODE, 200, true, false },
    [STRATUM] = { "分层", "分层|层|风险等级|分类|STRATUM|RISK", TABLE_LABEL,
                  PLAN_NAME_MAX, false, true },
    [SCOPE] = { "对象范围",
                "对象范围|抽查对象范围|抽查对象|检查对象|范围|"
                "SCOPE",
                TABLE_NAME, PLAN_TEXT_MAX, false, true },
    [LEAST] = { "至少一户", "至少一户|至少一个|LEAST", TABLE_CODE, 8, false,
                false },
    [FOLLOWS] = { "承接抽取号", "承接抽取号|承接|FOLLOWS", TABLE_CODE, 16,
                  false, false },
    [FIRST] = { "发起部门", "发起部门|牵头部门|INITIATOR", TABLE_NAME,
                PLAN_TEXT_MAX, false, true },
    [OTHERS] = { "配合部门", "配合部门|参与部门|PARTNERS", TABLE_NAME,
                 PLAN_TEXT_MAX, false, true },
};

/* "2027" or "2027年". */
static bool read_year(uint64_t *year, struct bytes text)
{
    if (text.len > 4 && bytes_equal_text(bytes_slice(text, 4, text.len), "年"))
        text.len = 4;
    return bytes_read_u64(year, text, 9999) == OK && *year >= 2000;
}

/* What people add to a count falls away: 20户, 20家. */
static struct bytes plain_take(struct bytes text)
{
    static const char *const units[] = { "户", "家", "个", "件" };
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        size_t len = strlen(units[i]);
        if (text.len > len &&
            bytes_equal_text(bytes_slice(text, text.len - len, len), units[i]))
            text.len -= len;
    }
    return text;
}

static bool is_yes(struct bytes cell)
{
    return bytes_equal_text(cell, "1") || bytes_equal_text(cell, "是") ||
           bytes_equal_text(cell, "YES") || bytes_equal_text(cell, "Y");
}

static bool is_no(struct bytes cell)
{
    return cell.len == 0 || bytes_equal_text(cell, "0") ||
           bytes_equal_text(cell, "否") || bytes_equal_text(cell, "NO") ||
           bytes_equal_text(cell, "N");
}

static bool is_plain(struct bytes code)
{
    return memchr(code.at, '"', code.len) == NULL &&
           memchr(code.at, '\\', code.len) == NULL;
}

/* All that one row says alone; false: the report holds the error. */
static bool check_row(struct batch_row *row, uint64_t *year,
                      struct table *table)
{
    struct bytes *fields = table->fields;
    uint64_t its_year, follows = 0;
    struct rate rate;
    if (!is_plain(fields[CODE])) {
        table_error(table, CODE, "不能含引号、反斜线");
    } else if (!read_year(&its_year, fields[YEAR])) {
        table_error(table, YEAR, "不是年份");
    } else if (*year != 0 && its_year != *year) {
        table_error(table, YEAR, "一个文件只能有一个年度");
    } else if (rate_read(&rate, plain_take(fields[QUOTA])) != OK) {
        table_error(table, QUOTA,
                    "请写成数量（如 20）或比例（如 3%，全部是 100%）");
    } else if (!is_yes(fields[LEAST]) && !is_no(fields[LEAST])) {
        table_error(table, LEAST, "请写 是 或 否");
    } else if (fields[FOLLOWS].len != 0 &&
               bytes_read_u64(&follows, fields[FOLLOWS],
                              (uint64_t)CANON_INTEGER_MAX) != OK) {
        table_error(table, FOLLOWS, "不是抽取号");
    } else {
        *year = its_year;
        *row = (struct batch_row){
            .row = table_row(table),
            .code = fields[CODE],
            .name = fields[NAME],
            .items = fields[ITEMS],
            .departments = { fields[DEPARTMENTS], fields[FIRST],
                             fields[OTHERS] },
            .scope = fields[SCOPE],
            .stratum = fields[STRATUM],
            .take = plain_take(fields[QUOTA]),
            .is_least_one = is_yes(fields[LEAST]),
            .follows = follows,
        };
        return true;
    }
    return false;
}

static enum err read_rows(struct batch_list *list, uint64_t *year,
                          struct table *table)
{
    for (;;) {
        struct batch_row row;
        enum err err = table_next(table);
        if (err != OK) return err;
        if (check_row(&row, year, table)) err = batch_list_add(list, &row);
        if (err != OK) return err;
    }
}

struct reading {
    uint64_t *year;
    const struct sheet *items;
};

/* Rows of one batch stand apart in the file: all are read, then written. */
static enum err read_batches(struct sheet *sheet, struct table *table,
                             void *context)
{
    const struct reading *reading = context;
    struct batch_list list = { 0 };
    enum err err = read_rows(&list, reading->year, table);
    if (err == ERR_ABSENT) {
        enum err written =
            batch_list_write(sheet, &list, table->report, reading->items);
        if (written != OK) err = written;
    }
    batch_list_release(&list);
    return err;
}

enum err plan_read(struct sheet **sheet, uint64_t *year, struct report *report,
                   struct bytes file, const struct sheet *items)
{
    struct reading reading = { year, items };
    const struct twin_kind kind = { .columns = columns,
                                    .count = FIELD_COUNT,
                                    .rows = read_batches,
                                    .context = &reading };
    *year = 0;
    return twin_read(sheet, report, file, &kind);
}
