/*
 * next — after a verb: what stands in the log now, and what comes next.
 *
 *     日志第 5 条：第 1 号已封存。
 *     下一步：在北京时间 2027-04-12 10:05:00 前揭示：
 *         yaohao reveal DIR 1
 *
 * All but next_line() goes to standard error.
 * Source: README, "办一次抽取".
 */
#ifndef CLI_NEXT_H
#define CLI_NEXT_H

#include <stdio.h>

#include "domain/draw.h"

/* The last entry, which is the stage of this draw, and the next step. */
void next_done(struct directory *dir, uint64_t number);
/* The next step alone. */
void next_hint(struct directory *dir, uint64_t number);
/*
 * Number, batch and stage of a draw, and what can be done now: one line and
 * one command.
 *   ERR_ABSENT  no draw of this number      others of draw_load()
 */
MUST_CHECK enum err next_line(FILE *to, struct directory *dir,
                              uint64_t number);

#endif
