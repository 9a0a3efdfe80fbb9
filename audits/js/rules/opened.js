// Part 4, the opening: targets, commitments and people (4.28 … 4.36).

import { flat, fromHex, toHex, utf8 } from '../bytes.js';
import { Paths, leafHash, treeRoot } from '../merkle.js';
import {
  ID, blindOf, crewDigest, crewsCommitment, dutyDigest, frameCommitment,
  frameKeyCommitment, frameLeaf, idOf, orderOf, rosterCommitment, rosterLeaf,
  rowDigest, saltedDigest,
} from '../seeds.js';
import { assignSteps } from '../team.js';
import { is } from './announced.js';
import { need } from './need.js';

// Targets between two yields: some ten milliseconds.
const BREATH = 256;

const beforeOpening = (ctx) => ctx.later.filter(
  (entry) => entry.at < ctx.opening.at);
const afterOpening = (ctx) => ctx.later.filter(
  (entry) => entry.at > ctx.opening.at && 'opens' in entry.v);

/** Places in the order of 4.28: {stratum, position, drawn}. */
function placesOf(ctx) {
  const places = [];
  for (const stratum of ctx.strata) {
    const place = (position, drawn) => places.push({
      stratum: stratum.name, position, drawn,
    });
    stratum.drawn.forEach((position) => place(position, true));
    for (const { kind, v } of beforeOpening(ctx)) {
      const own = kind === 'replacement' && v.stratum === stratum.name;
      if (own && v.reserve !== null) place(v.reserve, false);
    }
  }
  return places;
}

function exactTargets(ctx) {
  if (ctx.opening === null) return;
  const places = placesOf(ctx);
  need(places.length === ctx.targets.length, '公开的对象数不符');
  ctx.targets.forEach((target, i) => {
    const { stratum, position } = target.source;
    need(stratum === places[i].stratum && position === places[i].position,
      `公开的第 ${i} 个对象不是所抽的`);
    target.drawn = places[i].drawn;
  });
}

function frameKey(ctx) {
  if (ctx.opening === null || !('frame_key' in ctx.opening.v)) return;
  const { frame_key: key, frames } = ctx.opening.v;
  need(is(frameKeyCommitment(ctx.draw, fromHex(key)), ctx.F.v.frame_key),
    '公开的名单密钥不是所承诺的');
  need(ctx.A.v.mode !== 'open' || key === ctx.V.v.frame_key,
    '公开的名单密钥不是揭示的');
  need(frames.length === ctx.strata.length &&
    frames.every((one, i) => one.name === ctx.strata[i].name),
  '公开的名单文件不合层次');
}

/** order and blind: as given, or derived where the frame key is public. */
function frameSecrets(ctx, source, id) {
  if ('order' in source) {
    return { order: fromHex(source.order), blind: fromHex(source.blind) };
  }
  const key = fromHex(ctx.opening.v.frame_key);
  return { order: orderOf(key, id), blind: blindOf(key, id) };
}

function inFrame(ctx, target) {
  const { source } = target;
  const id = idOf(target.row);
  need(ID.test(id), `对象标识「${id}」不合格式`);
  need(!ctx.ids.has(id), `对象「${id}」出现两次`);
  ctx.ids.add(id);
  target.id = id;
  const { order, blind } = frameSecrets(ctx, source, id);
  const leaf = frameLeaf(order, rowDigest(blind, source.row),
    dutyDigest(fromHex(source.dblind), source.duty));
  const paths = ctx.framePaths.get(source.stratum);
  need(paths !== undefined, `没有层「${source.stratum}」`);
  need(paths.lead(leafHash(leaf), source.position, source.path),
    `对象「${id}」不在封存的名单里`);
}

