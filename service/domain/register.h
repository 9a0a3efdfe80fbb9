/*
 * register — the library of inspection targets (检查对象名录库).
 *
 *     CSV file -> register_read -> sheet -> edition_stage -> activate
 *                                    |            |
 *                                    +-- edition_walk --> register_next
 *
 * A line is [code, name, type, district, risk, tags], ordered by code.
 * Source: GB 32100, GB/T 2260; the rules of `import` in the README.
 */
#ifndef DOMAIN_REGISTER_H
#define DOMAIN_REGISTER_H

#include "domain/edition.h"
#include "domain/report.h"

/* One target.  Missing values are empty. */
struct register_row {
    struct bytes code; /* [0-9A-Z:._-]{1,64}, also kind:code          */
    struct bytes name; /* 1 to 1,000 bytes, NFC                       */
    struct bytes type; /* 主体类型, at most 200 bytes                  */
    struct bytes district; /* six digits of GB/T 2260, or empty           */
    struct bytes risk; /* 风险等级, at most 200 bytes; empty: 未分类    */
    struct bytes tags; /* 监管标签, joined by 、, at most 1,000 bytes   */
};

enum { REGISTER_LINE_MAX = 16384 }; /* bytes of a line, escapes included */

/*
 * Read a file of targets into a sorted sheet, which the caller frees; errors
 * and warnings go to the report.  `has_risk`: the file has that column.
 *   ERR_INPUT  the report holds an error; there is no sheet    ERR_MEMORY
 */
MUST_CHECK enum err register_read(struct sheet **sheet, bool *has_risk,
                                  struct report *report, struct bytes file);

/*
 * The next row of a walk over targets.  Borrowed: from the walk until its
 * next step, or from `room`, of REGISTER_LINE_MAX bytes.
 */
bool register_next(struct register_row *row, struct edition_walk *walk,
                   uint8_t *room);

#endif
