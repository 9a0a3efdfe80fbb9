// Part 4, freeze, reveal and void: 4.12 … 4.20.

import { compare, fromHex } from '../bytes.js';
import { verifyEd25519 } from '../ed25519.js';
import { write } from '../json.js';
import { countOf } from '../pick.js';
import { quorumHolds } from '../policy.js';
import {
  contributionMessage, custodyMessage, frameKeyCommitment, slotCommitment,
} from '../seeds.js';
import { is } from './announced.js';
import { need } from './need.js';

const LEAST_SEALED = 10;
const MOST_DRAWN = 10000000;

/** Name, N, k of each stratum, as A and F fix them. */
function strataOf(ctx) {
  return ctx.A.v.strata.map((one, i) => {
    const { count, commitment } = ctx.F.v.strata[i];
    return {
      name: one.name, N: count, k: countOf(one.take, one.least, count),
      commitment,
    };
  });
}

function counts(ctx) {
  if (ctx.F === null) return;
  const { strata, excluded, register } = ctx.F.v;
  const names = ctx.A.v.strata.map((one) => one.name);
  need(strata.length === names.length &&
    strata.every((one, i) => one.name === names[i]), '封存的层不是公告的层');
  need(excluded.length === ctx.A.v.exclusions.length + 1 &&
    excluded.every((one, i) => one.rule === i), '排除规则不全或不合次序');
  const sum = strata.concat(excluded)
    .reduce((all, one) => all + BigInt(one.count), BigInt(0));
  need(sum === BigInt(register.codes), '入选与排除之和不是名录的总数');
  ctx.strata = strataOf(ctx);
  need(ctx.strata.reduce((all, one) => all + one.k, 0) <= MOST_DRAWN,
    '抽取总数超过一千万');
}

function largeEnough(ctx) {
  const { mode, disclosure } = ctx.A.v;
  if (ctx.F === null || mode !== 'sealed' || disclosure !== 'kept') return;
  for (const { name, N, k } of ctx.strata) {
    need(N === 0 || (N >= LEAST_SEALED && k < N),
      `保密抽取的层「${name}」太小或全取`);
  }
}

const ascending = (list) => list.every(
  (value, i) => i === 0 || list[i - 1] < value);

function pools(ctx) {
  if (ctx.F === null) return;
  const { pools: all, caps } = ctx.F.lists;
  const m = ctx.F.v.roster.count;
  all.forEach((pool, i) => {
    need(ascending(pool) && pool[pool.length - 1] < m, `人员池 ${i}`);
    // A shorter list before a longer one that begins with it.
    need(i === 0 || compare(all[i - 1], pool) < 0, '人员池不合次序');
  });
  need(caps.length === m, '任务上限的个数不是检查人员数');
}

function custody(ctx) {
  if (ctx.F === null || ctx.A.v.custodian === null) return;
  const bare = Object.assign({}, ctx.F.v);
  delete bare.custody;
  const message = custodyMessage(ctx.A.hash, write(bare));
  need(verifyEd25519(fromHex(ctx.A.v.custodian.key), message,
    fromHex(ctx.F.v.custody)), '监管方的签名不成立');
}

/** Whether an entry was cosigned by a quorum no later than `limit`. */
function onTime(ctx, policy, entry, head, limit) {
  need(entry.index < head.size, '树头不含这一条目');
  need(quorumHolds(policy, head.cosignatures, (time) => time <= limit),
    '没有足够的见证人按时见证');
  need(ctx.policy.quorum !== 'none' || entry.v.time <= limit, '条目晚了');
}

export function freezeOnTime(ctx, policy) {
  if (ctx.F === null) return;
  onTime(ctx, policy, ctx.F, ctx.notes.frozen, ctx.A.v.t0);
}

export function revealOnTime(ctx, policy) {
  if (ctx.V === null) return;
  onTime(ctx, policy, ctx.V, ctx.notes.revealed, ctx.A.v.t1);
  need(ctx.V.index >= ctx.notes.frozen.size, '揭示在封存得到见证之前');
}

