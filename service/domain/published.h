/*
 * published — what is public of one opened draw, and nothing else.
 *
 *     opening entry -> rows as opened          all strata public: frame key
 *                      strata, N, k            -> any code stands in the list
 *                                                 or is proved absent from it
 *
 * Needs no secret: a reader of the log could make the same of its files.
 * Source: FORMAT 3.9, 3.11, 4.2.
 */
#ifndef DOMAIN_PUBLISHED_H
#define DOMAIN_PUBLISHED_H

#include "domain/draw.h"

/* A row as it was opened; a column that A does not have is empty. */
struct published_row {
    struct bytes id, code, name, type, district;
    uint32_t stratum;
    uint64_t position;
    uint64_t turn; /* in draw order from 1; 0: a reserve */
};

struct published_stratum {
    struct bytes name;
    bool is_internal;
    uint64_t count, take; /* N and k */
    struct hash file;     /* of its leaf data, where is_whole */
};

/* The strata of a draw, and what opens their lists. */
struct published_lists {
    size_t count;
    struct published_stratum *strata;
    bool is_whole; /* the frame key is out: whole lists can be looked up */
    struct hash frame_key;
};

/* Everything is borrowed from it until published_release(). */
struct published {
    struct draw draw;
    json_t *opening, *targets;
    struct published_lists lists;
    uint64_t register_version;
    size_t row_count;
    struct published_row *rows;
};

/*
 * Reads a draw that was opened.  Released by published_release() also after
 * an error.
 *   ERR_ABSENT  no such draw     ERR_STATE  it is not opened (yet)
 *   ERR_MEMORY, ERR_FORMAT, and the errors of listing_read()
 */
MUST_CHECK enum err published_load(struct published *published,
                                   struct directory *dir, uint64_t number);
void published_release(struct published *published);
/* Was the draw annulled by an authority? */
MUST_CHECK enum err published_is_annulled(bool *is_annulled,
                                          struct directory *dir,
                                          uint64_t number);

/* Did the target at this place drop out, and was replaced? */
MUST_CHECK enum err published_is_dropped(bool *is_dropped,
                                         struct directory *dir,
                                         uint64_t number, struct bytes stratum,
                                         uint64_t position);

/* Leaf data of one stratum, mapped; each 96 bytes, ascending by order. */
struct published_leaves {
    struct bytes file;
    uint64_t count;
};
/* ERR_ABSENT  no whole list, or its file is gone     ERR_FORMAT  its length */
MUST_CHECK enum err published_leaves(struct published_leaves *leaves,
                                     const struct published_lists *lists,
                                     const struct directory *dir,
                                     size_t stratum);
void published_leaves_close(struct published_leaves *leaves);
/* Borrowed from the file. */
struct bytes published_leaf(const struct published_leaves *leaves,
                            uint64_t position);
/* Does `id` stand there?  *position: where it stands, or would stand. */
bool published_stands(uint64_t *position,
                      const struct published_leaves *leaves,
                      const struct hash *frame_key, struct bytes id);

/* Where an id stands in the lists of a draw. */
struct published_place {
    bool is_listed;
    uint32_t stratum;
    uint64_t position;
};
/* Errors as published_leaves(). */
MUST_CHECK enum err published_look(struct published_place *place,
                                   const struct published_lists *lists,
                                   const struct directory *dir,
                                   struct bytes id);

#endif
