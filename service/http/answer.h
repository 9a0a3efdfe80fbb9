/*
 * answer — an answer made once and sent to many, in one coding.
 *
 *     GET  If-None-Match: W/"…", "4f53…"     304, else the body
 *
 * Held by counting: whoever has a pointer holds it once.
 * Source: RFC 9110 8.8.3, 12.5.3 and 13.1.2; c2sp.org/tlog-tiles.
 */
#ifndef HTTP_ANSWER_H
#define HTTP_ANSWER_H

#include <microhttpd.h>

#include "http/route.h"

enum {
    ANSWER_GZIP_MIN = 1024, /* bytes that are worth the work    */
    ANSWER_TAG_MAX = 40     /* bytes of an ETag with its NUL    */
};

struct answer;

/*
 * Takes reply->body or reply->file, also on an error; NULL: no memory.
 * With `is_packed` the body is sent as gzip where it is text and that is
 * shorter.
 */
struct answer *answer_make(struct route_reply *reply, bool is_packed);
struct answer *answer_hold(struct answer *answer);
/* NULL is fine. */
void answer_drop(struct answer *answer);

/* Bytes of memory it takes. */
size_t answer_size(const struct answer *answer);
/* May it be kept for later requests? */
bool answer_is_kept(const struct answer *answer);

/* Its ETag, "" for errors and files; and the body.  Borrowed from it. */
const char *answer_tag(const struct answer *answer);
struct bytes answer_body(const struct answer *answer);
/* What every answer says of itself. */
void answer_add_headers(struct MHD_Response *response,
                        const struct route_reply *reply);

/* Queues it, or 304 where the reader has it already. */
enum MHD_Result answer_send(struct MHD_Connection *at,
                            const struct answer *answer);
/* An error without a cache; the connection is closed after it. */
enum MHD_Result answer_refuse(struct MHD_Connection *at, unsigned status,
                              const char *title);

/* Does this Accept-Encoding (NULL: none) take gzip? */
bool answer_takes_gzip(const char *header);
/* Is `tag`, with its quotes, in this If-None-Match (NULL: none)? */
bool answer_is_known(const char *header, const char *tag);

#endif
