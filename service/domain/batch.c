#include "domain/batch.h"

#include <stdlib.h>
#include <string.h>

#include "core/canon.h"
#include "format/text.h"

enum {
    BATCH_ROW_MAX = 10000,
    BATCH_ITEM_MAX = 256,
    BATCH_DEPARTMENT_MAX = 32,
    BATCH_QUOTA_MAX = 256,
    BATCH_LINE_MAX = 1 << 18,
    FIELD_COUNT = 9
};

/* The borrowed parts of a row, in one array. */
static void parts(struct bytes *part[FIELD_COUNT], struct batch_row *row)
{
    struct bytes *const all[FIELD_COUNT] = {
        &row->code,           &row->name,           &row->items,
        &row->departments[0], &row->scope,          &row->stratum,
        &row->take,           &row->departments[1], &row->departments[2],
    };
    memcpy(part, all, sizeof all);
}

enum err batch_list_add(struct batch_list *list, const struct batch_row *row)
{
    if (list->count == BATCH_ROW_MAX) return ERR_LIMIT;
    if (list->count == list->max) {
        size_t max = list->max * 2 + 64;
        void *rows = realloc(list->rows, max * sizeof *list->rows);
        if (rows == NULL) return ERR_MEMORY;
        list->rows = rows;
        list->max = max;
    }
    struct batch_row copy = *row;
    struct bytes *part[FIELD_COUNT];
    parts(part, &copy);
    size_t len = 1;
    for (size_t i = 0; i < FIELD_COUNT; i++) len += part[i]->len;
    uint8_t *room = malloc(len); /* code.at owns it */
    if (room == NULL) return ERR_MEMORY;
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        bytes_copy(room, part[i]->at, part[i]->len);
        part[i]->at = room;
        room += part[i]->len;
    }
    list->rows[list->count++] = copy;
    return OK;
}

void batch_list_release(struct batch_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        union {
            const uint8_t *borrowed;
            void *owned;
        } at = { list->rows[i].code.at };
        free(at.owned);
    }
    free(list->rows);
    *list = (struct batch_list){ 0 };
}

/* What is being written: one batch, and where its faults go. */
struct writing {
    struct report *report;
    const struct sheet *items;
    const struct batch_row *first;
    struct canon *j;
};

static void fault(const struct writing *w, const char *title,
                  struct bytes value, const char *reason)
{
    report_add(w->report, REPORT_ERROR, w->first->row, title, value, reason);
}

/* The names of one array, each once. */
struct names {
    struct bytes at[BATCH_ITEM_MAX];
    size_t count, max;
};

/* False: there are too many. */
static bool add_name(struct names *names, struct bytes name)
{
    for (size_t i = 0; i < names->count; i++)
        if (bytes_equal(names->at[i], name)) return true;
    if (names->count == names->max) return false;
    names->at[names->count++] = name;
    return true;
}

static void write_names(struct canon *j, const char *key,
                        const struct names *names)
{
    canon_key(j, key);
    canon_array(j);
    for (size_t i = 0; i < names->count; i++) canon_string(j, names->at[i]);
    canon_array_end(j);
}

/* The code of the item with this code or this name. */
static bool find_item(struct bytes *code, const struct sheet *items,
                      struct bytes cell)
{
    uint8_t room[512];
    struct writer w = writer_into(room, sizeof room);
    size_t index;
    if (text_code(&w, cell) == OK && !w.is_full &&
        sheet_find(&index, items, writer_bytes(&w)) == OK) {
        *code = sheet_key(items, index);
        return true;
    }
    uint8_t wanted[1024]; /* "name":"…" can stand in a line only as itself */
    struct writer name = writer_into(wanted, sizeof wanted);
    struct canon j = canon_into(&name);
    writer_byte(&name, ',');
    canon_member_string(&j, "name", cell);
    writer_byte(&name, ',');
    if (name.is_full) return false;
    for (size_t i = 0; i < sheet_count(items); i++) {
        struct bytes line = sheet_line(items, i);
        if (memmem(line.at, line.len, name.at, name.len) == NULL) continue;
        *code = sheet_key(items, i);
        return true;
    }
    return false;
}

static void write_items(const struct writing *w)
{
    struct names codes = { .max = BATCH_ITEM_MAX };
    struct bytes code, name, rest = w->first->items;
    /* A name may hold the mark that joins names: first all of the cell. */
    if (find_item(&code, w->items, rest)) {
        add_name(&codes, code);
        rest.len = 0;
    }
    while (text_next_name(&name, &rest)) {
        if (!find_item(&code, w->items, name))
            fault(w, "事项", name,
                  "不在抽查事项清单中，请先导入事项清单或改正编号");
        else if (!add_name(&codes, code))
            fault(w, "事项", name, "一个批次最多 256 个事项");
    }
    write_names(w->j, "items", &codes);
}

