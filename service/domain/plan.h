/*
 * plan — the annual plan (年度抽查计划): batches with items and quotas.
 *
 *     编号,年度,名称,事项,部门,数量或比例[,分层][,对象范围]
 *     2027-01,2027,餐饮抽查,01、02,市场监管局、消防,3%,A
 *     2027-01,2027,餐饮抽查,01、02,市场监管局、消防,10%,B
 *
 * Rows of one 编号 are the quotas of one batch; without 分层 the quota is 全部.
 * A line is the canonical JSON object of a batch, ordered by code:
 * {"code":…,"departments":[…],"follows":0,"items":[codes],"name":…,
 * "quotas":[{"least":0,"name":…,"take":…}],"scope":…}.  The year stands in
 * the edition.
 * Source: FORMAT 3.3.
 */
#ifndef DOMAIN_PLAN_H
#define DOMAIN_PLAN_H

#include "domain/edition.h"
#include "domain/report.h"

/*
 * As register_read(); `items` is the item list in force, which every 事项
 * must name by code or by name.
 */
MUST_CHECK enum err plan_read(struct sheet **sheet, uint64_t *year,
                              struct report *report, struct bytes file,
                              const struct sheet *items);

#endif
