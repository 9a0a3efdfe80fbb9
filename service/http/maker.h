/*
 * maker — the threads that make answers, each with a connection of its own.
 *
 * The first makes only what is made at once, so that nobody who asks for a
 * checkpoint or the first page waits for a search or a verification; what
 * route_is_slow() names it leaves to the others.
 * Source: libmicrohttpd's manual on suspended connections.
 */
#ifndef HTTP_MAKER_H
#define HTTP_MAKER_H

#include "http/cache.h"
#include "http/watch.h"

enum {
    MAKER_COUNT = 3,
    MAKER_KEY_PLAIN = 'p', /* the first byte of a key, then the address */
    MAKER_KEY_GZIP = 'g'
};

struct maker;

/*
 * Starts the threads; `options` open the directory again for each of them.
 *   ERR_MEMORY, ERR_IO, and the errors of directory_open()
 */
MUST_CHECK enum err maker_start(struct maker **maker, struct cache *cache,
                                struct watch *watch,
                                const struct directory_options *options);
/* After cache_close(): ends the threads.  NULL is fine. */
void maker_stop(struct maker *maker);

#endif
