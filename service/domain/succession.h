/*
 * succession — who stands where after the draw: dropped positions, reserves,
 * crews, all replayed from the log.
 *
 *     places   0 … k-1 drawn, then the reserves in log order
 *     events   one per replacement or stand-in entry, in log order
 *
 * The same two moves make a new entry and replay an old one, so that a
 * logged crew that does not follow from the rule is found at once.
 * Source: FORMAT 3.12, 3.13, 4.25, 4.26 and 6.5.
 */
#ifndef DOMAIN_SUCCESSION_H
#define DOMAIN_SUCCESSION_H

#include "core/standin.h"
#include "domain/draw.h"

#define SUCCESSION_NONE SIZE_MAX

struct succession_place {
    uint32_t stratum;
    uint64_t position;
    const struct frozen_place *place;
    bool is_dropped;
    uint32_t *crew; /* per seat, as it stands now */
};

struct succession_event {
    bool is_replacement, is_sealed; /* sealed: the entry holds a digest */
    struct hash entry;              /* H of it */
    struct hash salt;               /* where sealed */
    struct bytes why;
    size_t place;     /* the dropped one, or that of the stand-in */
    size_t set;       /* whose crew it set, or SUCCESSION_NONE    */
    uint64_t ordinal; /* of a replacement */
    uint32_t seat, removed;
    const uint32_t *crew; /* per seat */
    struct hash crew_digest;
};

struct succession {
    const struct outcome *outcome; /* borrowed */
    struct arena arena;
    size_t place_count, event_count, max; /* max: of events */
    struct succession_place *places;
    struct succession_event *events;
    uint64_t *dropped; /* per stratum */
    struct standin_list *pools;
    uint32_t *away; /* of the latest event, ascending */
    size_t away_count;
    uint8_t *room; /* two rooms of FROZEN_TEXT_MAX */
};

/* How many replacements the draw has in the log. */
MUST_CHECK enum err succession_count(uint64_t *count, struct directory *dir,
                                     uint64_t number);
/*
 * Replays the draw's entries; `outcome` has a reserve for each replacement
 * and for those to come.  Released by succession_release() also on error.
 *   ERR_PROOF   an entry does not follow from the rule
 *   ERR_LIMIT, ERR_MEMORY, ERR_FORMAT and the errors of the log and keyring
 */
MUST_CHECK enum err succession_replay(struct succession *s,
                                      const struct outcome *outcome,
                                      struct directory *dir,
                                      uint64_t number);
void succession_release(struct succession *s);

/* The place of a position, or SUCCESSION_NONE. */
size_t succession_find(const struct succession *s, uint32_t stratum,
                       uint64_t position);
/* The stratum of this name.  ERR_ABSENT. */
MUST_CHECK enum err succession_stratum(uint32_t *stratum,
                                       const struct succession *s,
                                       struct bytes name);
/* He is away from all posts from now on.  ERR_LIMIT. */
MUST_CHECK enum err succession_leave(struct succession *s,
                                     uint32_t inspector);

/* The moves; `event` is borrowed.  ERR_STATE: dropped before. */
MUST_CHECK enum err succession_replace(struct succession_event **event,
                                       struct succession *s, size_t place);
MUST_CHECK enum err succession_stand_in(struct succession_event **event,
                                        struct succession *s, size_t place,
                                        uint32_t seat);

#endif
