/*
 * edition — the versions of the two libraries and the two lists.
 *
 *     import -> staged 1, 2, 3 …      never changed again
 *     activate / publish -> in force  the last one of its kind
 *
 *     struct edition_walk walk = edition_walk_version(db, kind, version);
 *     while (edition_walk_next(&line, &walk)) …
 *     err = edition_walk_end(&walk);
 *
 * Source: schema/0001_register.sql.
 */
#ifndef DOMAIN_EDITION_H
#define DOMAIN_EDITION_H

#include "domain/sheet.h"
#include "store/query.h"

enum edition_kind {
    EDITION_TARGETS,
    EDITION_INSPECTORS,
    EDITION_ITEMS,
    EDITION_PLAN,
    EDITION_RECUSALS,
    EDITION_KIND_COUNT
};

struct edition {
    enum edition_kind kind;
    uint64_t version;   /* from 1                                     */
    uint64_t created;   /* Unix seconds                               */
    uint64_t year;      /* of a plan, else 0                          */
    uint64_t count;     /* lines, which are distinct keys             */
    uint64_t warnings;  /* accepted at import                         */
    struct hash file;   /* SHA-256 of the file that was imported      */
    struct hash digest; /* SHA-256 of all lines in the order of keys */
};

/* "targets", "inspectors", "items", "plan", "recusals"; back: ERR_ABSENT. */
const char *edition_kind_name(enum edition_kind kind);
MUST_CHECK enum err edition_kind_read(enum edition_kind *kind,
                                      const char *name);

/* Does it come into force by `publish`?  Else by `activate`. */
bool edition_kind_is_published(enum edition_kind kind);

/*
 * Store the sheet as the next version of its kind and fill in version,
 * count and digest; kind, created, year, warnings and file are the caller's.
 * Needs a transaction.
 *   ERR_INPUT  an empty sheet, but of recusals; the errors of query_end()
 */
MUST_CHECK enum err edition_stage(struct edition *edition, struct db *db,
                                  const struct sheet *sheet);

/* ERR_ABSENT: no such version, none in force, none at all. */
MUST_CHECK enum err edition_load(struct edition *edition, struct db *db,
                                 enum edition_kind kind, uint64_t version);
MUST_CHECK enum err edition_active(struct edition *edition, struct db *db,
                                   enum edition_kind kind);
MUST_CHECK enum err edition_latest(struct edition *edition, struct db *db,
                                   enum edition_kind kind);

/*
 * Put a version into force from `now` on.  Needs a transaction.
 *   ERR_ABSENT  no such version       ERR_EXISTS  it is in force already
 */
MUST_CHECK enum err edition_activate(struct db *db, enum edition_kind kind,
                                     uint64_t version, uint64_t now);

/* Lines in the order of keys, out of the database or out of a sheet. */
struct edition_walk {
    struct query query; /* pages of the database        */
    bool has_query;
    const struct sheet *sheet; /* or NULL                      */
    size_t index;
    struct bytes page; /* what is left of the page     */
    enum err err;
};

/* The database must not be closed, the sheet not freed before the end. */
struct edition_walk edition_walk_version(struct db *db, enum edition_kind kind,
                                         uint64_t version);
struct edition_walk edition_walk_sheet(const struct sheet *sheet);

/* False: no more, or an error.  Borrowed: valid until the next call. */
bool edition_walk_next(struct bytes *line, struct edition_walk *walk);
/* ERR_FORMAT: a page that is not whole lines; the errors of query_end(). */
MUST_CHECK enum err edition_walk_end(struct edition_walk *walk);

/* All lines of an edition as a sheet, which the caller frees. */
MUST_CHECK enum err edition_sheet(struct sheet **sheet, struct db *db,
                                  const struct edition *edition);

/*
 * The lines of items or plan as one canonical JSON array, allocated; the
 * caller frees array->at.  ERR_MEMORY and the errors of edition_walk_end().
 */
MUST_CHECK enum err edition_array(struct bytes *array, struct db *db,
                                  const struct edition *edition);

/*
 * The line with this key, copied into `room`.
 *   ERR_ABSENT  no such key         ERR_FULL  the line is longer than `max`
 */
MUST_CHECK enum err edition_find(struct bytes *line, struct db *db,
                                 const struct edition *edition,
                                 struct bytes key, uint8_t *room, size_t max);

#endif
