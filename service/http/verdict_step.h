/*
 * verdict_step — the timeline of a draw, and what shows its order.
 *
 *     公告 → 名单封存 → 揭示 → 信标 → 抽取 → 公开
 *
 * Source: FORMAT 3 and 9.
 */
#ifndef HTTP_VERDICT_STEP_H
#define HTTP_VERDICT_STEP_H

#include "http/verdict.h"

/*
 * The member steps: [{digest, due, entry, facts: [{name, value}], is_done,
 * is_late, is_never, is_next, is_seen, name, seen_time, term, text, time}].
 * What is not known is left out.
 */
void verdict_step(struct canon *c, const struct verdict *verdict);

#endif
