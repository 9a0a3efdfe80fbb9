/*
 * porter — takes connections and gives them to the threads in turn.
 *
 *     listen ──> accept ──┬─> first daemon's thread
 *                         └─> second …
 *
 * Threads that accept for themselves leave one with most of a crowd that
 * comes at once, and the others idle.
 * Source: accept(2); libmicrohttpd's manual, MHD_add_connection().
 */
#ifndef HTTP_PORTER_H
#define HTTP_PORTER_H

#include <microhttpd.h>

#include "core/bytes.h"
#include "core/err.h"

enum { PORTER_DAEMONS_MAX = 8 };

struct porter;

/* Whom connections are given to; they listen at nothing themselves. */
struct porter_house {
    struct MHD_Daemon *daemons[PORTER_DAEMONS_MAX];
    size_t count;
    unsigned connections_max; /* of all together; more are closed */
};

/*
 * Listens at `address`, 127.0.0.1:8686 or [::1]:8686, and begins.
 *   ERR_FORMAT  no such address     ERR_IO  it is taken     ERR_MEMORY
 */
MUST_CHECK enum err porter_start(struct porter **porter,
                                 const struct porter_house *house,
                                 const char *address);
/* Takes no more; the daemons are still the caller's.  NULL is fine. */
void porter_stop(struct porter *porter);

#endif
