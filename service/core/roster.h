/*
 * roster — the committed list of inspectors, names and numbers blinded.
 *
 *     index = place by ascending HASH("order/v1", roster_key, certificate)
 *     leaf data = HASH("inspector/v1", b, text)
 *              || HASH("person/v1", p, person)                 64 bytes
 *     text   {"certificate":"********07","unit":"盐湖分局"}    opened
 *     person {"certificate":"1408000007","name":"王某"}        auditors only
 *
 * Source: FORMAT 4.1 and 4.5.  Pure: no I/O, no allocation.
 */
#ifndef CORE_ROSTER_H
#define CORE_ROSTER_H

#include "core/hash.h"

#define ROSTER_CERTIFICATE_MAX 200 /* bytes */

/* Commitment to a draw's roster key. */
struct hash roster_key_commitment(uint64_t draw, const struct hash *roster_key);

struct hash roster_order(const struct hash *roster_key,
                         struct bytes certificate);
/* b, of the part that is opened. */
struct hash roster_blind(const struct hash *roster_key,
                         struct bytes certificate);
/* p, of the part for auditors. */
struct hash roster_person_blind(const struct hash *roster_key,
                                struct bytes certificate);
struct hash roster_digest(const struct hash *blind, struct bytes text);
struct hash roster_person_digest(const struct hash *blind, struct bytes person);

/* Leaf data of one inspector: 64 bytes without padding. */
struct roster_leaf {
    struct hash inspector, person;
};

/* What the register knows of an inspector; all UTF-8. */
struct roster_entry {
    struct bytes certificate, unit, name;
};

/* Borrowed from `leaf`. */
struct bytes roster_leaf_bytes(const struct roster_leaf *leaf);

/* Commitment to the roster: number of inspectors and tree root. */
struct hash roster_commitment(uint64_t count, const struct hash *root);

/*
 * The certificate with every scalar value but the last two as `*`; of one
 * or two, all.  Never longer than the certificate.
 */
void roster_mask(struct writer *w, struct bytes certificate);
/* `masked` is the mask of some certificate: stars where they must be. */
bool roster_is_masked(struct bytes masked);

/*
 * The two texts, the first with the mask of the certificate; one above
 * ROSTER_CERTIFICATE_MAX leaves the writer full.
 */
void roster_write_text(struct writer *w, const struct roster_entry *entry);
void roster_write_person(struct writer *w, const struct roster_entry *entry);

#endif
