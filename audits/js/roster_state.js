// Who holds which post: the state that the steps of section 6 work on.

/** The holder of a post that nobody holds. */
export const OPEN = -1;

function ascending(list) {
  return Array.from(new Set(list)).sort((a, b) => a - b);
}

function addTo(map, key, value) {
  if (!map.has(key)) map.set(key, []);
  map.get(key).push(value);
}

/** Leads from each place to the next of the same value, and round. */
function roundOf(values) {
  const next = new Int32Array(values.length);
  const last = new Map();
  values.forEach((value, at) => {
    const before = last.get(value);
    next[at] = before === undefined ? at : next[before];
    if (before !== undefined) next[before] = at;
    last.set(value, at);
  });
  return next;
}

/** Where a value stands in an ascending list that has it. */
function placeOf(list, value) {
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Another value for the one at a place; the list is ascending again. */
function replaceAt(list, place, value) {
  let at = place;
  for (; at > 0 && list[at - 1] > value; at--) list[at] = list[at - 1];
  const last = list.length - 1;
  for (; at < last && list[at + 1] < value; at++) list[at] = list[at + 1];
  list[at] = value;
}

/**
 * The problem {posts: [[target, pool], …], pools, caps, recused: [[target,
 * inspector], …]} and its holders so far.  Half a million steps are made on
 * it: numbers in typed arrays, and lists that are changed where they stand.
 */
export class Roster {
  constructor(problem) {
    const { posts, pools, caps, recused } = problem;
    this.target = Int32Array.from(posts, (post) => post[0]);
    this.pool = Int32Array.from(posts, (post) => post[1]);
    this.pools = pools;
    this.caps = caps;
    this.holder = new Int32Array(posts.length).fill(OPEN);
    // The posts of each inspector, ascending.
    this.held = caps.map(() => []);
    this.sorted = pools.map(ascending);
    this.members = pools.map((pool) => new Set(pool));
    // After each post the next of its target, after the last the first.
    this.next = roundOf(this.target);
    const out = new Map();
    recused.forEach(([t, i]) => addTo(out, t, i));
    // All posts of the same target share a list.
    this.recusals = posts.map(([t]) => out.get(t) || null);
  }

  /** Whether the inspector is recused from the post's target. */
  recused(post, inspector) {
    const list = this.recusals[post];
    return list !== null && list.indexOf(inspector) >= 0;
  }

  /** Members of the post's pool, ascending, not recused for its target. */
  eligible(post) {
    const members = this.sorted[this.pool[post]];
    const out = this.recusals[post];
    return out === null ? members : members.filter((i) => out.indexOf(i) < 0);
  }

  /** Whether the inspector is eligible for the post. */
  mayHold(inspector, post) {
    return this.members[this.pool[post]].has(inspector) &&
      !this.recused(post, inspector);
  }

  load(inspector) {
    return this.held[inspector].length;
  }

  belowCap(inspector) {
    const cap = this.caps[inspector];
    return cap === null || this.load(inspector) < cap;
  }

  /** The post of this post's target that the inspector holds, or -1. */
  postBeside(post, inspector) {
    const { holder, next } = this;
    let other = post;
    do {
      if (holder[other] === inspector) return other;
      other = next[other];
    } while (other !== post);
    return -1;
  }

  set(post, inspector) {
    const list = this.held[inspector];
    this.holder[post] = inspector;
    replaceAt(list, list.push(post) - 1, post);
  }

  clear(post) {
    const inspector = this.holder[post];
    if (inspector === OPEN) return;
    const list = this.held[inspector];
    // The last one takes its place, and then stands there twice.
    replaceAt(list, placeOf(list, post), list[list.length - 1]);
    list.pop();
    this.holder[post] = OPEN;
  }

  /** The inspector takes one post instead of another that is held. */
  exchange(inspector, from, to) {
    const list = this.held[inspector];
    replaceAt(list, placeOf(list, from), to);
    this.holder[to] = inspector;
  }

  /** The holder of each post, null where it is open. */
  holders() {
    return Array.from(this.holder, (one) => (one === OPEN ? null : one));
  }
}
