/*
 * page_dress — what people read beside what machines read.
 *
 *     "t0": 1808532000     "t0_text": "2027年4月12日 10:00"
 *                          "t0_iso":  "2027-04-12T10:00:00+08:00"
 *     "root": "3f9a…"      "root_groups": "3f9a 01bc …"
 *     "count": 8296        "count_text": "8,296"
 *     "share": 12345       "share_text": "1.2345%"      in millionths
 *
 * Source: the Gregorian calendar; Beijing time is UTC+8.
 */
#ifndef HTTP_PAGE_DRESS_H
#define HTTP_PAGE_DRESS_H

#include <jansson.h>

/*
 * A copy of `value` with these members added to its objects, and `index`
 * (from 1), is_first, is_last to objects in lists where they have no such
 * member.  NULL: no memory.  Owned: json_decref().
 */
json_t *page_dress(const json_t *value);

#endif
