/*
 * server — the read side over HTTP: GET and HEAD, nothing writes.
 *
 * Source: libmicrohttpd's manual; c2sp.org/tlog-tiles on headers.
 */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "domain/directory.h"

struct server;

/*
 * Starts to answer at an IPv4 address and port, from a directory that stays
 * open and is used by nobody else until server_stop().
 *   ERR_FORMAT  not an address     ERR_IO  taken, or not ours     ERR_MEMORY
 */
MUST_CHECK enum err server_start(struct server **server, struct directory *dir,
                                 const char *address, uint16_t port);
/* Ends all answers and frees it; NULL is fine. */
void server_stop(struct server *server);

#endif
