/*
 * store_stamp — has anything about one draw been added?
 *
 * Source: schema/0002_log.sql.
 */
#ifndef STORE_STORE_STAMP_H
#define STORE_STORE_STAMP_H

#include "core/bytes.h"

struct db;

/* Two equal stamps: no entry of the draw between them, and no cosignature of
 * a head from its first entry to the first head that holds its last one. */
struct store_stamp {
    uint64_t last;         /* its last entry's place in the log */
    uint64_t cosignatures; /* of those heads                    */
};

/* ERR_ABSENT: no such draw. */
MUST_CHECK enum err store_stamp_draw(struct store_stamp *stamp, struct db *db,
                                     uint64_t number);

#endif
