/*
 * opened — the texts of opened lists: a growing text, and inspectors.
 *
 * Source: FORMAT 3.11, 4.33.
 */
#ifndef DOMAIN_OPENED_H
#define DOMAIN_OPENED_H

#include "domain/entry.h"

/* Grows by doubling; the text goes over to the list that is made of it. */
struct opened_text {
    uint8_t *at; /* from malloc */
    size_t len, max;
};
/* ERR_MEMORY: `text` is as before. */
MUST_CHECK enum err opened_add(struct opened_text *text, struct bytes more);

/* Marks these holders; `holds` has a byte for each inspector. */
void opened_mark(uint8_t *holds, const uint32_t *crew, size_t count);
/* Adds those marked, ascending, as an array.  ERR_MEMORY, ERR_FULL. */
MUST_CHECK enum err opened_inspectors(struct opened_text *text,
                                      uint64_t *count,
                                      const struct frozen *f,
                                      const uint8_t *holds);

#endif
