// Agreement on teams.  TEAMS=N sets how many problems (200; all: 1200).  Of
// half of them caps or recusals bind: without them the answer is another;
// of every fifth some post stays open.  Where eight posts or fewer are asked
// for, every assignment is tried.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fromHex, toHex, utf8 } from '../../audits/js/bytes.js';
import { sha256 } from '../../audits/js/hash.js';
import { Chance } from '../../audits/js/maker/mutate.js';
import { assign } from '../../audits/js/team.js';
import { Peer } from './shared.mjs';

const TEAMS = Number(process.env.TEAMS || 200);
const SMALL = 8;
const peer = new Peer();
after(() => peer.end());

function poolOf(chance, people) {
  const share = 1 + chance.below(4);
  const pool = [];
  for (let i = 0; i < people; i++) if (chance.below(4) < share) pool.push(i);
  return chance.below(3) === 0 ? pool.reverse() : pool;
}

function postsOf(chance, most, pools) {
  const posts = [];
  for (let t = 0; posts.length < most; t++) {
    const seats = 1 + chance.below(3);
    for (let s = 0; s < seats && posts.length < most; s++) {
      posts.push([t, chance.below(pools)]);
    }
  }
  return posts;
}

function problemOf(chance, isSmall) {
  const people = 1 + chance.below(isSmall ? 5 : 40);
  const most = isSmall ? 1 + chance.below(SMALL) : 9 + chance.below(90);
  const pools = [];
  const count = 1 + chance.below(5);
  for (let g = 0; g < count; g++) pools.push(poolOf(chance, people));
  const posts = postsOf(chance, most, count);
  const mean = Math.ceil(most / people);
  const caps = [];
  const kind = chance.below(3);
  for (let i = 0; i < people; i++) {
    caps.push([null, mean, chance.below(mean + 3)][
      chance.below(4) === 0 ? 0 : kind]);
  }
  const recused = [];
  for (let r = chance.below(most + 1); r > 0; r--) {
    recused.push([posts[chance.below(most)][0], chance.below(people)]);
  }
  return { posts, pools, caps, recused };
}

const freed = (problem) => Object.assign({}, problem,
  { caps: problem.caps.map(() => null), recused: [] });
const binds = (problem, seed, { holders }) => assign(freed(problem), seed)
  .holders.some((holder, p) => holder !== holders[p]);

/** The first problem of this number that is of the kind wanted. */
function draw(number) {
  const isSmall = number % 3 === 0;
  for (let again = 0; ; again++) {
    const chance = new Chance(`team ${number} ${again}`);
    const seed = sha256(utf8(`seed ${number} ${again}`));
    const problem = problemOf(chance, isSmall);
    const found = assign(problem, seed);
    const wanted = (number % 2 === 0 || binds(problem, seed, found)) &&
      (number % 5 !== 0 || found.open.length > 0);
    if (wanted) return { seed, problem, found };
  }
}

// ---- what an answer has to be, written without a look at how it is found

function eligibleOf({ posts, pools, recused }) {
  const out = new Set(recused.map(([t, i]) => `${t} ${i}`));
  return posts.map(([t, g]) => pools[g].filter((i) => !out.has(`${t} ${i}`)));
}

const squares = (loads) => loads.reduce((sum, load) => sum + load * load, 0);

/** [open posts, sum of squares] of an assignment; throws if unlawful. */
function worth(problem, eligible, holders) {
  const loads = problem.caps.map(() => 0);
  const met = new Set();
  let open = 0;
  holders.forEach((i, p) => {
    if (i === null) { open++; return; }
    assert.ok(eligible[p].includes(i), 'not eligible');
    const once = `${problem.posts[p][0]} ${i}`;
    assert.ok(!met.has(once), 'twice on a target');
    met.add(once);
    loads[i]++;
  });
  loads.forEach((load, i) => assert.ok(
    problem.caps[i] === null || load <= problem.caps[i], 'above the cap'));
  return [open, squares(loads)];
}

/** The best [open, squares] of all assignments. */
function best(problem, eligible) {
  const { posts, caps } = problem;
  const loads = caps.map(() => 0);
  const holders = [];
  let most = [Infinity, Infinity];
  const better = (open, sum) => open < most[0] ||
    (open === most[0] && sum < most[1]);
  const go = (p, open) => {
    if (open > most[0]) return;
    if (p === posts.length) {
      if (better(open, squares(loads))) most = [open, squares(loads)];
      return;
    }
    for (const i of eligible[p]) {
      const isFull = caps[i] !== null && loads[i] >= caps[i];
      const isThere = holders.some((h, q) => h === i &&
        posts[q][0] === posts[p][0]);
      if (isFull || isThere) continue;
      loads[i]++;
      holders[p] = i;
      go(p + 1, open);
      loads[i]--;
      holders.length = p;
    }
    holders[p] = null;
    go(p + 1, open + 1);
    holders.length = p;
  };
  go(0, 0);
  return most;
}

/** 6.2: more posts than all who are eligible for them can take. */
function certificateHolds({ posts, caps }, eligible, certificate) {
  const targets = caps.map(() => new Set());
  for (const p of certificate.posts) {
    for (const i of eligible[p]) targets[i].add(posts[p][0]);
  }
  const room = targets.reduce((sum, { size }, i) => sum +
    (caps[i] === null ? size : Math.min(caps[i], size)), 0);
  return certificate.posts.includes(certificate.post) &&
    certificate.posts.length > room;
}

test(`${TEAMS} team problems`, async () => {
  const met = { bind: 0, open: 0, small: 0, certificates: 0 };
  for (let number = 0; number < TEAMS; number++) {
    const { seed, problem, found } = draw(number);
    const there = JSON.parse(await peer.ask(`team ${toHex(seed)}`,
      JSON.stringify(problem)));
    assert.deepEqual(there, found, `problem ${number}`);
    const eligible = eligibleOf(problem);
    const reached = worth(problem, eligible, found.holders);
    assert.equal(reached[0], found.open.length);
    for (const one of found.open) {
      assert.ok(certificateHolds(problem, eligible, one), `${number}`);
      assert.equal(found.holders[one.post], null);
      met.certificates++;
    }
    if (problem.posts.length <= SMALL) {
      assert.deepEqual(reached, best(problem, eligible), `${number}`);
      met.small++;
    }
    if (binds(problem, seed, found)) met.bind++;
    if (found.open.length > 0) met.open++;
  }
  console.log(`${TEAMS} problems: caps or recusals bind in ${met.bind}, ` +
    `posts open in ${met.open} (${met.certificates} certificates), ` +
    `${met.small} against all assignments`);
  assert.ok(met.bind >= TEAMS / 2 && met.open >= TEAMS / 8);
});

test('the two see a changed problem as another', async () => {
  const { seed, problem } = draw(1);
  const other = fromHex(toHex(seed).replace(/^./, (c) => (c === '0' ? '1'
    : '0')));
  const there = JSON.parse(await peer.ask(`team ${toHex(other)}`,
    JSON.stringify(problem)));
  assert.notDeepEqual(there, assign(problem, seed));
});
