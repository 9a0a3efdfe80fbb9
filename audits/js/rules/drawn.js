// Part 4, beacon, draw and what may follow it: 4.21 … 4.27.

import { fromHex, toHex } from '../bytes.js';
import { roundFor, verifyBeacon } from '../beacon.js';
import { pick } from '../pick.js';
import {
  drawSeed, positionsDigest, stratumSeed, teamSeed,
} from '../seeds.js';
import { is } from './announced.js';
import { need } from './need.js';

const DELAY = 600;
const DELAY_OF_REHEARSAL = 3;

export function decidingRound(ctx) {
  return roundFor(ctx.chain, ctx.A.v.t1,
    ctx.rehearsal() ? DELAY_OF_REHEARSAL : DELAY);
}

function round(ctx) {
  if (ctx.B === null) return;
  need(ctx.B.v.chain === ctx.A.v.beacon, '信标不是公告的信标');
  need(ctx.B.v.round === decidingRound(ctx), '信标的轮次不符');
}

function beaconSignature(ctx) {
  if (ctx.B === null) return;
  need(verifyBeacon(ctx.chain, ctx.B.v.round, fromHex(ctx.B.v.signature)),
    '信标的签名不成立');
}

export function seedOf(ctx, roundNumber, signature) {
  return drawSeed({
    announcement: ctx.A.hash,
    freeze: ctx.F.hash,
    secret: fromHex(ctx.V.v.secret),
    contributions: ctx.V.v.contributions.map((one) => fromHex(one.value)),
    chain: ctx.chain.hash,
    round: roundNumber,
    signature,
  });
}

/** The picked positions of a stratum: the drawn ones and `more` reserves. */
export function picked(seed, stratum, more) {
  return pick(stratumSeed(seed, stratum.name), stratum.N,
    Math.min(stratum.N, stratum.k + more));
}

function drawStrata(ctx) {
  if (ctx.D === null) return;
  const found = ctx.D.v.strata;
  need(found.length === ctx.strata.length, '抽取的层不全');
  ctx.strata.forEach((stratum, i) => {
    const { name, count, take } = found[i];
    need(name === stratum.name && count === stratum.N && take === stratum.k,
      `层「${stratum.name}」的名称、总数或抽取数不符`);
  });
}

function positions(ctx) {
  if (ctx.D === null) return;
  ctx.seed = seedOf(ctx, ctx.B.v.round, fromHex(ctx.B.v.signature));
  ctx.teamSeed = teamSeed(ctx.seed);
  ctx.strata.forEach((stratum, i) => {
    const more = ctx.later.filter((entry) => entry.kind === 'replacement' &&
      entry.v.stratum === stratum.name).length;
    stratum.out = picked(ctx.seed, stratum, more);
    stratum.drawn = stratum.out.slice(0, stratum.k);
    need(is(positionsDigest(stratum.drawn), ctx.D.v.strata[i].positions),
      `层「${stratum.name}」的抽取结果不是种子所定的`);
  });
}

/** Where each position of a stratum stands as the log goes on. */
class Course {
  constructor(stratum) {
    this.stratum = stratum;
    this.live = new Set(stratum.drawn);
    this.replacements = 0;
  }

  replace(v) {
    const { k, N, out } = this.stratum;
    need(this.live.has(v.position), '被递补的位置未抽中或已退出');
    need(v.ordinal === this.replacements, '递补的次序号不符');
    const next = k + v.ordinal;
    need(v.reserve === (next < N ? out[next] : null), '递补的对象不符');
    need((v.crew === null) === (v.reserve === null), '递补的人员摘要不符');
    this.replacements++;
    this.live.delete(v.position);
    if (v.reserve !== null) this.live.add(v.reserve);
  }
}

/** Walks the entries after the draw, once for each of 4.25 and 4.26. */
function walk(ctx, onReplacement, onOther) {
  if (ctx.D === null) return;
  const courses = new Map(
    ctx.strata.map((stratum) => [stratum.name, new Course(stratum)]));
  for (const entry of ctx.later) {
    if (!('stratum' in entry.v)) continue;
    const course = courses.get(entry.v.stratum);
    if (entry.kind === 'replacement') onReplacement(course, entry);
    else onOther(course, entry);
  }
}

function replacements(ctx) {
  walk(ctx, (course, entry) => {
    need(course !== undefined, '递补的层不是公告的层');
    course.replace(entry.v);
  }, () => {});
}

function standInsAndDirects(ctx) {
  walk(ctx, (course, entry) => course.replace(entry.v), (course, entry) => {
    const { position, seat } = entry.v;
    need(course !== undefined && course.live.has(position),
      '顶替或委派的位置未抽中或已退出');
    need(entry.kind !== 'direct' || seat < ctx.seats, '委派的席位不符');
  });
}

function annulled(ctx) {
  if (ctx.annul === null) return;
  need(ctx.opening !== null && ctx.opening.at < ctx.annul.at,
    '撤销在公开之前');
}

/** Rule 4.41: an early look at the result, before D is logged. */
export function foretold(ctx) {
  const { signature } = ctx.options;
  if (!signature) return;
  const stands = ctx.V !== null && ctx.D === null && ctx.voided === null;
  need(stands, '只在已揭示而未抽取时可用 --signature');
  const number = decidingRound(ctx);
  need(number !== null && verifyBeacon(ctx.chain, number, signature),
    `--signature 不是第 ${number} 轮信标的签名`);
  const seed = seedOf(ctx, number, signature);
  ctx.foretold = ctx.strata.map((stratum) => ({
    name: stratum.name, positions: picked(seed, stratum, 0),
  }));
  ctx.foretoldSeed = toHex(seed);
}

export const DRAWN = [
  { id: '4.21', title: '信标的轮次', run: round },
  { id: '4.22', title: '信标的签名', run: beaconSignature },
  { id: '4.23', title: '抽取的层与数目', run: drawStrata },
  { id: '4.24', title: '抽取的结果', run: positions },
  { id: '4.25', title: '递补', run: replacements },
  { id: '4.26', title: '顶替与直接委派', run: standInsAndDirects },
  { id: '4.27', title: '撤销', run: annulled },
];
