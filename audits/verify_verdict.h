/*
 * verify_verdict — what a verification found, in words for everybody.
 *
 *     核验通过：……                     the verdict, one sentence
 *     阶段：…                          how far the draw has come
 *     [通过] 2.04 日志头的签名          every check by its name
 *     证明了 / 只是声明 / 需要信任      three lists
 *     提示                             remarks, never refusals
 *     rule 4.16                        the rule, where one refused
 *
 * Source: FORMAT 9.
 */
#ifndef AUDITS_VERIFY_VERDICT_H
#define AUDITS_VERIFY_VERDICT_H

#include <stdio.h>

#include "audits/verify_case.h"

/* How far the draw has come; the order of the entries has been checked. */
const char *verify_verdict_stage(const struct verify *v);

/* What a proof that holds shows, what it only says, what must be trusted. */
enum verify_claim { VERIFY_PROVED, VERIFY_ASSERTED, VERIFY_TRUSTED };
/* Line `index` of one of these lists, NULL behind the last.  A constant. */
const char *verify_verdict_claim(const struct verify *v,
                                 enum verify_claim claim, size_t index);

void verify_verdict_print(FILE *to, const struct verify *v);

#endif
