/*
 * roster — the library of inspectors (执法检查人员名录库).
 *
 *     CSV file -> roster_read -> sheet -> edition_stage -> activate
 *                                  |            |
 *                                  +-- edition_walk --> roster_load
 *
 * A line is [certificate, name, unit, department, district, qualification,
 * expiry, cap], ordered by certificate.
 * Source: the rules of `import` in the README.
 */
#ifndef DOMAIN_ROSTER_H
#define DOMAIN_ROSTER_H

#include "domain/edition.h"
#include "domain/report.h"

/* One inspector.  Missing values are empty. */
struct roster_row {
    struct bytes certificate;   /* 执法证号, 1 to 64 bytes, normalised   */
    struct bytes name;          /* 1 to 200 bytes                      */
    struct bytes unit;          /* 单位, 1 to 200 bytes                 */
    struct bytes department;    /* 部门, at most 200 bytes              */
    struct bytes district;      /* six digits, or empty: everywhere    */
    struct bytes qualification; /* 资格, at most 1,000 bytes            */
    struct bytes expiry;        /* 有效期至, YYYY-MM-DD, or empty        */
    bool has_cap;
    uint32_t cap; /* 年度任务上限, where has_cap           */
};

struct roster {
    size_t count;
    struct roster_row *rows; /* ascending by certificate */
    uint8_t *room;           /* what the rows borrow     */
};

/*
 * May it be a certificate's number?  It is hashed and shown masked: nothing
 * that needs an escape, no blank.
 */
bool roster_is_certificate(struct bytes text);

/* As register_read(). */
MUST_CHECK enum err roster_read(struct sheet **sheet, struct report *report,
                                struct bytes file);

/*
 * All inspectors of a walk, which is ended.  Released by the caller.
 *   ERR_FORMAT, ERR_MEMORY and the errors of edition_walk_end()
 */
MUST_CHECK enum err roster_load(struct roster *roster,
                                struct edition_walk *walk);
void roster_release(struct roster *roster);

#endif
