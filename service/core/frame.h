/*
 * frame — the frozen list: order and blinding of its rows, what is committed.
 *
 *     leaf data = order || HASH("row/v1", blind, row)
 *                       || HASH("duty/v1", dblind, duty)       96 bytes
 *     rows stand in strictly ascending order; RFC 6962 tree over the leaves
 *
 *     row  {"code":"91140800MA0TE5T162","name":"运城试验有限公司"}
 *     duty {"posts":[0,0],"recused":[7]}
 *
 * Source: FORMAT 4.1 to 4.3.  Pure: no I/O, no allocation.
 */
#ifndef CORE_FRAME_H
#define CORE_FRAME_H

#include "core/hash.h"

#define FRAME_EXCLUDED_DUTY "{}" /* the duty of an excluded row */

/* Commitment to a draw's frame key. */
struct hash frame_key_commitment(uint64_t draw, const struct hash *frame_key);

struct hash frame_order(const struct hash *frame_key, struct bytes id);
struct hash frame_blind(const struct hash *frame_key, struct bytes id);
struct hash frame_duty_blind(const struct hash *roster_key, struct bytes id);
struct hash frame_row_digest(const struct hash *blind, struct bytes row);
struct hash frame_duty_digest(const struct hash *dblind, struct bytes duty);

/* Leaf data of one row: 96 bytes without padding. */
struct frame_leaf {
    struct hash order, row, duty;
};

/* The keys a frame is made with. */
struct frame_keys {
    struct hash frame, roster;
};

/* Leaf data of a row from the keys, its id and its two texts. */
struct frame_leaf frame_leaf(const struct frame_keys *keys, struct bytes id,
                             struct bytes row, struct bytes duty);
/* Borrowed from `leaf`. */
struct bytes frame_leaf_bytes(const struct frame_leaf *leaf);

/* Commitment to a stratum: its name, number of rows and tree root. */
struct hash frame_commitment(struct bytes stratum, uint64_t count,
                             const struct hash *root);
/* The same for the rows an exclusion rule took out; rule 0: out of scope. */
struct hash frame_excluded(uint32_t rule, uint64_t count,
                           const struct hash *root);

/* One cell of a row, by the name of its column. */
struct frame_cell {
    const char *column;
    struct bytes value; /* UTF-8 */
};

/* Writes a row: the cells in the order given, which is A's. */
void frame_write_row(struct writer *w, const struct frame_cell *cells,
                     size_t count);

/* A duty: one pool index per seat, and inspectors ascending. */
struct frame_duty {
    const uint32_t *posts;
    size_t post_count;
    const uint32_t *recused;
    size_t recused_count;
};

void frame_write_duty(struct writer *w, const struct frame_duty *duty);

#endif
