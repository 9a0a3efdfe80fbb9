/*
 * asset — files of web/ that are part of the program.
 *
 *     web/static/site.css      answered as /static/site.css
 *     web/template/draw.html   asset_find("template/draw.html")
 *
 * Source: asset.sh, which prints the table.
 */
#ifndef HTTP_ASSET_H
#define HTTP_ASSET_H

#include "core/bytes.h"

struct asset {
    const char *path; /* under web/ */
    const unsigned char *at;
    size_t len;
};

/* Ascending by path; the last one has no path. */
extern const struct asset asset_table[];

/* NULL: there is none.  Never released. */
const struct asset *asset_find(struct bytes path);

#endif
