/*
 * watch — has anything been written since?
 *
 * One number for everything that answers depend on.  It is asked of the
 * database at most once in WATCH_STEP_MS, whoever asks; between two looks
 * answers may be that old.
 * Source: SQLite's manual, PRAGMA data_version.
 */
#ifndef HTTP_WATCH_H
#define HTTP_WATCH_H

#include "store/db.h"

enum { WATCH_STEP_MS = 4 };

struct watch;

/* `db` stays open and is used by nobody else.  ERR_MEMORY. */
MUST_CHECK enum err watch_create(struct watch **watch, struct db *db);
/* NULL is fine. */
void watch_destroy(struct watch *watch);
/* Another number than before: something was written, or it is not known.
 * Any thread. */
uint64_t watch_generation(struct watch *watch);

#endif