function* openedTargets(ctx) {
  if (ctx.opening === null) return;
  ctx.ids = new Set();
  ctx.framePaths = new Map(ctx.strata.map(({ name, N, commitment }) => [name,
    new Paths(N, (root) => is(frameCommitment(name, N, root), commitment))]));
  ctx.allTargets = ctx.targets.slice();
  for (const entry of afterOpening(ctx)) {
    if (entry.target) ctx.allTargets.push(entry.target);
  }
  // Neighbours in the tree, one after the other, share most of their paths.
  const inOrder = ctx.allTargets.slice()
    .sort((a, b) => a.source.position - b.source.position);
  for (const [at, target] of inOrder.entries()) {
    if (at % BREATH === BREATH - 1) yield;
    inFrame(ctx, target);
  }
}

function duties(ctx) {
  if (ctx.opening === null) return;
  const { pools } = ctx.F.lists;
  const members = new Map();
  const isMember = (pool, i) => {
    if (!members.has(pool)) members.set(pool, new Set(pools[pool]));
    return members.get(pool).has(i);
  };
  for (const { duty, id } of ctx.allTargets) {
    need(duty.posts.every((pool) => pool < pools.length),
      `对象「${id}」的人员池不存在`);
    duty.recused.forEach((i, at) => {
      need(at === 0 || duty.recused[at - 1] < i, '回避名单不合次序');
      need(duty.posts.some((pool) => isMember(pool, i)),
        '回避的人不在人员池里');
    });
  }
}

const digestOf = (target, text) => crewDigest(
  fromHex(target.source.crew_blind), text);

function* crews(ctx) {
  if (ctx.D === null) return;
  const count = ctx.strata.reduce((sum, one) => sum + one.k, 0);
  need(count > 0 || is(crewsCommitment(0, treeRoot([])), ctx.D.v.crews),
    '没有抽中的对象，人员的承诺却不是空的');
  if (ctx.opening === null) return;
  const own = new Set(ctx.targets);
  const paths = new Paths(count,
    (root) => is(crewsCommitment(count, root), ctx.D.v.crews));
  let place = 0;
  for (const [at, target] of ctx.allTargets.entries()) {
    if (at % BREATH === BREATH - 1) yield;
    const { crew, crew_path: path } = target.source;
    if (target.drawn) {
      need(crew !== null, '抽中的对象没有人员');
      need(paths.lead(leafHash(digestOf(target, crew)), place++, path),
        `对象「${target.id}」的人员不是抽取时所定的`);
    } else {
      // Only in `opens` does a reserve come with a crew of its own.
      const isLate = !own.has(target);
      need((isLate || crew === null) && path.length === 0,
        '递补的对象不应有抽取时的人员');
    }
  }
}

function holdersOf(target) {
  const crewsHere = target.later.map((one) => one.holders);
  if (target.crew !== null) crewsHere.push(target.crew);
  return flat(crewsHere).filter((holder) => holder !== null);
}

/** `inspectors` are exactly the holders, and each is in the roster. */
function checkInspectors(ctx, inspectors, holders) {
  const texts = new Map();
  const { commitment, count } = ctx.F.v.roster;
  const paths = new Paths(count,
    (root) => is(rosterCommitment(count, root), commitment));
  inspectors.forEach(({ source, text }, at) => {
    need(at === 0 || inspectors[at - 1].source.index < source.index,
      '检查人员不合次序');
    const leaf = rosterLeaf(fromHex(source.blind), source.text,
      fromHex(source.person));
    need(paths.lead(leafHash(leaf), source.index, source.path),
      `检查人员 ${source.index} 不在封存的名册里`);
    texts.set(source.index, text);
  });
  const met = new Set();
  for (const { index, certificate, unit } of holders) {
    const text = texts.get(index);
    need(text !== undefined && text.certificate === certificate &&
      text.unit === unit, `检查人员 ${index} 与名册不符`);
    met.add(index);
  }
  need(met.size === texts.size, '公开了未用到的检查人员');
}

function people(ctx) {
  if (ctx.opening === null) return;
  checkInspectors(ctx, ctx.inspectors,
    flat(ctx.targets.map(holdersOf)));
  for (const entry of afterOpening(ctx)) {
    const holders = entry.kind === 'stand-in'
      ? entry.crew.filter((holder) => holder !== null)
      : flat((entry.target ? [entry.target] : []).map(holdersOf));
    checkInspectors(ctx, entry.inspectors, holders);
  }
}

