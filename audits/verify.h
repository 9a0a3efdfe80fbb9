/*
 * verify — does this proof hold?  Offline, from the file alone.
 *
 *     struct verify v;
 *     verify_run(&v, file, &options);
 *     verify_verdict_print(stdout, &v);
 *     int exit = v.exit;              0 1 2 3, and v.rule where refused
 *     verify_end(&v);
 *
 * Source: FORMAT 9.
 */
#ifndef AUDITS_VERIFY_H
#define AUDITS_VERIFY_H

#include "audits/verify_case.h"

/*
 * Runs the rules in the order of their numbers until one fails.  Any bytes
 * are safe.  Borrowed: file and options' texts must outlive `v`; what `v`
 * holds is given back by verify_end(), which must follow.
 */
void verify_run(struct verify *v, struct bytes file,
                const struct verify_options *options);
void verify_end(struct verify *v);

/* The rules, for those who print or count them; NULL behind the last. */
const char *verify_rule_number(size_t index);
const char *verify_rule_step(size_t index);

#endif
