#include "domain/report.h"

#include <stdlib.h>
#include <string.h>

void report_release(struct report *report)
{
    for (int i = 0; i < REPORT_LEVEL_COUNT; i++) free(report->lines[i]);
    *report = (struct report){ 0 };
}

size_t report_kept(const struct report *report, enum report_level level)
{
    if (report->lines[level] == NULL) return 0;
    uint64_t count = report->count[level];
    return count < REPORT_LINE_MAX ? (size_t)count : REPORT_LINE_MAX;
}

/* Cut before a character that does not fit, blanks for control characters. */
static void keep_value(char *to, struct bytes value)
{
    size_t len = value.len < REPORT_VALUE_MAX ? value.len : REPORT_VALUE_MAX;
    while (len > 0 && len < value.len && (value.at[len] & 0xc0) == 0x80) len--;
    for (size_t i = 0; i < len; i++)
        to[i] = value.at[i] < 0x20 ? ' ' : (char)value.at[i];
    to[len] = '\0';
}

static void sum_up(struct report_sum sums[REPORT_SUM_MAX], const char *reason)
{
    for (size_t i = 0; i < REPORT_SUM_MAX; i++) {
        if (sums[i].reason == NULL) sums[i].reason = reason;
        if (strcmp(sums[i].reason, reason) != 0) continue;
        sums[i].count++;
        return;
    }
}

void report_add(struct report *report, enum report_level level, uint64_t row,
                const char *column, struct bytes value, const char *reason)
{
    uint64_t index = report->count[level]++;
    sum_up(report->sums[level], reason);
    if (index >= REPORT_LINE_MAX) return;
    if (index == 0)
        report->lines[level] =
            calloc(REPORT_LINE_MAX, sizeof *report->lines[level]);
    if (report->lines[level] == NULL) return;

    struct report_line *line = &report->lines[level][index];
    line->row = row;
    line->column = column;
    line->reason = reason;
    keep_value(line->value, value);
}

void report_write(struct writer *w, const struct report_line *line)
{
    writer_u64(w, line->row);
    writer_byte(w, '\t');
    writer_text(w, line->column);
    writer_byte(w, '\t');
    writer_text(w, line->value);
    writer_byte(w, '\t');
    writer_text(w, line->reason);
    writer_byte(w, '\n');
}
