/*
 * page — a view's JSON, shown to people.
 *
 *     the view's document      {"draw":3,"t0":1808532000,…}
 *     dressed                  "t0_text":"2027-04-12 10:00 …"   page_dress
 *     and "site"               whose site it is                 page_site
 *     through web/template/draw.html and the parts it names
 *
 * Source: README, "HTTP".
 */
#ifndef HTTP_PAGE_H
#define HTTP_PAGE_H

#include "domain/directory.h"

/*
 * The document `json` through the template of this name, "draw.html".  An
 * array is shown as the member "list".  *html is from malloc, the caller
 * frees it.
 *   ERR_ABSENT  no such template     ERR_LIMIT, ERR_MEMORY, ERR_FORMAT
 */
MUST_CHECK enum err page_render(struct bytes *html,
                                const struct directory *dir, const char *name,
                                struct bytes json);

/* An error as a page that says what to do next; `title` in Chinese. */
MUST_CHECK enum err page_error(struct bytes *html, const struct directory *dir,
                               unsigned status, const char *title);

#endif