function whyNotOpen(ctx) {
  const { secret, frame_key: key } = ctx.V.v;
  const found = slotCommitment(ctx.book.v.book, ctx.A.v.slot,
    fromHex(secret));
  if (!is(found, ctx.proof.commitment.commit)) return '揭示的种子不是所承诺的';
  const keyOpens = ctx.A.v.mode !== 'open' || is(
    frameKeyCommitment(ctx.draw, fromHex(key)), ctx.F.v.frame_key);
  return keyOpens ? '' : '揭示的名单密钥不是所承诺的';
}

function whyNotContributed(ctx) {
  const { contributors } = ctx.A.v;
  const { contributions } = ctx.V.v;
  if (contributions.length !== contributors.length) return '出数方不全';
  for (let i = 0; i < contributors.length; i++) {
    const { name, value, signature } = contributions[i];
    if (name !== contributors[i].name) return '出数方不合次序';
    const message = contributionMessage(ctx.F.hash, name, fromHex(value));
    if (!verifyEd25519(fromHex(contributors[i].key), message,
      fromHex(signature))) return `出数方「${name}」的签名不成立`;
  }
  return '';
}

function opens(ctx) {
  if (ctx.V === null) return;
  if (ctx.voided !== null && ctx.voided.v.cause === 'does-not-open') return;
  const why = whyNotOpen(ctx);
  need(why === '', why);
}

function contributed(ctx) {
  if (ctx.V === null || ctx.voided !== null) return;
  const why = whyNotContributed(ctx);
  need(why === '', why);
}

function late(ctx, policy, after, limit) {
  const { head, time } = ctx.voided.v;
  const before = ctx.entries[ctx.voided.at - 1];
  need(before.kind === after, '作废的原因与其位置不符');
  if (ctx.policy.quorum === 'none') {
    need(head === '' && time > limit, '作废时并未超过期限');
    return;
  }
  need(head !== '' && head === ctx.proof.heads.late.note,
    '作废条目没有所附的树头');
  const note = ctx.notes.late;
  need(before.index < note.size && note.size <= ctx.voided.index,
    '作废条目的树头大小不符');
  need(quorumHolds(policy, note.cosignatures, (at) => at > limit),
    '没有足够的见证人证明已过期限');
}

function broken(ctx) {
  need(ctx.V !== null && ctx.voided.v.head === '', '作废的原因与其位置不符');
  return { open: whyNotOpen(ctx) === '', whole: whyNotContributed(ctx) === '' };
}

const CAUSES = {
  'freeze-late': (ctx, policy) =>
    late(ctx, policy, 'announcement', ctx.A.v.t0),
  'reveal-late': (ctx, policy) => late(ctx, policy, 'freeze', ctx.A.v.t1),
  'does-not-open': (ctx) => need(!broken(ctx).open, '揭示其实打得开'),
  'contributor-missing': (ctx) => {
    const found = broken(ctx);
    need(found.open && !found.whole, '出数方其实齐全，或揭示打不开');
  },
};

export function voidTrue(ctx, policy) {
  if (ctx.voided !== null) CAUSES[ctx.voided.v.cause](ctx, policy);
}

const own = (check) => (ctx) => check(ctx, ctx.policy);

export const FROZEN = [
  { id: '4.12', title: '封存名单的层与总数', run: counts },
  { id: '4.13', title: '保密抽取的层足够大', run: largeEnough },
  { id: '4.14', title: '人员池与任务上限', run: pools },
  { id: '4.15', title: '监管方的签名', run: custody },
  { id: '4.16', title: '封存按时', run: own(freezeOnTime) },
  { id: '4.17', title: '揭示按时', run: own(revealOnTime) },
  { id: '4.18', title: '揭示与承诺相符', run: opens },
  { id: '4.19', title: '出数方齐全', run: contributed },
  { id: '4.20', title: '作废的原因属实', run: own(voidTrue) },
];
