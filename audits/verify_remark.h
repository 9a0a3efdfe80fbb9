/*
 * verify_remark — what a careful reader of a proof should know besides.
 *
 * Remarks never refuse anything.
 * Source: FORMAT 9, "Remarks".
 */
#ifndef AUDITS_VERIFY_REMARK_H
#define AUDITS_VERIFY_REMARK_H

#include <stdio.h>

#include "audits/verify_case.h"

/* What stands right behind the verdict: that there was another try. */
void verify_remark_first(FILE *to, const struct verify *v);

/* One line each; `v` has passed all rules. */
void verify_remark_print(FILE *to, const struct verify *v);

#endif
