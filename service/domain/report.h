/*
 * report — what an import found: place, value, reason.
 *
 *     row  column             value    reason
 *     17   统一社会信用代码    9114…    校验位不符
 *
 * All are counted, the first 1,000 errors and 1,000 warnings are kept.
 * Source: the rules of `import` in the README.
 */
#ifndef DOMAIN_REPORT_H
#define DOMAIN_REPORT_H

#include "core/bytes.h"

enum { REPORT_LINE_MAX = 1000, REPORT_VALUE_MAX = 120, REPORT_SUM_MAX = 32 };

enum report_level { REPORT_WARNING, REPORT_ERROR, REPORT_LEVEL_COUNT };

struct report_line {
    uint64_t row;       /* from 1, the header; 0: the file as a whole */
    const char *column; /* Chinese title, a constant; "" for a row    */
    const char *reason; /* Chinese, a constant                        */
    char value[REPORT_VALUE_MAX + 1]; /* cut at a whole character     */
};

/* How often one reason was given. */
struct report_sum {
    const char *reason;
    uint64_t count;
};

struct report {
    struct report_line *lines[REPORT_LEVEL_COUNT]; /* owned */
    uint64_t count[REPORT_LEVEL_COUNT];            /* all, kept or not */
    /* By reason, those met first; NULL after the last. */
    struct report_sum sums[REPORT_LEVEL_COUNT][REPORT_SUM_MAX];
};

/* All zero is an empty report. */
void report_release(struct report *report);

/* `column` and `reason` are constants.  Without memory only the count grows. */
void report_add(struct report *report, enum report_level level, uint64_t row,
                const char *column, struct bytes value, const char *reason);

/* Lines kept of a level. */
size_t report_kept(const struct report *report, enum report_level level);

/*
 * One line as TSV with its line end: row, column, value, reason; tabs and
 * line ends inside a value become blanks.
 */
void report_write(struct writer *w, const struct report_line *line);

#endif
