/*
 * import — a file becomes the next, staged edition of its kind.
 *
 *     file -> rows checked -> difference to what is in force -> staged
 *
 * All or nothing: with an error, or with warnings that were not accepted,
 * nothing is stored.
 * Source: the rules of `import` in the README.
 */
#ifndef DOMAIN_IMPORT_H
#define DOMAIN_IMPORT_H

#include "domain/difference.h"
#include "domain/edition.h"
#include "domain/report.h"

struct import {
    /* Given by the caller. */
    enum edition_kind kind;
    struct bytes file; /* borrowed, also memory of host/map.h     */
    uint64_t now;      /* Unix seconds                            */
    bool accepts_warnings;

    /* What came of it.  import_release() frees the report. */
    struct report report;
    struct edition edition; /* version 0: nothing was stored           */
    uint64_t count;         /* distinct keys, also if nothing stored   */
    uint64_t active;        /* version compared with, 0: none in force */
    struct difference difference;
};

/*
 * Makes its own transaction.
 *   ERR_INPUT    the report holds errors
 *   ERR_WARNING  it holds warnings, which are not accepted
 *   ERR_MEMORY, and the errors of query_end() and db_commit()
 */
MUST_CHECK enum err import_run(struct import *import, struct db *db);
void import_release(struct import *import);

#endif
