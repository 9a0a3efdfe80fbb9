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

void verify_verdict_print(FILE *to, const struct verify *v);

#endif
