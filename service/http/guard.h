/*
 * guard — which requests are refused before anything is looked up.
 *
 * The library's parser is lenient; here a path has one spelling: letters,
 * digits, - _ . and single slashes, no segment of dots, no query, no escape.
 * Source: RFC 9112 6.3 and 11.2 (request smuggling).
 */
#ifndef HTTP_GUARD_H
#define HTTP_GUARD_H

#include "core/bytes.h"

enum { GUARD_PATH_MAX = 256, GUARD_HEADER_MAX = 4096, GUARD_HEADERS_MAX = 64 };

/* What was seen of the headers so far; all zero at the beginning. */
struct guard {
    unsigned count, hosts, lengths, encodings;
    size_t bytes;
    bool is_bad;
};

/* ERR_FORMAT: not the one spelling of a path; ERR_LIMIT: too long. */
MUST_CHECK enum err guard_path(struct bytes uri);
/* Take one header into account. */
void guard_header(struct guard *guard, struct bytes name, struct bytes value);
/*
 * ERR_FORMAT: Host or Content-Length twice, any body or Transfer-Encoding,
 * a control character; ERR_LIMIT: too many or too long.
 */
MUST_CHECK enum err guard_end(const struct guard *guard);

#endif
