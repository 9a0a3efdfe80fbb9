// The random steps of 6.4, which leave loads and openings as they are.

import { WORD, rest } from './bytes.js';
import { CounterHash } from './hash.js';
import { OPEN } from './roster_state.js';

const EXACT = 2097152;
// Steps between two yields: some ten milliseconds.
const BREATH = 8192;

/** Words 2i and 2i + 1 of a hash as an integer, modulo n. */
function draw(h, i, n) {
  const high = h[2 * i] >>> 0;
  const low = h[2 * i + 1] >>> 0;
  if (n <= EXACT) return rest(rest(high, n) * rest(WORD, n) + low, n);
  return Number((BigInt(high) * BigInt(WORD) + BigInt(low)) % BigInt(n));
}

/** w3 is of seven bytes: the last one says what is tried. */
function drawLast(h, n) {
  return rest(rest(h[6] >>> 0, n) * 16777216 + (h[7] >>> 8), n);
}

class Mixer {
  constructor(roster) {
    this.roster = roster;
    this.filled = [];
    this.filledOf = roster.pools.map(() => []);
    roster.holder.forEach((holder, post) => {
      if (holder === OPEN) return;
      this.filled.push(post);
      this.filledOf[roster.pool[post]].push(post);
    });
  }

  /** h: eight words, of which the last byte says what is tried. */
  step(h) {
    const p = this.filled[draw(h, 0, this.filled.length)];
    if (h[7] % 2 !== 0) this.pass(p, h);
    else this.swapOrGive(p, h);
  }

  swapOrGive(p, h) {
    const group = this.roster.pool[p];
    const posts = this.filledOf[group];
    const members = this.roster.pools[group];
    const y = draw(h, 1, posts.length + members.length);
    if (y < posts.length) this.swap(p, posts[y]);
    else this.give(p, members[y - posts.length]);
  }

  swap(p, q) {
    const { roster } = this;
    const a = roster.holder[p];
    const b = roster.holder[q];
    if (q === p || a === b) return;
    if (roster.recused(q, a) || roster.recused(p, b)) return;
    if (roster.target[p] !== roster.target[q]) {
      if (roster.postBeside(q, a) >= 0 || roster.postBeside(p, b) >= 0) return;
    }
    roster.exchange(a, p, q);
    roster.exchange(b, q, p);
  }

  give(p, b) {
    const { roster } = this;
    const a = roster.holder[p];
    if (roster.load(b) !== roster.load(a) - 1 || !roster.belowCap(b)) return;
    if (roster.recused(p, b) || roster.postBeside(p, b) >= 0) return;
    roster.clear(p);
    roster.set(p, b);
  }

  /** p goes to b, and b's post q to c, who is p's holder or has room. */
  pass(p, h) {
    const { roster } = this;
    const a = roster.holder[p];
    const members = roster.pools[roster.pool[p]];
    const b = members[draw(h, 1, members.length)];
    if (b === a || roster.load(b) === 0) return;
    const q = roster.held[b][draw(h, 2, roster.load(b))];
    const others = roster.pools[roster.pool[q]];
    const c = others[drawLast(h, others.length)];
    if (c === b) return;
    const room = roster.load(c) === roster.load(a) - 1 && roster.belowCap(c);
    if (c !== a && !room) return;
    if (roster.recused(p, b) || roster.recused(q, c)) return;
    if (this.stands(p, b, q) || this.stands(q, c, p)) return;
    roster.clear(p);
    roster.exchange(b, q, p);
    roster.set(q, c);
  }

  /** Whether i holds a post of p's target that is neither p nor q. */
  stands(p, i, q) {
    const post = this.roster.postBeside(p, i);
    return post >= 0 && post !== p && post !== q;
  }
}

/** All steps; yields now and then. */
export function* mix(roster, seed) {
  const mixer = new Mixer(roster);
  const steps = 32 * mixer.filled.length;
  const hashes = new CounterHash('mix', seed);
  for (let s = 0; s < steps; s++) {
    if (s % BREATH === BREATH - 1) yield;
    mixer.step(hashes.words(s));
  }
}
