// Part 4, the end: when the proof speaks, and who vouches for it.

import { quorumHolds } from '../policy.js';
import { lead } from './announced.js';
import { foretold } from './drawn.js';
import { freezeOnTime, revealOnTime, voidTrue } from './frozen.js';
import { need } from './need.js';

/** The moment up to which the proof is known to be whole, or null. */
export function asOf(ctx) {
  if (ctx.options.at !== null) return ctx.options.at;
  if (ctx.policy.quorum === 'none') {
    return Math.max(...ctx.entries.map((entry) => entry.v.time));
  }
  const { cosignatures } = ctx.notes.final;
  const times = cosignatures.map((one) => one.time).filter((least) =>
    quorumHolds(ctx.policy, cosignatures, (time) => time >= least));
  // A time may be a BigInt, which Math.max does not take.
  return times.reduce((most, time) =>
    (most === null || time > most ? time : most), null);
}

function openedInTime(ctx) {
  ctx.asOf = asOf(ctx);
  if (ctx.opening !== null || ctx.voided !== null) return;
  need(ctx.asOf === null || ctx.asOf <= ctx.A.v.t4, '过了公开时刻仍未公开');
}

function finalQuorum(ctx, policy) {
  need(quorumHolds(policy, ctx.notes.final.cosignatures, () => true),
    'final 的见证人不足');
}

function ownPolicyToo(ctx) {
  const { filePolicy } = ctx.options;
  if (!filePolicy || filePolicy.quorum === 'none') return;
  [lead, freezeOnTime, revealOnTime, voidTrue, finalQuorum]
    .forEach((rule) => rule(ctx, filePolicy));
}

export const ENDING = [
  { id: '4.38', title: '按时公开', run: openedInTime },
  {
    id: '4.39', title: '最后的树头有足够的见证人',
    run: (ctx) => finalQuorum(ctx, ctx.policy),
  },
  { id: '4.40', title: '也合读者自带的策略', run: ownPolicyToo },
  { id: '4.41', title: '读者带来的信标签名', run: foretold },
];
