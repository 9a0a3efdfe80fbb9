// Teams (section 6): greedy, repair, balance, mix.

import { Searcher } from './augment.js';
import { CounterHash } from './hash.js';
import { mix } from './mix.js';
import { OPEN, Roster } from './roster_state.js';

// Typed arrays sort numbers as numbers, and fast.
const ascending = (list) => Array.from(Int32Array.from(list).sort());

function greedy(roster, seed) {
  const tie = new CounterHash('tie', seed);
  roster.holder.forEach((unused, post) => {
    const choice = leastLoaded(roster, post);
    if (choice.length > 0) {
      roster.set(post, choice[tie.below(post, choice.length)]);
    }
  });
}

function leastLoaded(roster, post) {
  let least = Infinity;
  let choice = [];
  for (const i of roster.eligible(post)) {
    const load = roster.load(i);
    if (load > least || !roster.belowCap(i)) continue;
    if (roster.postBeside(post, i) >= 0) continue;
    if (load < least) {
      least = load;
      choice = [];
    }
    choice.push(i);
  }
  return choice;
}

/** Fills open posts; what stays open comes back with its certificate. */
function repair(roster, searcher) {
  const open = [];
  const ends = (i) => roster.belowCap(i);
  roster.holder.forEach((unused, post) => {
    if (roster.holder[post] !== OPEN) return;
    const stuck = searcher.augment([post], ends, null);
    if (stuck === null) return;
    open.push({
      post,
      posts: ascending(stuck.posts),
      inspectors: ascending(stuck.seen),
    });
  });
  return open;
}

function mostLoaded(roster, frozen) {
  let most = -1;
  roster.held.forEach((posts, i) => {
    if (frozen.has(i)) return;
    if (most < 0 || posts.length > roster.load(most)) most = i;
  });
  return most;
}

function balance(roster, searcher) {
  const frozen = new Set();
  for (;;) {
    const a = mostLoaded(roster, frozen);
    if (a < 0 || roster.load(a) < 2) return;
    const level = roster.load(a) - 2;
    const ends = (i) => roster.load(i) <= level && roster.belowCap(i);
    const skip = (i) => i === a || frozen.has(i);
    const stuck = searcher.augment(roster.held[a], ends, skip);
    if (stuck !== null) {
      frozen.add(a);
      stuck.seen.forEach((i) => frozen.add(i));
    }
  }
}

/** As assign, but yields now and then. */
export function* assignSteps(problem, seed) {
  const roster = new Roster(problem);
  greedy(roster, seed);
  const searcher = new Searcher(roster);
  const open = repair(roster, searcher);
  balance(roster, searcher);
  yield* mix(roster, seed);
  return { holders: roster.holders(), open };
}

/** {holders, open} of a problem under a team seed. */
export function assign(problem, seed) {
  const steps = assignSteps(problem, seed);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** Whether a certificate shows that its post cannot be filled (6.2). */
export function certificateHolds(problem, certificate) {
  const roster = new Roster(problem);
  const targets = new Map();
  for (const post of certificate.posts) {
    for (const i of roster.eligible(post)) {
      if (!targets.has(i)) targets.set(i, new Set());
      targets.get(i).add(roster.target[post]);
    }
  }
  let room = 0;
  targets.forEach((set, i) => {
    const cap = problem.caps[i];
    room += cap === null ? set.size : Math.min(cap, set.size);
  });
  return certificate.posts.length > room;
}
