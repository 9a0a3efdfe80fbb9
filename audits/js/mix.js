// The random steps of 6.4, which leave loads and openings as they are.

import { WORD } from './bytes.js';
import { CounterHash } from './hash.js';

const EXACT = 2097152;
// Steps between two yields: some ten milliseconds.
const BREATH = 8192;

/** An integer of two words, modulo n: in doubles up to n = 2^21. */
function modulo(high, low, n) {
  if (n <= EXACT) return ((high % n) * (WORD % n) + low) % n;
  return Number((BigInt(high) * BigInt(WORD) + BigInt(low)) % BigInt(n));
}

/** w3 is of seven bytes: the last one says what is tried. */
const lastWord = (h, n) => ((h[6] >>> 0) % n * 16777216 + (h[7] >>> 8)) % n;

class Mixer {
  constructor(roster) {
    this.roster = roster;
    this.filled = [];
    this.filledOf = roster.pools.map(() => []);
    roster.holder.forEach((holder, post) => {
      if (holder === null) return;
      this.filled.push(post);
      this.filledOf[roster.pool[post]].push(post);
    });
  }

  /** h: eight words, of which the last byte says what is tried. */
  step(h) {
    const word = (i, n) => modulo(h[2 * i] >>> 0, h[2 * i + 1] >>> 0, n);
    const p = this.filled[word(0, this.filled.length)];
    if (h[7] % 2 !== 0) this.pass(p, word, h);
    else this.swapOrGive(p, word);
  }

  swapOrGive(p, word) {
    const group = this.roster.pool[p];
    const posts = this.filledOf[group];
    const members = this.roster.pools[group];
    const y = word(1, posts.length + members.length);
    if (y < posts.length) this.swap(p, posts[y]);
    else this.give(p, members[y - posts.length]);
  }

  swap(p, q) {
    const { roster } = this;
    const a = roster.holder[p];
    const b = roster.holder[q];
    const tp = roster.target[p];
    const tq = roster.target[q];
    if (q === p || a === b) return;
    if (roster.recused(tq, a) || roster.recused(tp, b)) return;
    if (tp !== tq) {
      if (roster.postBeside(q, a) >= 0 || roster.postBeside(p, b) >= 0) return;
    }
    this.move([p, q], [b, a]);
  }

  give(p, b) {
    const { roster } = this;
    const a = roster.holder[p];
    const target = roster.target[p];
    if (roster.load(b) !== roster.load(a) - 1 || !roster.belowCap(b)) return;
    if (roster.recused(target, b) || roster.postBeside(p, b) >= 0) return;
    this.move([p], [b]);
  }

  /** p goes to b, and b's post q to c, who is p's holder or has room. */
  pass(p, word, h) {
    const { roster } = this;
    const a = roster.holder[p];
    const members = roster.pools[roster.pool[p]];
    const b = members[word(1, members.length)];
    if (b === a || roster.load(b) === 0) return;
    const q = roster.held[b][word(2, roster.load(b))];
    const others = roster.pools[roster.pool[q]];
    const c = others[lastWord(h, others.length)];
    if (c === b) return;
    const room = roster.load(c) === roster.load(a) - 1 && roster.belowCap(c);
    if (c !== a && !room) return;
    if (roster.recused(roster.target[p], b)) return;
    if (roster.recused(roster.target[q], c)) return;
    if (this.stands(p, b, [p, q])) return;
    if (this.stands(q, c, [p, q])) return;
    this.move([p, q], [b, c]);
  }

  /** Whether i holds a post beside this one, other than those taken off. */
  stands(post, i, off) {
    const { siblings, holder } = this.roster;
    return siblings[post].some(
      (other) => holder[other] === i && off.indexOf(other) < 0);
  }

  move(posts, holders) {
    posts.forEach((post) => this.roster.clear(post));
    posts.forEach((post, n) => this.roster.set(post, holders[n]));
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
