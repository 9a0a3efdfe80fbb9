/*
 * opening — the one entry that opens every drawn position at once.
 *
 * Source: FORMAT 3.11, 4.28 … 4.36.
 */
#ifndef DOMAIN_OPENING_H
#define DOMAIN_OPENING_H

#include "domain/entry.h"
#include "domain/succession.h"

/* The lists of the entry, and a file of leaf data for each public stratum. */
struct opening {
    struct entry_list targets, inspectors, disclosures;
    bool is_public;              /* all strata: key and frames are opened */
    struct bytes *frames;        /* N x 96 bytes a stratum, from the arena */
    struct hash *frame_digests;
    struct arena arena;
};

/*
 * Opens the drawn targets and the reserves logged by now.  Released by
 * opening_release() also
 * after an error.  ERR_MEMORY, ERR_FULL, and the errors of frozen_row().
 */
MUST_CHECK enum err opening_make(struct opening *opening,
                                 const struct succession *succession);
void opening_release(struct opening *opening);

void opening_write(struct writer *w, const struct entry_head *head,
                   const struct opening *opening,
                   const struct outcome *outcome, const struct hash by[2]);

/*
 * `opens` of an entry after the opening: what a replacement or a stand-in
 * puts in place, from malloc into `opens`.  Errors as opening_make().
 */
MUST_CHECK enum err opening_opens(struct bytes *opens,
                                  const struct succession *succession,
                                  const struct succession_event *event);

#endif
