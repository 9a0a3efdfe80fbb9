/*
 * handler — what is served and is not a document of our own making.
 *
 * Source: c2sp.org/tlog-tiles; README, "HTTP".
 */
#ifndef HTTP_HANDLER_H
#define HTTP_HANDLER_H

#include "http/route.h"

route_handler handler_health, handler_proof;                   /* handler.c */
route_handler log_checkpoint, log_heads, log_tile, log_file;   /* log.c     */
route_handler asset_answer;                            /* asset_answer.c   */

#endif
