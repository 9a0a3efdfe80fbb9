/*
 * item — what may be inspected (抽查事项清单), each with its article of law.
 *
 *     CSV file -> item_read -> sheet -> edition_stage -> publish
 *
 * A line is the canonical JSON object of an item, ordered by code:
 * {"basis":…,"category":"一般"|"重点","code":…,"departments":[…],"field":…,
 * "name":…,"targets":…,"way":…}.  The list to publish is the lines joined by
 * commas between [ and ], see edition_array().
 * Source: FORMAT 3.2.
 */
#ifndef DOMAIN_ITEM_H
#define DOMAIN_ITEM_H

#include "domain/edition.h"
#include "domain/report.h"

/* As register_read(). */
MUST_CHECK enum err item_read(struct sheet **sheet, struct report *report,
                              struct bytes file);

#endif
