// Remarks: what a reader should know of a draw that holds all the same.

import { timeOf } from './beacon.js';
import { decidingRound } from './rules/drawn.js';
import { trustBound } from './policy.js';

const DAY = 86400;
const ZEROS = '0'.repeat(64);

function duration(seconds) {
  if (seconds >= DAY) return `${(seconds / DAY).toFixed(1)} 天`;
  return seconds >= 3600 ? `${(seconds / 3600).toFixed(1)} 小时`
    : `${seconds} 秒`;
}

function overdue(ctx) {
  if (ctx.V === null || ctx.voided !== null) return '';
  const due = timeOf(ctx.chain, decidingRound(ctx)) + DAY;
  if (ctx.D !== null) {
    return ctx.D.v.time > due ? '抽取条目在信标之后 24 小时以上才登记' : '';
  }
  return ctx.asOf !== null && ctx.asOf > due
    ? '已定未办：信标已定 24 小时以上，仍未登记抽取结果' : '';
}

function leadTime(ctx) {
  const times = ctx.notes.announced.cosignatures
    .map((one) => Number(one.time));
  const known = times.length === 0 ? ctx.A.v.time : Math.max(...times);
  const how = times.length === 0 ? '登记（只凭日志自己的时间）' : '得到见证';
  return `公告在封存前 ${duration(Math.max(0, ctx.A.v.t0 - known))}${how}`;
}

function changed(ctx) {
  const count = ctx.later.filter((one) => one.kind === 'stand-in').length;
  return count === 0 ? '' : `已换人：${count} 次顶替`;
}

function dropOuts(ctx) {
  if (ctx.D === null) return '';
  const found = ctx.strata.map(({ name, k }) => {
    const out = ctx.later.filter((one) => one.kind === 'replacement' &&
      one.v.stratum === name).length;
    return out === 0 ? '' : `${name} ${out}/${k}`;
  }).filter((line) => line !== '');
  return found.length === 0 ? '' : `退出的对象：${found.join('，')}`;
}

function wronglyFrozen(ctx) {
  // The day of t0 as on the documents, in Beijing time.
  const day = (time) => new Date((Math.min(time, 8e12) + 28800) * 1000)
    .toISOString().slice(0, 10);
  const wrong = ctx.later.some((one) => one.kind === 'replacement' &&
    one.why && one.why.date <= day(ctx.A.v.t0));
  return wrong ? '封存的名单有误：有对象在封存之前已经退出' : '';
}

function mirrored(ctx) {
  const { mirror, t1 } = ctx.A.v;
  const seen = ctx.V !== null && ctx.notes.revealed.cosignatures.some(
    (one) => one.witness.policyName === mirror && one.time <= t1);
  if (ctx.V === null || seen) return '';
  return '没有镜像见证人按时见到揭示：组织者可在得知结果后使本次抽取落空';
}

function fewEligible(ctx) {
  if (!ctx.targets) return '';
  const pools = ctx.F.lists.pools;
  const tight = ctx.targets.reduce((sum, { duty }) => sum +
    duty.posts.filter((pool) => {
      const seats = duty.posts.filter((other) => other === pool).length;
      const free = pools[pool].filter((i) => duty.recused.indexOf(i) < 0);
      return free.length < 2 * seats;
    }).length, 0);
  return tight === 0 ? '' : `${tight} 个席位可选的人不到席位数的两倍`;
}

function unequal(ctx) {
  if (!ctx.strata) return '';
  const sum = (key) => ctx.strata.reduce((all, one) => all + one[key], 0);
  const share = sum('k') / Math.max(1, sum('N'));
  const high = ctx.strata.filter(({ k, N }) => N > 0 && k / N > 3 * share);
  return high.length === 0 ? ''
    : `抽取比例超过全体三倍的层：${high.map((one) => one.name).join('，')}`;
}

function trust(ctx) {
  if (ctx.policy.quorum === 'none') return '没有见证人：时间只凭日志自己所说';
  const { n, q, f } = trustBound(ctx.policy);
  return `见证 ${n} 取 ${q}：不诚实的见证人至多 ${Math.max(f, 0)} 个时，` +
    '日志不能给两人看两份';
}

function ownKeyOnly(ctx) {
  const { filePolicy, vkey } = ctx.options;
  const known = vkey || (filePolicy && filePolicy.logs.length > 0);
  return known ? '' : '签名所用的公钥是这份文件自己给出的';
}

const REMARKS = [
  overdue,
  leadTime,
  changed,
  dropOuts,
  wronglyFrozen,
  mirrored,
  (ctx) => (ctx.A.v.custodian === null ? '名单密钥只在组织者手中' : ''),
  (ctx) => (ctx.A.v.given === null ? ''
    : `检查对象由${ctx.A.v.given.by}抽取，本系统不证明其随机性`),
  (ctx) => (ctx.A.v.ending === ZEROS ? '' : '第二次抽取：本批次曾作废或撤销'),
  (ctx) => (ctx.batch.follows === 0 ? ''
    : `本批次接续第 ${ctx.batch.follows} 号抽取`),
  fewEligible,
  unequal,
  trust,
  ownKeyOnly,
];

export function remarksOf(ctx) {
  return REMARKS.map((remark) => remark(ctx)).filter((line) => line !== '');
}
