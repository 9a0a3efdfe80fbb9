#include "domain/item.h"

#include "core/canon.h"
#include "core/uscc.h"
#include "domain/twin.h"
#include "format/text.h"

enum {
    CODE,
    FIELD,
    NAME,
    PART,
    BASIS,
    BODY,
    TARGETS,
    CATEGORY,
    WAY,
    FIRST,
    OTHERS,
    FIELD_COUNT
};
enum { ITEM_NAME_MAX = 200, ITEM_TEXT_MAX = 4000, ITEM_LINE_MAX = 65536 };

static const struct table_column columns[FIELD_COUNT] = {
    [CODE] = { "编号",
               "编号|事项编号|抽查事项编号|序号|事项编码|编码|CODE|"
               "NUMBER|NO|ITEMCODE",
               TABLE_CODE, USCC_ID_MAX, true, true },
    [FIELD] = { "抽查领域", "抽查领域|领域|FIELD|抽查类别名称|抽查大项",
                TABLE_NAME, ITEM_TEXT_MAX, false, true },
    [NAME] = { "抽查事项", "抽查事项|事项|事项名称|抽查事项名称|ITEM|NAME",
               TABLE_NAME, ITEM_NAME_MAX, true, true },
    [PART] = { "抽查子项", "抽查子项|子项|检查内容|SUBITEM", TABLE_NAME,
               ITEM_NAME_MAX, false, true },
    [BASIS] = { "抽查依据",
                "抽查依据|依据|法律依据|检查依据|执法依据|"
                "BASIS|LAW",
                TABLE_NAME, ITEM_TEXT_MAX, true, true },
    [BODY] = { "抽查主体", "抽查主体|检查主体|抽查部门|部门|DEPARTMENTS|BODY",
               TABLE_NAME, ITEM_TEXT_MAX, false, true },
    [TARGETS] = { "抽查对象", "抽查对象|检查对象|对象|TARGETS", TABLE_NAME,
                  ITEM_TEXT_MAX, false, true },
    [CATEGORY] = { "类别", "类别|事项类别|抽查类别|CATEGORY", TABLE_LABEL, 200,
                   false, false },
    [WAY] = { "抽查方式", "抽查方式|检查方式|方式|WAY|METHOD", TABLE_NAME,
              ITEM_TEXT_MAX, false, true },
    [FIRST] = { "发起部门", "发起部门|牵头部门|INITIATOR", TABLE_NAME,
                ITEM_TEXT_MAX, false, true },
    [OTHERS] = { "配合部门", "配合部门|参与部门|PARTNERS", TABLE_NAME,
                 ITEM_TEXT_MAX, false, true },
};

/* Names of a cell that were not written yet, as strings of the array. */
static void write_names(struct canon *j, struct bytes cell, struct bytes before)
{
    struct bytes name, rest = cell;
    while (text_next_name(&name, &rest)) {
        struct bytes earlier = bytes_of(cell.at, (size_t)(name.at - cell.at));
        struct bytes other, listed = before;
        bool is_new = true;
        while (is_new && text_next_name(&other, &listed))
            is_new = !bytes_equal(other, name);
        while (is_new && text_next_name(&other, &earlier))
            is_new = !bytes_equal(other, name);
        if (is_new) canon_string(j, name);
    }
}

/* 发起 and 配合 where they are given, else 主体. */
static void write_departments(struct canon *j, const struct bytes *fields)
{
    canon_key(j, "departments");
    canon_array(j);
    if (fields[FIRST].len != 0) {
        write_names(j, fields[FIRST], bytes_text(""));
        write_names(j, fields[OTHERS], fields[FIRST]);
    } else {
        write_names(j, fields[BODY], bytes_text(""));
    }
    canon_array_end(j);
}

/* 抽查事项 and 抽查子项 as one name. */
static void write_name(struct canon *j, const struct bytes *fields)
{
    uint8_t room[2 * ITEM_NAME_MAX + 8];
    struct writer w = writer_into(room, sizeof room);
    writer_add(&w, fields[NAME]);
    if (fields[PART].len != 0) {
        writer_text(&w, "：");
        writer_add(&w, fields[PART]);
    }
    canon_member_string(j, "name", writer_bytes(&w));
}

static enum err add_item(struct sheet *sheet, const struct table *table,
                         const char *category)
{
    uint8_t room[ITEM_LINE_MAX];
    struct writer w = writer_into(room, sizeof room);
    struct canon j = canon_into(&w);
    const struct bytes *fields = table->fields;
    canon_object(&j);
    canon_member_string(&j, "basis", fields[BASIS]);
    canon_member_text(&j, "category", category);
    canon_member_string(&j, "code", fields[CODE]);
    write_departments(&j, fields);
    canon_member_string(&j, "field", fields[FIELD]);
    write_name(&j, fields);
    canon_member_string(&j, "targets", fields[TARGETS]);
    canon_member_string(&j, "way", fields[WAY]);
    canon_object_end(&j);
    writer_byte(&w, '\n');
    if (w.is_full) return ERR_LIMIT;

    struct sheet_origin origin = { (uint32_t)table_row(table),
                                   table_cells(table, CODE) };
    return sheet_add_line(sheet, fields[CODE], writer_bytes(&w), origin);
}

static bool is_plain(struct bytes code)
{
    for (size_t i = 0; i < code.len; i++)
        if (code.at[i] == '"' || code.at[i] == '\\') return false;
    return true;
}

static const char *category_of(struct bytes cell)
{
    if (cell.len == 0 || bytes_starts(cell, "一般")) return "一般";
    return bytes_starts(cell, "重点") ? "重点" : NULL;
}

static enum err read_rows(struct sheet *sheet, struct table *table,
                          void *context)
{
    (void)context;
    for (;;) {
        enum err err = table_next(table);
        if (err != OK) return err;
        const char *category = category_of(table->fields[CATEGORY]);
        size_t name_len = table->fields[NAME].len + table->fields[PART].len + 3;
        if (!is_plain(table->fields[CODE]))
            table_error(table, CODE, "不能含引号、反斜线");
        else if (category == NULL)
            table_error(table, CATEGORY, "只能是 一般 或 重点");
        else if (table->fields[PART].len != 0 && name_len > ITEM_NAME_MAX)
            table_error(table, PART, "事项与子项合起来过长");
        else
            err = add_item(sheet, table, category);
        if (err != OK) return err;
    }
}

enum err item_read(struct sheet **sheet, struct report *report,
                   struct bytes file)
{
    const struct twin_kind kind = { .columns = columns,
                                    .count = FIELD_COUNT,
                                    .rows = read_rows };
    return twin_read(sheet, report, file, &kind);
}
