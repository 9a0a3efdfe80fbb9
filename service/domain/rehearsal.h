/*
 * rehearsal — the whole ceremony in one go, on a virtual clock.
 *
 *     two CSV files -> OUT/.work (a log of its own, secrets wiped)
 *                   -> OUT/draw.proof.json, log.vkey, targets.csv, teams.csv
 *
 * Source: the rules of `rehearse` in the README.
 */
#ifndef DOMAIN_REHEARSAL_H
#define DOMAIN_REHEARSAL_H

#include "domain/draw.h"
#include "domain/report.h"

struct rehearsal {
    /* Given by the caller; files are borrowed. */
    struct bytes targets, inspectors, recusals; /* recusals.at NULL: none */
    const char *rate; /* "3%" */
    uint32_t team;    /* people for each target, 1 to 9 */
    bool is_sealed;
    const char *out;  /* a directory; made where there is none */
    const char *now, *entropy; /* or NULL */

    /* What came of it.  rehearsal_release() frees it. */
    struct report targets_report, inspectors_report, recusals_report;
    uint64_t listed, drawn, strata;
    uint32_t open_posts;
    char why[LOG_WHY_MAX];
};

/*
 * Runs it; warnings are accepted.  After an error `why` says what to do.
 *   ERR_INPUT   a file has errors (see the reports), or a wrong option
 *   ERR_EXISTS  OUT/.work is there already
 */
MUST_CHECK enum err rehearsal_run(struct rehearsal *rehearsal);
void rehearsal_release(struct rehearsal *rehearsal);

#endif
