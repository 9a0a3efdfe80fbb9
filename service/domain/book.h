/*
 * book — the secrets of a seed book, sealed in the database, and what was
 * published of them.
 *
 *     publish plan ──> book_keep: one sealed secret a slot
 *     reveal       ──> book_secret, and book_opens: is it the promised one?
 *
 * Source: FORMAT 3.4, 4.1.
 */
#ifndef DOMAIN_BOOK_H
#define DOMAIN_BOOK_H

#include "domain/directory.h"

struct book_slot {
    struct hash book; /* H(seed-book entry) */
    uint64_t slot;
};

/* Within a transaction.  The errors of query_end(). */
MUST_CHECK enum err book_keep(struct directory *dir,
                              const struct book_slot *slot,
                              const struct hash *secret);
/*
 *   ERR_ABSENT   no such slot    ERR_KEY   the row is not of this slot
 *   ERR_FULL, ERR_FORMAT         the row has another length
 */
MUST_CHECK enum err book_secret(struct hash *secret, struct directory *dir,
                                const struct book_slot *slot);
/*
 * Is it the secret that was committed to for the slot?
 *   ERR_ABSENT, ERR_PROOF, ERR_FORMAT   entry or list cannot be read
 */
MUST_CHECK enum err book_opens(bool *is, struct directory *dir,
                               const struct book_slot *slot,
                               const struct hash *secret);

#endif
