/*
 * pages — the links from page to page of a long list.
 *
 *     "pages": [{"is_here":1,"page":1},{"is_here":0,"page":2}]
 *
 * Source: README, "HTTP".
 */
#ifndef HTTP_PAGES_H
#define HTTP_PAGES_H

#include "core/canon.h"

/* The member `pages`; empty where all stands on one. */
void pages_write(struct canon *c, uint64_t page, uint64_t page_count);

#endif
