/*
 * route — which resource answers which path.
 *
 *     /api/v1/draws/#/targets/…      # a number from 1, … (a star) the rest
 *
 * A resource is one view: it writes one JSON document.  Without a template
 * that document is the answer, with one it is what the page shows; what is
 * not JSON has a handler.
 * Source: README, "HTTP".
 */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "core/canon.h"
#include "domain/directory.h"
#include "http/index.h"
#include "http/parameter.h"

enum {
    ROUTE_REST_MAX = 256,         /* bytes of what * stood for, decoded */
    ROUTE_JSON_MAX = 16 << 20,    /* bytes of a view's document         */
    ROUTE_ROOM_KEPT = 1 << 20     /* of them that may stay in memory    */
};

/* How long an answer may be kept by others. */
enum route_cache { ROUTE_NO_CACHE, ROUTE_NO_STORE, ROUTE_FOR_EVER };

/*
 * An answer; `body` is from malloc and owned by whoever sends it.  What is
 * large stands in a file instead, which is closed by whoever sends it.
 */
struct route_reply {
    unsigned status;
    const char *type;
    enum route_cache cache;
    struct bytes body;
    bool has_file;
    int file; /* a descriptor, read from its beginning */
    uint64_t file_len;
    char name[64]; /* "": shown; else downloaded under this name, ASCII */

    /* What the cache is to know: how long the answer stays right. */
    bool is_for_ever, is_of_draw, is_passing;
    uint64_t draw, until;
};

/* What is asked, path and query as they were sent. */
struct route_wish {
    struct bytes path, query;
    bool has_query; /* a ? stood there, even with nothing behind it */
};

struct verdict_shelf;
struct route_means;
struct route_request {
    struct directory *dir;
    struct search *search; /* NULL; from route_search() on given back with
                              the answer; views ask there */
    uint64_t number;   /* what # stood for                              */
    struct bytes rest; /* what * stood for, decoded; borrowed           */
    struct parameters query;
    struct route_means *means;
    uint64_t now;   /* Unix seconds; a view has no other clock          */
    uint64_t until; /* a view lowers it to when its text changes though
                       nothing is logged; UINT64_MAX: never             */
    bool is_passing; /* a view sets it: the answer is not kept          */
    uint8_t room[ROUTE_REST_MAX];
};

/*
 * Writes one canonical JSON object or array.  ERR_ABSENT is 404, ERR_INPUT
 * 400, every other error 500.  Room is given until ROUTE_JSON_MAX is full.
 */
typedef enum err route_view(struct canon *c, struct route_request *request);
/* The same errors.  Fills body, and type and cache where they differ. */
typedef enum err route_handler(struct route_reply *reply,
                               struct route_request *request);

struct route {
    const char *pattern;
    route_view *view;
    const char *template;   /* "draw.html"; NULL: the JSON itself          */
    route_handler *handler; /* instead of a view                           */
    const char *accepts;    /* names of query parameters, " q page "       */
    bool takes_text;        /* the rest may be %-encoded UTF-8             */
    bool is_slow; /* grows with a list or the log: seconds, perhaps        */
    bool is_of_draw; /* depends on the entries of draw # and their
                        cosignatures only: kept while others move          */
};

/* What a thread that answers has: its own, but for two. */
struct route_means {
    struct directory dir;
    struct index *index;            /* borrowed */
    struct verdict_shelf *verdicts; /* borrowed */
    uint8_t *room; /* ROUTE_JSON_MAX bytes for views; NULL: not yet taken */
};
/* Frees the room; the directory is closed by who opened it. */
void route_release(struct route_means *means);

/*
 * Answers a path that passed the guard.  Always fills `reply`; an error is
 * an application/problem+json for programs, a page for people.  Not
 * reentrant: one caller at a time.
 */
void route_answer(struct route_reply *reply, struct route_means *means,
                  const struct route_wish *wish);
/*
 * For views: the search index.  Borrowed until the answer is there; one that
 * is made while another thread is at a newer index is not kept.  The errors
 * of index_take().
 */
MUST_CHECK enum err route_search(const struct search **search,
                                 struct route_request *request);
/* May the answer to this path take long to make? */
bool route_is_slow(struct bytes path);
/*
 * Is this path a page, and which parameters has it?  What else a telephone
 * adds to a link that is passed on (?from=singlemessage) is no part of it.
 */
bool route_is_page(const char **accepts, struct bytes path);
/* An error as application/problem+json; `title` in Chinese. */
void route_problem(struct route_reply *reply, unsigned status,
                   const char *title);
/* Keep a copy of `body`.  ERR_MEMORY. */
MUST_CHECK enum err route_body(struct route_reply *reply, struct bytes body);

/* The table, its end has no pattern: route_table.c. */
extern const struct route route_table[];

#endif
