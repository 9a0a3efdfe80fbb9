/*
 * store_draw — secrets of draws and what they were made from.
 *
 * Source: schema/0003_draw.sql.
 */
#ifndef STORE_STORE_DRAW_H
#define STORE_STORE_DRAW_H

#include "core/hash.h"

struct db;

/* A sealed secret of a seed book.  ERR_ABSENT, ERR_FULL, query_end(). */
MUST_CHECK enum err store_draw_slot_write(struct db *db,
                                          const struct hash *book,
                                          uint64_t slot, struct bytes sealed);
MUST_CHECK enum err store_draw_slot(struct writer *sealed, struct db *db,
                                    const struct hash *book, uint64_t slot);

struct store_draw_freeze {
    uint64_t targets, inspectors, recusals; /* versions, 0: none */
    struct bytes sealed, entry;   /* read: from malloc, the caller frees */
};
/* ERR_EXISTS: this draw was frozen before. */
MUST_CHECK enum err store_draw_freeze_write(
    struct db *db, uint64_t draw, const struct store_draw_freeze *freeze);
/* ERR_ABSENT, ERR_MEMORY. */
MUST_CHECK enum err store_draw_freeze(struct store_draw_freeze *freeze,
                                      struct db *db, uint64_t draw);
void store_draw_freeze_release(struct store_draw_freeze *freeze);

/* The value of a stratum.  ERR_ABSENT: its name is its value. */
MUST_CHECK enum err store_draw_value_write(struct db *db, uint64_t draw,
                                           uint64_t stratum,
                                           struct bytes value);
MUST_CHECK enum err store_draw_value(struct writer *value, struct db *db,
                                     uint64_t draw, uint64_t stratum);

/* What a salted digest stands for; `use` as in the schema. */
struct store_draw_salt {
    uint64_t entry;
    const char *use;
};
MUST_CHECK enum err store_draw_salt_write(struct db *db,
                                          const struct store_draw_salt *salt,
                                          struct bytes sealed);
MUST_CHECK enum err store_draw_salt(struct writer *sealed, struct db *db,
                                    const struct store_draw_salt *salt);

#endif
