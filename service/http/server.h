/*
 * server — the read side over HTTP: GET and HEAD, nothing writes.
 *
 * Source: libmicrohttpd's manual; c2sp.org/tlog-tiles on headers.
 */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "domain/directory.h"

#define SERVER_CACHE_MAX ((size_t)64 << 20) /* bytes of kept answers */

struct server;

/*
 * Starts to answer at "127.0.0.1:8686" or "[::1]:8686".
 *   ERR_FORMAT  not such an address     ERR_IO  taken, or not ours
 *   ERR_MEMORY, and the errors of directory_open()
 */
MUST_CHECK enum err server_start(struct server **server,
                                 const struct directory_options *options,
                                 const char *address);
/* Ends all answers and frees it; NULL is fine. */
void server_stop(struct server *server);

#endif
