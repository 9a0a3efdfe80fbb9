/*
 * html — a growing text, and what a value must look like inside HTML.
 *
 *     struct html html = { .max = 1 << 20 };
 *     err = html_escaped(&html, name);
 *     ...
 *     free(html.at);
 *
 * Source: HTML, "Serialising HTML fragments"; Unicode TR 9 for the marks.
 */
#ifndef FORMAT_HTML_H
#define FORMAT_HTML_H

#include "core/bytes.h"

/* All zero but `max`: empty.  `at` is from malloc: free() it. */
struct html {
    uint8_t *at;
    size_t len, room, max;
};

/* The bytes as they stand.  ERR_LIMIT: more than max.  ERR_MEMORY. */
MUST_CHECK enum err html_raw(struct html *html, const void *at, size_t len);
/*
 * Text that stays text, also inside an attribute.  Marks that turn the
 * direction of what stands around them (U+202A … U+202E, U+2066 … U+2069)
 * are written as U+FFFD.  Errors as html_raw().
 */
MUST_CHECK enum err html_escaped(struct html *html, struct bytes text);

#endif
