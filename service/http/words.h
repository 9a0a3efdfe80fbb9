/*
 * words — sentences that more than one page says.
 *
 * Source: FORMAT 3.10 and 9.
 */
#ifndef HTTP_WORDS_H
#define HTTP_WORDS_H

#include "core/bytes.h"

/* Why there is no proof of a draw, and what to do instead. */
#define WORDS_TOO_LARGE                                                      \
    "这次抽取的证明超过上限（512 MiB），做不成一个文件。请取下整份日志，"     \
    "用 yaohao audit 核对。"

/* Steps with a deadline, in their order. */
enum words_step { WORDS_FREEZE, WORDS_REVEAL, WORDS_DRAW, WORDS_OPENING };

/* Why a draw is void, without a full stop; `cause` as in the log. */
const char *words_cause(struct bytes cause);
/* What is done in a step: 封存名单. */
const char *words_step(enum words_step step);
/* What it means that the deadline of this step is past and it is missing. */
const char *words_overdue(enum words_step missing);

enum { WORDS_MAX = 64 };

/* 0.19 -> 19%, and what is next to never or always in words. */
void words_chance(char text[WORDS_MAX], double chance);
/* How many are to be expected, 0 or more: 不到 1 户, 约 7.2 户, 约 829 户 */
void words_firms(char text[WORDS_MAX], double count);

#endif
