/*
 * search — firms by code or name, over what was opened and nothing else.
 *
 *     opened rows of every draw        -> one entry a firm: code, name, key
 *     whole lists where the key is out
 *
 * While a draw is sealed nothing of it is in here, so an answer cannot
 * depend on it.  The index lives in memory, is made of published entries,
 * attachments and the register versions that the published key opens.  It
 * never changes: as the log grows the next one is made out of it, and whoever
 * reads the old one is not disturbed.  Drawn rows are always in it; of whole
 * lists, rows are taken until SEARCH_FIRMS_MAX firms stand here.
 * Source: the rules of search in the README.
 */
#ifndef DOMAIN_SEARCH_H
#define DOMAIN_SEARCH_H

#include "domain/published.h"

enum {
    SEARCH_FIRMS_MAX = 1000000, /* of whole lists, about 200 bytes each   */
    SEARCH_KEY_MAX = 4096,      /* bytes of a key                         */
    SEARCH_CODE_MIN = 4         /* letters of a code that are looked for  */
};

/* What is known of a firm, as a row shows it; what was not published is
 * empty.  The keys are text_key() of name and code. */
enum search_text {
    SEARCH_ID,
    SEARCH_CODE,
    SEARCH_NAME,
    SEARCH_TYPE,
    SEARCH_DISTRICT,
    SEARCH_SHOWN, /* so many are given, the keys are made */
    SEARCH_KEY = SEARCH_SHOWN,
    SEARCH_CODE_KEY,
    SEARCH_TEXTS
};

struct search_firm {
    const uint8_t *at; /* its texts, one behind the other: search_text() */
    uint16_t ends[SEARCH_TEXTS];
    uint32_t next; /* the same id under another name; 0: none */
    uint32_t turn; /* the last time it was drawn, in turns; 0: never.  Of
                      the first entry with this id only */
};

/* A firm was drawn, or stands as a reserve. */
struct search_turn {
    uint64_t draw;
    uint32_t stratum;
    uint64_t position;
    uint64_t turn; /* in draw order from 1; 0: a reserve */
    uint32_t next; /* the time before; 0: none           */
};

/* A draw as it was announced, and its lists once it was opened. */
struct search_draw {
    uint64_t time, t0, t1, t4; /* time: of the announcement */
    struct bytes key, batch; /* key: batch, its name, departments, items */
    bool is_taken;           /* opened, its firms are in here        */
    bool is_given;           /* the targets were not drawn here      */
    struct published_lists lists;
};

struct search {
    unsigned holders; /* for whoever shares it, see http/index.h */
    struct arena *texts; /* borrowed */
    struct search_firm *firms; /* from 1 on */
    uint32_t *order;  /* by district, then key       */
    uint32_t count, max;
    struct search_turn *turns; /* from 1 on */
    uint32_t turn_count, turn_max;
    uint32_t *slots; /* by id */
    uint32_t slot_count;
    uint64_t size; /* entries of the log that were looked at */
    uint64_t as_of; /* entries up to the last opening in here */
    uint64_t draw_count;
    struct search_draw *draws; /* draw n is draws[n - 1] */
    bool is_cut; /* a whole list did not fit */
};

/*
 * The index at the published head; `old`, an earlier one or NULL, saves work.
 * Its texts are added to `texts`, which has those of `old` and must outlive
 * both.  ERR_MEMORY, and the errors of published_load().
 */
MUST_CHECK enum err search_next(struct search **next,
                                const struct search *old, struct arena *texts,
                                struct directory *dir);
/* NULL is fine. */
void search_free(struct search *search);

/* Borrowed from the texts of the index. */
struct bytes search_text(const struct search_firm *firm,
                         enum search_text text);
/* The first entry with this id; NULL: none. */
const struct search_firm *search_find(const struct search *search,
                                      struct bytes id);
/* Its turn in this draw; NULL: it is no firm or has none. */
const struct search_turn *search_turn_in(const struct search *search,
                                         const struct search_firm *firm,
                                         uint64_t draw);

struct search_wish {
    struct bytes key; /* text_key() of what was typed, not empty */
    size_t skip, max;
};
/*
 * Firms whose code is, begins with or holds the key, or whose name does, in
 * that order; the first `max` behind `skip` into `found`.  *total: how many
 * there are in all.  ERR_MEMORY.
 */
MUST_CHECK enum err search_firms(const struct search_firm **found,
                                 uint64_t *total, const struct search *search,
                                 const struct search_wish *wish);

/*
 * Draws whose number or day `text` is, or whose batch, its name, department
 * or item holds the key; the newest first.  Their numbers, as search_firms().
 */
size_t search_draws(uint64_t *found, const struct search *search,
                    struct bytes text, const struct search_wish *wish);

#endif