static void write_departments(const struct writing *w)
{
    struct names names = { .max = BATCH_DEPARTMENT_MAX };
    for (size_t i = 0; i < 3; i++) {
        struct bytes name, rest = w->first->departments[i];
        while (text_next_name(&name, &rest)) {
            if (name.len > 200)
                fault(w, "部门", name, "内容过长");
            else if (!add_name(&names, name))
                fault(w, "部门", name, "一个批次最多 32 个部门");
        }
    }
    if (names.count == 0) fault(w, "部门", bytes_text(""), "至少要有一个部门");
    write_names(w->j, "departments", &names);
}

/* Later rows of a batch may leave these empty, but not say otherwise. */
static void check_agrees(const struct writing *w, const struct batch_row *row)
{
    static const char *const titles[FIELD_COUNT] = {
        NULL, "名称", "事项",     "部门",     "对象范围",
        NULL, NULL,   "发起部门", "配合部门",
    };
    struct batch_row a = *w->first, b = *row;
    struct bytes *of_a[FIELD_COUNT], *of_b[FIELD_COUNT];
    parts(of_a, &a);
    parts(of_b, &b);
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (titles[i] == NULL || of_b[i]->len == 0) continue;
        if (bytes_equal(*of_a[i], *of_b[i])) continue;
        report_add(w->report, REPORT_ERROR, row->row, titles[i], *of_b[i],
                   "与同一编号的前一行不一致");
    }
    if (a.follows != b.follows)
        report_add(w->report, REPORT_ERROR, row->row, "承接抽取号",
                   bytes_text(""), "与同一编号的前一行不一致");
}

static struct bytes stratum_of(const struct batch_row *row)
{
    return row->stratum.len == 0 ? bytes_text("全部") : row->stratum;
}

static void write_quotas(const struct writing *w, const struct batch_row *end)
{
    struct names strata = { .max = BATCH_QUOTA_MAX };
    canon_key(w->j, "quotas");
    canon_array(w->j);
    for (const struct batch_row *row = w->first; row < end; row++) {
        if (!bytes_equal(row->code, w->first->code)) continue;
        if (row != w->first) check_agrees(w, row);
        size_t before = strata.count;
        if (!add_name(&strata, stratum_of(row)) || strata.count == before)
            report_add(w->report, REPORT_ERROR, row->row, "分层",
                       stratum_of(row),
                       before == BATCH_QUOTA_MAX ? "一个批次最多 256 层"
                                                 : "同一编号下这一层出现两次");
        canon_object(w->j);
        canon_member_u64(w->j, "least", row->is_least_one);
        canon_member_string(w->j, "name", stratum_of(row));
        canon_member_string(w->j, "take", row->take);
        canon_object_end(w->j);
    }
    canon_array_end(w->j);
}

static void write_batch(const struct writing *w, const struct batch_row *end)
{
    canon_object(w->j);
    canon_member_string(w->j, "code", w->first->code);
    write_departments(w);
    canon_member_u64(w->j, "follows", w->first->follows);
    write_items(w);
    canon_member_string(w->j, "name", w->first->name);
    write_quotas(w, end);
    canon_member_string(w->j, "scope", w->first->scope);
    canon_object_end(w->j);
}

static bool is_first_of_code(const struct batch_list *list, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (bytes_equal(list->rows[i].code, list->rows[index].code))
            return false;
    return true;
}

enum err batch_list_write(struct sheet *sheet, const struct batch_list *list,
                          struct report *report, const struct sheet *items)
{
    uint8_t *room = malloc(BATCH_LINE_MAX);
    enum err err = room == NULL ? ERR_MEMORY : OK;
    for (size_t i = 0; i < list->count && err == OK; i++) {
        if (!is_first_of_code(list, i)) continue;
        const struct batch_row *first = &list->rows[i];
        struct writer w = writer_into(room, BATCH_LINE_MAX);
        struct canon j = canon_into(&w);
        const struct writing writing = { report, items, first, &j };
        write_batch(&writing, list->rows + list->count);
        writer_byte(&w, '\n');
        struct sheet_origin origin = { (uint32_t)first->row, 0 };
        err = w.is_full ? ERR_LIMIT
                        : sheet_add_line(sheet, first->code, writer_bytes(&w),
                                         origin);
    }
    free(room);
    return err;
}
