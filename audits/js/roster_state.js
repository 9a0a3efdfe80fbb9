// Who holds which post: the state that the steps of section 6 work on.

function ascending(list) {
  return Array.from(new Set(list)).sort((a, b) => a - b);
}

function addTo(map, key, value) {
  if (!map.has(key)) map.set(key, []);
  map.get(key).push(value);
}

function insertAscending(list, value) {
  let at = list.length;
  while (at > 0 && list[at - 1] > value) at--;
  list.splice(at, 0, value);
}

/**
 * The problem {posts: [[target, pool], …], pools, caps, recused: [[target,
 * inspector], …]} and its holders so far (null: open).
 */
export class Roster {
  constructor(problem) {
    this.target = problem.posts.map((post) => post[0]);
    this.pool = problem.posts.map((post) => post[1]);
    this.pools = problem.pools;
    this.caps = problem.caps;
    this.holder = problem.posts.map(() => null);
    this.held = problem.caps.map(() => []);
    this.sorted = problem.pools.map(ascending);
    this.members = problem.pools.map((pool) => new Set(pool));
    this.recusals = new Map();
    const onTarget = new Map();
    this.target.forEach((t, p) => addTo(onTarget, t, p));
    // All posts of the same target share one list.
    this.siblings = this.target.map((t) => onTarget.get(t));
    problem.recused.forEach(([t, i]) => addTo(this.recusals, t, i));
  }

  recused(target, inspector) {
    const list = this.recusals.get(target);
    return list !== undefined && list.indexOf(inspector) >= 0;
  }

  /** Members of the post's pool, ascending, not recused for its target. */
  eligible(post) {
    const members = this.sorted[this.pool[post]];
    const out = this.recusals.get(this.target[post]);
    return out === undefined
      ? members : members.filter((i) => out.indexOf(i) < 0);
  }

  /** Whether the inspector is eligible for the post. */
  mayHold(inspector, post) {
    return this.members[this.pool[post]].has(inspector) &&
      !this.recused(this.target[post], inspector);
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
    const { holder } = this;
    for (const other of this.siblings[post]) {
      if (holder[other] === inspector) return other;
    }
    return -1;
  }

  set(post, inspector) {
    this.holder[post] = inspector;
    insertAscending(this.held[inspector], post);
  }

  clear(post) {
    const inspector = this.holder[post];
    if (inspector === null) return;
    this.held[inspector].splice(this.held[inspector].indexOf(post), 1);
    this.holder[post] = null;
  }
}
