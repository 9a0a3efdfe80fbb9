/*
 * route — which handler answers which path.
 *
 *     /api/v1/draws/#/targets/…      # a number from 1, … the rest
 *
 * Source: README, "HTTP".
 */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "domain/directory.h"

/* How long an answer may be kept. */
enum route_cache { ROUTE_NO_STORE, ROUTE_NO_CACHE, ROUTE_FOR_EVER };

/* An answer; `body` is from malloc and owned by whoever sends it. */
struct route_reply {
    unsigned status;
    const char *type;
    enum route_cache cache;
    struct bytes body;
};

/* `number` and `rest` are what # and the rest stood for. */
struct route_request {
    struct directory *dir;
    uint64_t number;
    struct bytes rest;
};

/*
 * Answers a path that passed the guard.  Always fills `reply`; an error is
 * an application/problem+json.  Not reentrant: one caller at a time.
 */
void route_answer(struct route_reply *reply, struct directory *dir,
                  struct bytes path);
/* An error as application/problem+json; `title` in Chinese. */
void route_problem(struct route_reply *reply, unsigned status,
                   const char *title);
/* Keep a copy of `body`.  ERR_MEMORY. */
MUST_CHECK enum err route_body(struct route_reply *reply, struct bytes body);

/* The handlers: ERR_ABSENT is 404, every other error 500. */
typedef enum err route_handler(struct route_reply *, struct route_request *);
route_handler log_checkpoint, log_heads, log_tile, log_file;
route_handler api_health, api_items, api_plans, api_draws, api_draw,
    api_proof, api_openings, api_target;

#endif