const placeName = (stratum, position) => `${position} ${stratum}`;
const placeOf = ({ source }) => placeName(source.stratum, source.position);

/** The place whose crew an entry sets, '' where it sets none. */
function setsCrewOf({ kind, v }) {
  if (kind === 'stand-in') return placeName(v.stratum, v.position);
  const isSet = kind === 'replacement' && v.reserve !== null;
  return isSet ? placeName(v.stratum, v.reserve) : '';
}

function laterOf(target, entries) {
  need(entries.length === target.later.length, '后来的人员不全');
  target.later.forEach((one, i) => {
    need(one.entry === toHex(entries[i].hash), '后来的人员所指条目不符');
    need(is(digestOf(target, one.text), entries[i].v.crew),
      `对象「${target.id}」后来的人员与条目不符`);
  });
}

/** A replacement after the opening brings its reserve and the crew. */
function reserveOpened({ v, target }) {
  need((target === undefined) === (v.reserve === null), '递补没有公开其对象');
  if (target === undefined) return;
  const { source } = target;
  need(source.stratum === v.stratum && source.position === v.reserve,
    '递补公开的不是其对象');
  need(source.crew !== null && source.later.length === 0 &&
    is(digestOf(target, source.crew), v.crew), '递补的人员与条目不符');
}

function laterCrews(ctx) {
  if (ctx.opening === null) return;
  const setting = new Map();
  for (const entry of beforeOpening(ctx)) {
    const place = setsCrewOf(entry);
    if (!setting.has(place)) setting.set(place, []);
    setting.get(place).push(entry);
  }
  ctx.targets.forEach((target) => laterOf(target,
    setting.get(placeOf(target)) || []));
  const at = new Map(ctx.allTargets.map((one) => [placeOf(one), one]));
  for (const entry of afterOpening(ctx)) {
    if (entry.kind === 'stand-in') {
      const target = at.get(setsCrewOf(entry));
      need(target !== undefined &&
        is(digestOf(target, entry.v.opens.crew), entry.v.crew),
      '顶替后的人员与条目不符');
    } else {
      reserveOpened(entry);
    }
  }
}

function* teams(ctx) {
  if (ctx.opening === null) return;
  const drawn = ctx.targets.filter((target) => target.drawn);
  const posts = [];
  const recused = [];
  drawn.forEach(({ duty }, t) => {
    duty.posts.forEach((pool) => posts.push([t, pool]));
    duty.recused.forEach((i) => recused.push([t, i]));
  });
  const { pools, caps } = ctx.F.lists;
  const answer = yield* assignSteps({ posts, pools, caps, recused },
    ctx.teamSeed);
  const holders = flat(drawn.map((target) => target.crew));
  need(answer.holders.every((holder, post) => holder ===
    (holders[post] === null ? null : holders[post].index)),
  '检查人员不是种子所派的');
  ctx.openPosts = answer.open.length;
}

function disclosures(ctx) {
  if (ctx.opening === null) return;
  const given = ctx.opening.lists.disclosures;
  const entries = beforeOpening(ctx).filter((entry) => 'digest' in entry.v);
  need(entries.length === given.length, '公开的理由不全');
  given.forEach((one, i) => {
    need(one.entry === toHex(entries[i].hash), '公开的理由所指条目不符');
    need(is(saltedDigest(fromHex(one.salt), utf8(one.why)),
      entries[i].v.digest), '公开的理由与摘要不符');
  });
}

export const OPENED = [
  { id: '4.28', title: '公开的对象', run: exactTargets },
  { id: '4.29', title: '公开的名单密钥', run: frameKey },
  { id: '4.30', title: '对象在封存的名单里', run: openedTargets },
  { id: '4.31', title: '对象的席位与回避', run: duties },
  { id: '4.32', title: '抽取时的人员', run: crews },
  { id: '4.33', title: '检查人员在封存的名册里', run: people },
  { id: '4.34', title: '后来的人员', run: laterCrews },
  { id: '4.35', title: '人员由种子派定', run: teams },
  { id: '4.36', title: '公开的理由', run: disclosures },
];
