/*
 * recusal — who may not be sent to whom (回避).
 *
 *     执法证号,统一社会信用代码,理由
 *     HF1001,91140802MA0TE5T24R,近亲属任职
 *
 *     CSV file -> recusal_read -> sheet -> edition_stage -> activate
 *                                   |            |
 *                                   +------------+--> recusal_line, at freeze
 *
 * A line is [code, certificates, reasons], ordered by code: certificates
 * ascending, joined by one blank; their reasons joined by line feeds.  What
 * is published of it are the numbers in `duty`; reasons never are.
 * Source: FORMAT 4.3; the rules of `import` in the README.
 */
#ifndef DOMAIN_RECUSAL_H
#define DOMAIN_RECUSAL_H

#include "domain/edition.h"
#include "domain/report.h"

enum { RECUSAL_TARGET_MAX = 200, RECUSAL_LINE_MAX = 131072 };

/* The libraries in force, or else the newest; NULL: there is none. */
struct recusal_libraries {
    const struct sheet *targets, *inspectors;
};

/*
 * As register_read(); a certificate or code that a library does not hold is
 * a warning, a file without rows is an empty sheet and a warning.
 */
MUST_CHECK enum err recusal_read(struct sheet **sheet, struct report *report,
                                 struct bytes file,
                                 const struct recusal_libraries *libraries);

struct recusal_line {
    struct bytes code, certificates; /* borrowed from the line */
};
/* `room` has RECUSAL_LINE_MAX bytes.  ERR_FORMAT. */
MUST_CHECK enum err recusal_line(struct recusal_line *recusal,
                                 struct bytes line, uint8_t *room);
/* Cuts the next certificate off the list.  False: no more. */
bool recusal_next(struct bytes *certificate, struct bytes *certificates);

#endif
