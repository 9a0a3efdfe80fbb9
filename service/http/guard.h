/*
 * guard — which requests are refused before anything is looked up.
 *
 * The library's parser is lenient; here a path has one spelling: letters,
 * digits, - _ . % and single slashes, no segment that begins with a dot.
 * Which routes take a query or an escape is the table's business.
 * Source: RFC 9112 6.3 and 11.2 (request smuggling).
 */
#ifndef HTTP_GUARD_H
#define HTTP_GUARD_H

#include "http/route.h"

enum {
    GUARD_PATH_MAX = 1024, /* bytes, as sent */
    GUARD_URI_MAX = GUARD_PATH_MAX + 1 + PARAMETER_QUERY_MAX,
    GUARD_HEADER_MAX = 4096,
    GUARD_HEADERS_MAX = 64
};

/* What was seen of the headers so far; all zero at the beginning. */
struct guard {
    unsigned count, hosts, lengths, encodings;
    size_t bytes;
    bool is_bad;
};

/*
 * Path and query of an address as it was sent.  Borrowed from `uri`.
 *   ERR_FORMAT  not the one spelling of a path, or a character that no
 *               address has     ERR_LIMIT  too long
 */
MUST_CHECK enum err guard_address(struct route_wish *wish, struct bytes uri);
/* Take one header into account. */
void guard_header(struct guard *guard, struct bytes name, struct bytes value);
/*
 * ERR_FORMAT: Host or Content-Length twice, any body or Transfer-Encoding,
 * a name that is none, a control character; ERR_LIMIT: too many or too long.
 */
MUST_CHECK enum err guard_end(const struct guard *guard);

#endif
