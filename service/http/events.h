/*
 * events — a draw's document again whenever it changes, as an event stream.
 *
 *     GET /api/v1/draws/7/events
 *
 *     retry: 3000
 *
 *     event: draw
 *     id: "2c26b46b68ffc68ff99b453c1d304134"
 *     data: {"draw":7,…}
 *
 * The first event comes at once, unless Last-Event-ID names it already.  A
 * reader who is slow gets the newest document only, and holds up nobody.
 * Source: the HTML standard, server-sent events.
 */
#ifndef HTTP_EVENTS_H
#define HTTP_EVENTS_H

#include "http/cache.h"
#include "http/watch.h"

enum {
    EVENTS_MAX = 1000,   /* listeners; beyond it 503                      */
    EVENTS_STEP_MS = 100, /* between two looks at a document              */
    EVENTS_BEAT_MS = 15000 /* a comment, so that the dead are noticed     */
};

struct events;

/* Borrowed: both must outlive it.  ERR_MEMORY, ERR_IO. */
MUST_CHECK enum err events_start(struct events **events, struct cache *cache,
                                 struct watch *watch);
/* Ends all streams; before the daemon ends.  Then events_free(). */
void events_stop(struct events *events);
/* NULL is fine. */
void events_free(struct events *events);

/* Is `path` that of a stream?  *len: how much of it names the document. */
bool events_match(size_t *len, struct bytes path);
/* Begins a stream about the document `key`, whose answer is `now`. */
enum MHD_Result events_listen(struct events *events, struct bytes key,
                              struct MHD_Connection *at,
                              const struct answer *now);

#endif
