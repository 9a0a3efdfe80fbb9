/*
 * store_edition — versions of registers and lists, in pages.
 *
 * All of `kind` are the words of schema/0001_register.sql.
 * Source: schema/0001_register.sql.
 */
#ifndef STORE_STORE_EDITION_H
#define STORE_STORE_EDITION_H

#include "core/hash.h"
#include "store/query.h"

/* A row of table edition. */
struct store_edition {
    const char *kind; /* a constant of the caller */
    int64_t version, created, year, count, warnings;
    struct hash file, digest;
};

/* The errors of all are those of query_end(), besides those named. */

/* After its pages. */
MUST_CHECK enum err store_edition_add(struct db *db,
                                      const struct store_edition *edition);
/* Fills in all but kind and version, which are given.  ERR_ABSENT. */
MUST_CHECK enum err store_edition_load(struct store_edition *edition,
                                       struct db *db);
/* The highest version, the one in force; 0: none. */
MUST_CHECK enum err store_edition_latest(int64_t *version, struct db *db,
                                         const char *kind);
MUST_CHECK enum err store_edition_active(int64_t *version, struct db *db,
                                         const char *kind);
MUST_CHECK enum err store_edition_activate(struct db *db, const char *kind,
                                           int64_t version, int64_t time);

struct store_edition_page {
    int64_t page;
    struct bytes first, body;
};

/* A query to add pages with; the caller ends it. */
struct query store_edition_page_begin(struct db *db);
void store_edition_page_add(struct query *q, const char *kind, int64_t version,
                            const struct store_edition_page *page);

/* Column 0 is the body: all pages in order; the one that may hold `key`. */
struct query store_edition_pages(struct db *db, const char *kind,
                                 int64_t version);
struct query store_edition_page_of(struct db *db, const char *kind,
                                   int64_t version, struct bytes key);

#endif
