/*
 * clock — the time, asked for in one place, so that a rehearsal can bring
 * its own.
 *
 *     struct clock clock = clock_machine();        // the computer's
 *     struct clock clock = clock_virtual(1767225600);  // moves on waiting
 *
 * All times are Unix seconds, UTC.
 * Source: RFC 3339.
 */
#ifndef HOST_CLOCK_H
#define HOST_CLOCK_H

#include "core/bytes.h"

#define CLOCK_TEXT_MAX 32 /* bytes of a printed time with its NUL */

/* Passed by address to whatever needs the time. */
struct clock {
    bool is_virtual;
    uint64_t time; /* of a virtual clock */
};

struct clock clock_machine(void);
struct clock clock_virtual(uint64_t time);

uint64_t clock_now(const struct clock *clock);
/* Sleep until `time`; a virtual clock is set to it if that is later. */
void clock_wait(struct clock *clock, uint64_t time);

/*
 * Read 2026-01-31T09:30:00Z or 2026-01-31T17:30:00+08:00, or whole Unix
 * seconds in decimal.  No fractions, no leap second, years 1970 to 9999.
 *   ERR_FORMAT  another form      ERR_RANGE  no such day or time
 */
MUST_CHECK enum err clock_read(uint64_t *time, struct bytes text);
/* As 2026-01-31T09:30:00Z, NUL-terminated. */
void clock_print(char to[CLOCK_TEXT_MAX], uint64_t time);
/* For people in China: 2026-01-31 17:30:00, Beijing time. */
void clock_print_beijing(char to[CLOCK_TEXT_MAX], uint64_t time);

#endif
