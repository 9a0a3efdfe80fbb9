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

enum err twin_finish(struct sheet *sheet, struct report *report,
                     const char *title, enum err err)
{
    struct twin twin = { report, title };
    if (err != ERR_ABSENT) return err;
    sheet_sort(sheet, judge, &twin);
    if (sheet_count(sheet) == 0 && report->count[REPORT_ERROR] == 0)
        report_add(report, REPORT_ERROR, 0, "", bytes_text(""),
                   "表头下面没有数据");
    return report->count[REPORT_ERROR] == 0 ? OK : ERR_INPUT;
}
