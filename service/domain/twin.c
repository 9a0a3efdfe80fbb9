#include "domain/twin.h"

struct twin {
    struct report *report;
    const char *title;
};

/* Whatever the verdict, the second row goes. */
static bool judge(void *context, const struct sheet *sheet, size_t first,
                  size_t second)
{
    const struct twin *twin = context;
    struct sheet_origin a = sheet_origin(sheet, first);
    struct sheet_origin b = sheet_origin(sheet, second);
    bool is_same = a.cells == b.cells && bytes_equal(sheet_line(sheet, first),
                                                     sheet_line(sheet, second));
    report_add(twin->report, is_same ? REPORT_WARNING : REPORT_ERROR, b.row,
               twin->title, sheet_key(sheet, second),
               is_same ? "与前面一行完全相同，只计一次"
                       : "与前面一行重复而内容不同，请核对后保留一行");
    return true;
}

static enum err finish(struct sheet *sheet, struct report *report,
                       const struct twin_kind *kind)
{
    struct twin twin = { report, kind->columns[0].title };
    sheet_sort(sheet, judge, &twin);
    if (sheet_count(sheet) == 0 && report->count[REPORT_ERROR] == 0)
        report_add(report,
                   kind->empty != NULL ? REPORT_WARNING : REPORT_ERROR, 0, "",
                   bytes_text(""),
                   kind->empty != NULL ? kind->empty : "表头下面没有数据");
    return report->count[REPORT_ERROR] == 0 ? OK : ERR_INPUT;
}

enum err twin_read(struct sheet **sheet, struct report *report,
                   struct bytes file, const struct twin_kind *kind)
{
    struct table table;
    struct sheet *made = sheet_make();
    if (made == NULL) return ERR_MEMORY;
    enum err err =
        table_begin(&table, kind->columns, kind->count, report, file);
    if (err == OK) err = kind->rows(made, &table, kind->context);
    if (err == ERR_ABSENT) err = finish(made, report, kind);
    table_end(&table);
    if (err == OK) *sheet = made;
    else sheet_free(made);
    return err;
}
