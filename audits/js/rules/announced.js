// Part 4, the log and the announcement: 4.01 … 4.11.

import { equal, fromHex, toHex } from '../bytes.js';
import { QUICKNET, testChain } from '../beacon.js';
import { hashOfText } from '../hash.js';
import { included, leafHash } from '../merkle.js';
import { quorumHolds } from '../policy.js';
import { need } from './need.js';

const ZEROS = '0'.repeat(64);
const DAY = 86400;
const HALF_HOUR = 1800;
const ALL = '全部';

export const is = (bytes, hex) => equal(bytes, fromHex(hex));

function firstEntry(ctx) {
  const { index, v } = ctx.log;
  need(index === 0, '第一个条目不是日志的 0 号');
  need(v.origin === ctx.policy.log.name, '0 号条目的来源不是日志名');
  need(v.origin.endsWith('/rehearsal') === ctx.rehearsal(),
    '来源与演练标记不符');
}

function previous(ctx) {
  need(ctx.log.v.prev === ZEROS, '0 号条目的 prev');
  const plan = toHex(ctx.plan.hash);
  need(ctx.book.v.prev === plan, '种子簿的 prev 不是计划');
  need(ctx.A.v.prev === plan, '公告的 prev 不是计划');
  for (const entry of ctx.entries.slice(ctx.A.at + 1)) {
    need(is(ctx.entries[entry.at - 1].hash, entry.v.prev),
      `条目 ${entry.index} 的 prev 不是前一条`);
  }
}

function times(ctx) {
  ctx.entries.forEach((entry, at) => {
    need(at === 0 || entry.v.time >= ctx.entries[at - 1].v.time,
      `条目 ${entry.index} 的时间早于前一条`);
  });
}

function drawNumber(ctx) {
  ctx.draw = ctx.A.v.draw;
  need(ctx.draw >= 1, '公告没有抽查号');
  for (const entry of ctx.entries) {
    need(entry.v.draw === (entry.at < ctx.A.at ? 0 : ctx.draw),
      `条目 ${entry.index} 的抽查号`);
  }
}

function slot(ctx) {
  const { book, slot: number } = ctx.A.v;
  const { slots, root } = ctx.book.v;
  const { commit, path } = ctx.proof.commitment;
  need(is(ctx.book.hash, book), '公告所指不是这个种子簿');
  need(number < slots, '种子簿没有这个格');
  need(included(leafHash(fromHex(commit)), number, slots, path.map(fromHex),
    fromHex(root)), '种子承诺不在种子簿里');
}

const isRate = (take) => take.endsWith('%');

function sameQuota(stratum, quota) {
  return stratum.take === quota.take && stratum.least === quota.least;
}

function wholeQuota(strata, quota) {
  if (isRate(quota.take)) {
    return strata.every((stratum) => sameQuota(stratum, quota));
  }
  const sum = strata.reduce((all, one) => all + Number(one.take), 0);
  return strata.every((stratum) => !isRate(stratum.take)) &&
    sum === Number(quota.take);
}

function eachQuota(strata, quotas) {
  return strata.length === quotas.length && strata.every(
    (stratum, i) => stratum.name === quotas[i].name &&
      sameQuota(stratum, quotas[i]));
}

function planned(ctx) {
  const { batches } = ctx.plan.lists;
  const A = ctx.A.v;
  need(new Set(batches.map((one) => one.code)).size === batches.length,
    '计划的批次编号重复');
  const batch = batches.find((one) => one.code === A.batch);
  need(batch !== undefined, '计划里没有这个批次');
  need(A.items.every((item) => batch.items.indexOf(item) >= 0),
    '公告的事项不在批次里');
  const names = A.departments.map((one) => one.name);
  need(names.length === batch.departments.length &&
    names.every((name, i) => name === batch.departments[i]),
  '公告的部门不是批次的部门');
  const { quotas } = batch;
  const whole = quotas.length === 1 && quotas[0].name === ALL;
  need(whole ? wholeQuota(A.strata, quotas[0]) : eachQuota(A.strata, quotas),
    '各层的比例或数目不是计划的');
  ctx.batch = batch;
}

function policyNamed(ctx) {
  need(is(hashOfText(ctx.proof.policy), ctx.A.v.policy),
    '公告所指不是这个见证策略');
  const { mirror } = ctx.A.v;
  need(mirror === '' ||
    ctx.policy.witnesses.some((one) => one.policyName === mirror),
  '镜像见证人不在策略里');
}

function chain(ctx) {
  const test = ctx.A.v.beacon === 'test';
  need(test === ctx.rehearsal(), '信标与演练标记不符');
  ctx.chain = test ? testChain(ctx.log.v.beacon) : QUICKNET;
  need(ctx.chain.genesis <= ctx.A.v.t0, '信标始于封存时刻之后');
}

function instants(ctx) {
  const { t0, t1, t4 } = ctx.A.v;
  need(t0 + (ctx.rehearsal() ? 1 : 60) <= t1, '揭示时刻离封存时刻太近');
  need(t1 < t4 && t4 <= t1 + 366 * DAY, '公开时刻不合规定');
}

function leadOf(ctx) {
  if (ctx.rehearsal()) return 0;
  return ctx.A.v.urgent === 1 ? HALF_HOUR : DAY;
}

export function lead(ctx, policy) {
  const limit = ctx.A.v.t0 - leadOf(ctx);
  const head = ctx.notes.announced;
  need(ctx.A.index < head.size, 'announced 不含公告');
  need(quorumHolds(policy, head.cosignatures, (time) => time <= limit),
    '公告提前的时间不够');
  need(ctx.policy.quorum !== 'none' || ctx.A.v.time <= limit,
    '公告提前的时间不够');
}

function modes(ctx) {
  const { given, mode, strata, stratify } = ctx.A.v;
  need(mode === 'sealed' || strata.every((one) => one.class === 'public'),
    '公开方式下有内部层');
  need(given === null || strata.every((one) => one.take === '100%'),
    '检查对象由他处给定而不全取');
  need(stratify !== 'none' || (strata.length === 1 && strata[0].name === ALL),
    '不分层而有别的层');
}

export const ANNOUNCED = [
  { id: '4.01', title: '日志的 0 号条目', run: firstEntry },
  { id: '4.02', title: '条目首尾相接', run: previous },
  { id: '4.03', title: '时间不倒退', run: times },
  { id: '4.04', title: '抽查号', run: drawNumber },
  { id: '4.05', title: '种子早已承诺', run: slot },
  { id: '4.06', title: '公告与计划相符', run: planned },
  { id: '4.07', title: '公告的见证策略', run: policyNamed },
  { id: '4.08', title: '公告的信标', run: chain },
  { id: '4.09', title: '公告的各时刻', run: instants },
  { id: '4.10', title: '公告提前的时间', run: (ctx) => lead(ctx, ctx.policy) },
  { id: '4.11', title: '抽取方式', run: modes },
];
