/*
 * page_site — whose site a page is of, and whom to call.
 *
 *     {"at":{"draw":true},"is_rehearsal":true,
 *      "office":{"name":"…","telephone":"…",…},"origin":"…"}
 *
 * `office` comes from DIR/office.json, which is public and may be missing:
 * an object of texts, each 1 … 200 bytes, under the names of page_site.c;
 * what is not one is left out, and a site that is no address.
 * Source: README, "HTTP".
 */
#ifndef HTTP_PAGE_SITE_H
#define HTTP_PAGE_SITE_H

#include <jansson.h>

#include "domain/directory.h"

/* Owned: json_decref().  NULL: no memory. */
json_t *page_site(const struct directory *dir, const char *template);

/* DIR/office.json as it is shown, checked; an empty object where there is
 * none.  Owned likewise. */
json_t *page_site_office(const struct directory *dir);

/* https://host/below, or http: what stands before /draws/1 on paper, in
 * feeds and in codes.  Without a slash at its end, 10 … 200 bytes. */
bool page_site_is_address(struct bytes text);

#endif
