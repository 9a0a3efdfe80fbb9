/*
 * store_head — the heads of the log, one for every size that was signed, and
 * what witnesses said of them.
 *
 * Source: schema/0002_log.sql; c2sp.org/tlog-cosignature.
 */
#ifndef STORE_STORE_HEAD_H
#define STORE_STORE_HEAD_H

#include "core/merkle.h"

struct db;

#define STORE_HEAD_LINE_MAX                                                    \
    512 /* bytes of a stored signature line, with NUL                          \
         */

struct store_head {
    struct merkle_head head;
    bool is_published;
    char line[STORE_HEAD_LINE_MAX]; /* ours, with newline; "" = not signed */
};

/* An unsigned head.  ERR_EXISTS, ERR_STATE: not larger than all others. */
MUST_CHECK enum err store_head_write(struct db *db,
                                     const struct merkle_head *head);
/* Signs and publishes it.  ERR_STATE: it was published before. */
MUST_CHECK enum err store_head_publish(struct db *db, uint64_t size,
                                       const char *line);
/* Which head is meant. */
enum store_head_which {
    STORE_HEAD_EXACT,  /* of this size                                    */
    STORE_HEAD_AFTER,  /* the smallest published one above this size      */
    STORE_HEAD_BEFORE, /* the largest published one below this size       */
    STORE_HEAD_LAST,   /* the largest published one; size does not count  */
    STORE_HEAD_WAITING /* the one that is not signed; size does not count */
};
/* ERR_ABSENT. */
MUST_CHECK enum err store_head_read(struct store_head *head, struct db *db,
                                    enum store_head_which which, uint64_t size);

/* ---- cosignatures ---------------------------------------------------- */

struct store_head_cosignature {
    uint64_t size;
    const char *vkey; /* of the witness                      */
    uint64_t time;    /* Unix seconds                        */
    const char *line; /* with newline, below STORE_HEAD_LINE_MAX */
};
/* The same one again is OK. */
MUST_CHECK enum err
store_head_cosignature_write(struct db *db,
                             const struct store_head_cosignature *cosignature);

/* The earliest or the latest line of a witness for a head. */
enum store_head_end { STORE_HEAD_EARLIEST, STORE_HEAD_LATEST };
/* Writes the line.  ERR_ABSENT: none; ERR_FULL. */
MUST_CHECK enum err
store_head_cosignature(struct writer *line, struct db *db,
                       const struct store_head_cosignature *of,
                       enum store_head_end end);

#endif
