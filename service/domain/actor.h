/*
 * actor — the two persons who answer for an entry, and what it keeps secret.
 *
 *     by: HASH("actor/v1", salt, name) each; salts and texts are sealed in
 *     the database under "salt/<index>/<use>"
 *
 * Source: FORMAT 3.10 … 3.15, 4.6.
 */
#ifndef DOMAIN_ACTOR_H
#define DOMAIN_ACTOR_H

#include "core/canon.h"
#include "domain/draw.h"

struct actors {
    struct hash salt[2], digest[2];
};

/* What a digest of an entry stands for. */
struct actor_secret {
    const char *use; /* "why" or "evidence"; NULL: there is none */
    struct hash salt;
    struct bytes text;
};

/* ERR_INPUT: one person twice. */
MUST_CHECK enum err actor_make(struct actors *actors, struct directory *dir,
                               const struct draw_persons *persons);
/* The member `by`. */
void actor_write(struct canon *c, const struct hash digests[2]);

/* An entry with the persons and the secrets behind its digests. */
struct actor_entry {
    struct bytes text;
    const struct actors *actors;
    const struct draw_persons *persons;
    struct actor_secret secrets[2];
};
/* Appends in one transaction and publishes.  Errors of the log. */
MUST_CHECK enum err actor_append(struct directory *dir,
                                 const struct actor_entry *entry);
/*
 * The sealed salt and text of entry `index` into `room`; they are borrowed.
 * ERR_ABSENT, ERR_FULL, ERR_KEY, ERR_FORMAT.
 */
MUST_CHECK enum err actor_secret_read(struct actor_secret *secret,
                                      struct writer *room,
                                      struct directory *dir, uint64_t index);

#endif
