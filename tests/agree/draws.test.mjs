// Agreement on draws, both ways.  DRAWS=N sets how many (20; all: 1000).
// Seeds, counts and positions are computed by both; whole proofs are made
// by one program and verified by the other.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fromHex, toHex, utf8 } from '../../audits/js/bytes.js';
import { sha256 } from '../../audits/js/hash.js';
import { bytesOfProof, make } from '../../audits/js/maker/make.js';
import { Chance } from '../../audits/js/maker/mutate.js';
import { countOf, pick } from '../../audits/js/pick.js';
import {
  drawSeed, positionsDigest, stratumSeed, teamSeed,
} from '../../audits/js/seeds.js';
import { Peer, ROOT, here } from './shared.mjs';

const DRAWS = Number(process.env.DRAWS || 20);
const PROOFS_OF_C = Math.max(4, Math.floor(DRAWS / 25));
const PROOFS_OF_JS = Math.max(8, Math.floor(DRAWS / 10));
const MOST = 1000000;
const NAMES = ['全部', 'A', '高风险', '低风险', '未分类', '食品 一', '𠮷', 'é"\\'];
const peer = new Peer();
after(() => peer.end());

const hexOf = (...words) => toHex(sha256(utf8(words.join(' '))));
const logUniform = (chance, most) => Math.max(1,
  Math.round(Math.exp(chance.below(1e6) / 1e6 * Math.log(most))));

/** `take` as a count of 1, of N or of anything, or as a rate. */
function takeOf(chance, N) {
  const rate = () => `${chance.below(100)}.${chance.below(1e6)}%`;
  return chance.of([() => '1', () => String(N),
    () => String(chance.below(N + 1)), () => '100%', rate])();
}

function problem(number) {
  const chance = new Chance(`draw ${number}`);
  const strata = NAMES.slice(0, 1 + chance.below(8)).map((name) => {
    const N = logUniform(chance, MOST);
    return { name, N, take: takeOf(chance, N), least: chance.below(2) };
  });
  const contributions = [];
  const count = chance.below(17);
  for (let i = 0; i < count; i++) {
    contributions.push(hexOf(number, i).slice(0, 2 + 2 * chance.below(32)));
  }
  return {
    announcement: hexOf(number, 'A'), freeze: hexOf(number, 'F'),
    secret: hexOf(number, 's'), contributions, chain: hexOf(number, 'chain'),
    round: 1 + chance.below(Number.MAX_SAFE_INTEGER - 1),
    signature: `${hexOf(number, 'x')}${hexOf(number, 'y').slice(0, 32)}`,
    strata,
  };
}

/** The answer in peer.c's words. */
function answer({ contributions, round, strata, ...hashes }) {
  const parts = { round, contributions: contributions.map(fromHex) };
  for (const key of Object.keys(hashes)) parts[key] = fromHex(hashes[key]);
  const seed = drawSeed(parts);
  const shown = strata.map(({ name, N, take, least }) => {
    const k = countOf(take, least, N);
    const positions = pick(stratumSeed(seed, name), N, k);
    assert.equal(new Set(positions).size, k);
    return `${k}:${toHex(positionsDigest(positions))}`;
  });
  return [toHex(seed), toHex(teamSeed(seed))].concat(shown).join(' ');
}

test(`${DRAWS} draws: seeds, counts and positions`, async () => {
  let positions = 0;
  for (let number = 0; number < DRAWS; number++) {
    const asked = problem(number);
    const there = peer.ask('draw', JSON.stringify(asked));
    const own = answer(asked);
    assert.equal(await there, own, `draw ${number}`);
    for (const k of own.matchAll(/ (\d+):/g)) positions += Number(k[1]);
  }
  console.log(`${DRAWS} draws, ${positions} positions`);
});

/** What the maker in JavaScript is asked for. */
function madeHere(number) {
  const chance = new Chance(`proof ${number}`);
  const open = chance.below(2) === 1;
  const strata = NAMES.slice(0, 1 + chance.below(8)).map((name) => {
    const N = open ? chance.below(60) : 10 + chance.below(60);
    const most = open ? N : Math.min(N - 1, 8);
    const take = chance.of(['1', String(most),
      String(chance.below(most + 1)), `${chance.below(open ? 101 : 10)}%`]);
    return {
      name, class: open ? 'public' : chance.of(['internal', 'public']),
      take, least: chance.below(2), N,
    };
  });
  // A sealed draw with public strata alone is of another form.
  if (!open) strata[0].class = 'internal';
  return {
    mode: open ? 'open' : 'sealed', strata,
    contributors: chance.below(4), custodian: chance.below(2) === 1,
    inspectors: 6 + chance.below(20), announce: { stratify: 'district' },
  };
}

test(`${PROOFS_OF_JS} proofs made in JavaScript, verified in C`, async () => {
  for (let number = 0; number < PROOFS_OF_JS; number++) {
    const file = bytesOfProof(make(madeHere(number)).proof);
    assert.equal(await peer.ask('verify', file), '0 ', `proof ${number}`);
    assert.equal(here(file, { rehearsal: true }), '0 ', `proof ${number}`);
  }
});

const CSV = {
  targets(chance) {
    const rows = ['代码,名称,区划,风险等级'];
    const count = logUniform(chance, 400);
    for (let i = 0; i < count; i++) {
      rows.push(`T${String(i).padStart(7, '0')},单位${i},140802,${
        chance.of(['A', 'B', 'C', ''])}`);
    }
    return `${rows.join('\n')}\n`;
  },
  inspectors(chance) {
    const rows = ['姓名,执法证号,单位,区划,年度任务上限'];
    const count = 6 + chance.below(30);
    for (let i = 0; i < count; i++) {
      rows.push(`人员${i},证${1000 + i},单位${chance.below(3)},${
        chance.of(['140802', '140800', ''])},${
        chance.of(['', '', String(chance.below(5))])}`);
    }
    return `${rows.join('\n')}\n`;
  },
};

test(`${PROOFS_OF_C} proofs made in C, verified in JavaScript`, () => {
  const directory = mkdtempSync(join(tmpdir(), 'draws-'));
  after(() => rmSync(directory, { recursive: true }));
  for (let number = 0; number < PROOFS_OF_C; number++) {
    const chance = new Chance(`rehearsal ${number}`);
    const [targets, inspectors, out] = ['t.csv', 'i.csv', `${number}`].map(
      (name) => join(directory, name));
    writeFileSync(targets, CSV.targets(chance));
    writeFileSync(inspectors, CSV.inspectors(chance));
    const rate = chance.of(['1%', '3.5%', '20%', '100%']);
    const done = spawnSync(`${ROOT}build/yaohao`, ['rehearse', '--targets',
      targets, '--inspectors', inspectors, '--rate', rate, '--team',
      String(1 + chance.below(3)), '--out', out], { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stdout + done.stderr);
    const file = new Uint8Array(readFileSync(join(out, 'draw.proof.json')));
    assert.equal(here(file, { rehearsal: true }), '0 ', `proof ${number}`);
  }
});
