#include "domain/register.h"

#include "core/uscc.h"
#include "domain/area.h"
#include "domain/twin.h"
#include "format/text.h"

enum { CODE, NAME, TYPE, DISTRICT, RISK, TAGS, FIELD_COUNT };

static const struct table_column columns[FIELD_COUNT] = {
    [CODE] = { "统一社会信用代码",
               "统一社会信用代码|统一社会信用代码注册号|社会信用代码|"
               "统一信用代码|信用代码|统一代码|统一社会信用代码18位|"
               "社会统一信用代码|统一信用码|CODE|USCC|CREDITCODE|"
               "UNISCID|UNIFIEDSOCIALCREDITCODE|UNIFIEDCODE|注册号|"
               "工商注册号|登记号|REGNO|代码|编号|主体代码|ID",
               TABLE_CODE, USCC_ID_MAX, true, true },
    [NAME] = { "名称",
               "企业名称|名称|主体名称|市场主体名称|经营主体名称|单位名称|"
               "企业机构名称|机构名称|公司名称|当事人名称|纳税人名称|户名|"
               "检查对象名称|检查对象|对象名称|商户名称|字号名称|NAME|"
               "ENTNAME|COMPANY|COMPANYNAME|ENTERPRISENAME|ENTERPRISE",
               TABLE_NAME, 1000, true, true },
    [TYPE] = { "类型",
               "企业类型|主体类型|类型|市场主体类型|经营主体类型|"
               "企业机构类型|对象类型|TYPE|ENTTYPE|COMPANYTYPE|"
               "ENTERPRISETYPE",
               TABLE_NAME, 200, false, true },
    [DISTRICT] = { "区划",
                   "行政区划|行政区划代码|区划|区划代码|所属区划|所属区县|"
                   "所在区县|区县|县区|县市区|县|DISTRICT|DISTRICTCODE|AREA|"
                   "AREACODE|COUNTY|REGION|地区|所在地区|所属地区|属地",
                   TABLE_LABEL, 200, false, false },
    [RISK] = { "风险等级",
               "风险等级|信用风险等级|信用风险分类|风险分类|信用风险类别|"
               "风险类别|信用风险|分类等级|风险|RISK|RISKCLASS|RISKLEVEL|"
               "RISKGRADE",
               TABLE_LABEL, 200, false, false },
    [TAGS] = { "监管标签", "监管标签|标签|企业标签|TAGS|TAG|LABELS|LABEL",
               TABLE_NAME, 1000, false, false },
};

static bool has_kind(struct bytes code)
{
    for (size_t i = 0; i < code.len; i++)
        if (code.at[i] == ':') return true;
    return false;
}

/* 9.1140800E+17: what a spreadsheet makes of eighteen digits. */
static bool is_scientific(struct bytes code)
{
    size_t i = 0;
    while (i < code.len &&
           (code.at[i] == '.' || (code.at[i] >= '0' && code.at[i] <= '9')))
        i++;
    return i > 0 && i + 1 < code.len && code.at[i] == 'E' &&
           code.at[i + 1] == '+';
}

/* False: the code cannot stand in a row. */
static bool check_code(struct table *table)
{
    struct bytes code = table->fields[CODE];
    if (is_scientific(code)) {
        table_error(table, CODE,
                    "被 Excel 改成了科学计数：把这一列设为“文本”再填");
        return false;
    }
    if (!uscc_is_id(code)) {
        table_error(table, CODE, "只能由 1 至 64 个数字、字母和 : . _ - 组成");
        return false;
    }
    if (code.at[0] == '.') { /* such a page has no address */
        table_error(table, CODE, "不能以 . 开头");
        return false;
    }
    if (!bytes_equal(code, table->raw[CODE]))
        table_warn(table, CODE, "已改为半角大写并去掉空格");
    if (has_kind(code)) return true; /* a product or a project */
    switch (uscc_form(code)) {
    case USCC_GOOD:
        break;
    case USCC_CHECK_FAILS:
        table_warn(table, CODE, "校验位不符");
        break;
    case USCC_ORGANISATION_FAILS:
        table_warn(table, CODE, "其中组织机构代码的校验位不符");
        break;
    case USCC_LEGACY:
        table_warn(table, CODE, "是 15 位旧注册号");
        break;
    case USCC_OTHER:
        table_warn(table, CODE, "不是统一社会信用代码，也不是旧注册号");
        break;
    }
    return true;
}

/* Six digits out of the column, else out of the code, else nothing. */
static void derive_district(struct table *table)
{
    struct bytes area, cell = table->fields[DISTRICT];
    if (area_read(&area, cell, false) != OK &&
        uscc_area(&area, table->fields[CODE]) != OK)
        area = bytes_text("");

    if (area.len == 0)
        table_warn(table, table_has(table, DISTRICT) ? DISTRICT : CODE,
                   "得不出行政区划，留空");
    else if (!area_is_known(area))
        table_warn(table, bytes_equal(area, cell) ? DISTRICT : CODE,
                   "行政区划不在本地代码表中");
    table->fields[DISTRICT] = area;
}

/* People write in many ways that there is no class. */
static void plain_risk(struct bytes *risk)
{
    static const char *const none[] = { "N/A",    "NA",    "n/a", "NULL",
                                        "null",   "无",    "-",   "--",
                                        "/",      "—",     "空",  "未评",
                                        "未分类", "未评级" };
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        if (bytes_equal_text(*risk, none[i])) *risk = bytes_text("");
}

static enum err read_rows(struct sheet *sheet, struct table *table,
                          void *context)
{
    *(bool *)context = table_has(table, RISK);
    for (;;) {
        enum err err = table_next(table);
        if (err != OK) return err;
        if (!check_code(table)) continue;
        derive_district(table);
        plain_risk(&table->fields[RISK]);
        struct sheet_origin origin = { (uint32_t)table_row(table),
                                       table_cells(table, CODE) };
        err = sheet_add(sheet, table->fields, FIELD_COUNT, origin);
        if (err != OK) return err;
    }
}

enum err register_read(struct sheet **sheet, bool *has_risk,
                       struct report *report, struct bytes file)
{
    const struct twin_kind kind = { .columns = columns,
                                    .count = FIELD_COUNT,
                                    .rows = read_rows,
                                    .context = has_risk };
    return twin_read(sheet, report, file, &kind);
}

bool register_next(struct register_row *row, struct edition_walk *walk,
                   uint8_t *room)
{
    struct bytes line, fields[FIELD_COUNT];
    if (!edition_walk_next(&line, walk)) return false;
    walk->err = line.len > REGISTER_LINE_MAX
                    ? ERR_FORMAT
                    : sheet_read_line(fields, FIELD_COUNT, line, room);
    if (walk->err != OK) return false;
    *row =
        (struct register_row){ fields[CODE],     fields[NAME], fields[TYPE],
                               fields[DISTRICT], fields[RISK], fields[TAGS] };
    return true;
}
