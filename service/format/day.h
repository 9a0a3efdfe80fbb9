/*
 * day — a day or a month as people write it, in Beijing time.
 *
 *     2027-04-12   2027/4/12   2027.4.12   2027年4月12日   20270412
 *     2027-04      2027年4月
 *
 * Source: GB/T 7408; China keeps UTC+8 all year.
 */
#ifndef FORMAT_DAY_H
#define FORMAT_DAY_H

#include "core/bytes.h"

/* Unix seconds: from its first second, until the first one behind it. */
struct day {
    uint64_t from, until;
};

/*
 * `text` is UTF-8, full-width digits and blanks are forgiven.
 *   ERR_FORMAT  another form     ERR_RANGE  no such day; 1971 to 9999
 */
MUST_CHECK enum err day_read(struct day *day, struct bytes text);

/* The date in UTC as 20270412T020000Z, 16 letters. */
void day_write_utc(struct writer *w, uint64_t time);

#endif
