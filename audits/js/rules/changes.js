// Rule 4.37: stand-ins and replacements whose reasons are known, replayed
// in the order of the log.

import { reserveCrew, standIn } from '../stand_in.js';
import { need } from './need.js';

const indexes = (holders) => holders.map(
  (holder) => (holder === null ? null : holder.index));
const keyOf = (v, position) => `${position} ${v.stratum}`;

class Replay {
  constructor(ctx) {
    this.ctx = ctx;
    this.positions = new Map();
    for (const target of ctx.targets) {
      this.open(target, target.drawn ? indexes(target.crew) : null,
        target.later.map((one) => indexes(one.holders)));
    }
  }

  /** `coming`: the crews that later entries will set, in their order. */
  open(target, now, coming) {
    this.positions.set(keyOf(target.source, target.source.position), {
      duty: target.duty, now, coming, removed: new Set(),
    });
  }

  standIn(entry) {
    const { v, why } = entry;
    const place = this.positions.get(keyOf(v, v.position));
    if (place === undefined) return;
    const crew = 'opens' in v ? indexes(entry.crew) : place.coming.shift();
    if (why) {
      need('seat' in why, '公开的理由不是顶替的理由');
      this.checkStandIn(v, why, place, crew);
    }
    place.now = crew;
  }

  checkStandIn(v, why, place, crew) {
    const { seat, removed, away } = why;
    need(seat < this.ctx.seats, '顶替的席位不符');
    need(place.now[seat] === removed, '被顶替的人不在这一席');
    need(crew.every((i, at) => at === seat || i === place.now[at]),
      '顶替改动了别的席位');
    place.removed.add(removed);
    const taken = new Set(place.now.concat(Array.from(place.removed), away));
    const post = { stratum: v.stratum, position: v.position, seat };
    const { pools } = this.ctx.F.lists;
    const chosen = standIn(this.ctx.teamSeed, post,
      pools[place.duty.posts[seat]], place.duty.recused, taken);
    need(crew[seat] === chosen, '顶替的人不是种子所定的');
  }

  replacement(entry) {
    const { v, why, target } = entry;
    need(!why || 'date' in why, '公开的理由不是递补的理由');
    if (v.reserve === null) return;
    if (target) this.open(target, null, [indexes(target.crew)]);
    const place = this.positions.get(keyOf(v, v.reserve));
    const dropped = this.positions.get(keyOf(v, v.position));
    if (place === undefined) return;
    place.now = place.coming.shift();
    if (!why || dropped === undefined) return;
    const wanted = reserveCrew(this.ctx.teamSeed,
      { stratum: v.stratum, position: v.reserve }, place.duty,
      { posts: dropped.duty.posts, holders: dropped.now },
      this.ctx.F.lists.pools, why.away);
    need(wanted.every((i, seat) => i === place.now[seat]),
      '递补对象的人员不是种子所定的');
  }
}

function changes(ctx) {
  if (ctx.opening === null) return;
  const replay = new Replay(ctx);
  for (const entry of ctx.later) {
    if (entry.kind === 'stand-in') replay.standIn(entry);
    if (entry.kind === 'replacement') replay.replacement(entry);
  }
}

export const CHANGES = [
  { id: '4.37', title: '顶替与递补的人员', run: changes },
];
