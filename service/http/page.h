/*
 * page — a view's JSON, shown to people.
 *
 * Source: README, "HTTP".
 */
#ifndef HTTP_PAGE_H
#define HTTP_PAGE_H

#include "core/bytes.h"

/*
 * The document `json` through the template of this name.  *html is from
 * malloc, the caller frees it.
 *   ERR_ABSENT  no such template     ERR_LIMIT, ERR_MEMORY
 */
MUST_CHECK enum err page_render(struct bytes *html, const char *name,
                                struct bytes json);

#endif
