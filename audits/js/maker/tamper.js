// One forgery for each rule: made and signed as if it were true, so that
// only the rule in question can find it.
//
// edit changes an entry before it is logged; heads changes when and by how
// many a head is cosigned; patch changes the finished object, bytes the
// finished file; verify is what the reader gives along.

import { concat, toHex } from '../bytes.js';
import { hashOfText } from '../hash.js';
import { bytesOfProof, make } from './make.js';
import { parsePolicyFile } from '../policy.js';

const ZEROS = '0'.repeat(64);
const NO_SIGNATURE = '0'.repeat(128);
const GENERATOR = '97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f' +
  '171bac586c55e83ff97a1aeffb3af00adb22c6bb';
const PUBLIC = [
  { name: '甲', class: 'public', take: '3', least: 0, N: 12 },
  { name: '乙', class: 'public', take: '50%', least: 1, N: 5 },
];
const STAND_IN = { kind: 'stand-in', stratum: 0, place: 0, seat: 0 };
const REPLACEMENT = { kind: 'replacement', stratum: 0, place: 1 };
const DIRECT = { kind: 'direct', stratum: 1, place: 0, seat: 1 };

/** An edit of the entries of one kind. */
const on = (kind, change) => (found, entry, maker) => {
  if (found === kind) change(entry, maker);
};
const set = (kind, keys) => on(kind, (entry) => Object.assign(entry, keys));

/** Puts the line `nth` of one head's note into another's. */
function swapLine(proof, nth) {
  const lines = (name) => proof.heads[name].note.split('\n');
  const there = lines('announced');
  const here = lines('final');
  here[nth] = there[nth];
  proof.heads.final.note = here.join('\n');
}

const PARTS_1_TO_3 = [
  { rule: '1.02', bytes: (file) => concat(file, Uint8Array.of(0x0a)) },
  { rule: '1.03', patch: (proof) => { proof.extra = 1; } },
  { rule: '2.01', patch: (proof) => { proof.attachments[ZEROS] = '[]'; } },
  { rule: '2.02', options: { policy: (text) => `${text}\n` } },
  { rule: '2.03', patch: (proof) => { proof.heads.final.note += 'x\n'; } },
  { rule: '2.04', patch: (proof) => swapLine(proof, 4) },
  { rule: '2.05', patch: (proof) => swapLine(proof, 5) },
  {
    rule: '2.06',
    patch: (proof) => { proof.heads.announced.consistency.pop(); },
  },
  { rule: '2.07', patch: (proof) => { proof.entries[3].path.pop(); } },
  { rule: '3.01', edit: set('announcement', { kind: 5 }) },
  { rule: '3.02', edit: set('beacon', { kind: 'result' }) },
  { rule: '3.03', edit: set('announcement', { extra: 1 }) },
  {
    rule: '3.04',
    patch: (proof) => { proof.attachments[toHex(hashOfText('[]'))] = '[]'; },
  },
  { rule: '3.05', edit: set('freeze', { caps: [null, 'three'] }) },
  { rule: '3.06', heads: (heads) => { delete heads.frozen; } },
  {
    rule: '3.07',
    edit: on('opening', (v) => { v.targets[0].row = '{"code":"T1X1"}'; }),
  },
];

const ANNOUNCEMENT = [
  { rule: '4.01', edit: set('log', { origin: 'another/rehearsal' }) },
  { rule: '4.02', edit: set('reveal', { prev: ZEROS }) },
  { rule: '4.03', edit: on('beacon', (v) => { v.time -= 1000; }) },
  { rule: '4.04', edit: set('draw', { draw: 8 }) },
  { rule: '4.05', edit: set('announcement', { slot: 2 }) },
  { rule: '4.06', edit: set('announcement', { items: ['SX-09'] }) },
  { rule: '4.07', edit: set('announcement', { policy: ZEROS }) },
  { rule: '4.08', edit: set('announcement', { beacon: 'quicknet' }) },
  { rule: '4.09', edit: on('announcement', (v) => { v.t4 = v.t1; }) },
  {
    rule: '4.10',
    heads: (heads, maker) => { heads.announced.time = maker.t0 + 1; },
  },
  { rule: '4.11', edit: set('announcement', { mode: 'open' }) },
];

const FREEZE = [
  { rule: '4.12', edit: on('freeze', (v) => { v.register.codes = 99; }) },
  {
    rule: '4.13',
    options: {
      strata: [{ name: '甲', class: 'internal', take: '2', least: 0, N: 5 }],
    },
  },
  { rule: '4.14', edit: set('freeze', { pools: [[1, 0], [2]] }) },
  {
    rule: '4.15',
    edit: on('freeze', (v) => {
      if ('custody' in v) v.custody = NO_SIGNATURE;
    }),
  },
  {
    rule: '4.16',
    heads: (heads, maker) => { heads.frozen.time = maker.t0 + 1; },
  },
  {
    rule: '4.17',
    heads: (heads, maker) => { heads.revealed.time = maker.t1 + 1; },
  },
  { rule: '4.18', edit: set('reveal', { secret: ZEROS }) },
  {
    rule: '4.19',
    edit: on('reveal', (v) => { v.contributions[0].signature = NO_SIGNATURE; }),
  },
  { rule: '4.20', options: { stage: 'reveal', void: 'does-not-open' } },
];

const DRAW = [
  {
    rule: '4.21',
    edit: on('beacon', (v, maker) => {
      maker.signRound(maker.round + 1);
      v.round = maker.round;
      v.signature = toHex(maker.signature);
    }),
  },
  { rule: '4.22', edit: set('beacon', { signature: GENERATOR }) },
  { rule: '4.23', edit: on('draw', (v) => { v.strata[0].take += 1; }) },
  { rule: '4.24', edit: on('draw', (v) => { v.strata[0].positions = ZEROS; }) },
  {
    rule: '4.25', options: { before: [REPLACEMENT] },
    edit: set('replacement', { ordinal: 1 }),
  },
  {
    rule: '4.26', options: { before: [DIRECT] },
    edit: set('direct', { seat: 3 }),
  },
  { rule: '4.27', options: { stage: 'draw', annul: true } },
];

const swap = (list) => list.splice(0, 2, list[1], list[0]);

const OPENING = [
  { rule: '4.28', edit: on('opening', (v) => swap(v.targets)) },
  {
    rule: '4.29', options: { strata: PUBLIC, mode: 'open' },
    edit: set('opening', { frame_key: ZEROS }),
  },
  {
    rule: '4.30',
    edit: on('opening', (v) => { v.targets[0].blind = ZEROS; }),
  },
  {
    rule: '4.31',
    options: { duty: () => ({ posts: [0, 0, 0], recused: [8] }) },
  },
  {
    rule: '4.32',
    edit: on('opening', (v) => { v.targets[0].crew_blind = ZEROS; }),
  },
  {
    rule: '4.33',
    edit: on('opening', (v) => { v.inspectors[0].person = ZEROS; }),
  },
  {
    rule: '4.34', options: { before: [STAND_IN] },
    edit: on('opening', (v) => {
      v.targets.forEach((target) => target.later.forEach((one) => {
        one.entry = ZEROS;
      }));
    }),
  },
  { rule: '4.35', options: { deal: swap } },
  {
    rule: '4.36', options: { before: [STAND_IN] },
    edit: on('opening', (v) => { v.disclosures[0].salt = ZEROS; }),
  },
  {
    rule: '4.37',
    options: {
      before: [STAND_IN],
      choose: (chosen, pool, taken) => pool.find(
        (i) => i !== chosen && !taken.has(i)),
    },
  },
];

const ENDING = [
  {
    rule: '4.38', options: { stage: 'draw' },
    heads: (heads, maker) => { heads.final.time = maker.t4 + 1; },
  },
  { rule: '4.39', heads: (heads) => { heads.final.only = 1; } },
  {
    rule: '4.40', heads: (heads) => { heads.final.only = 2; },
    verify: (maker) => {
      const policy = maker.log.policyText(3);
      return { filePolicy: parsePolicyFile(policy), policy };
    },
  },
  {
    rule: '4.41', options: { stage: 'reveal' },
    verify: () => ({ signature: GENERATOR }),
  },
];

/** The file of a forgery, and the options its reader gives along. */
export function forge({ options, edit, heads, patch, bytes, verify }) {
  const hooks = {};
  if (edit) hooks.edit = edit;
  if (heads) hooks.heads = heads;
  const { proof, maker } = make(Object.assign(hooks, options));
  if (patch) patch(proof);
  const whole = bytesOfProof(proof);
  return {
    file: bytes ? bytes(whole) : whole, given: verify ? verify(maker) : {},
  };
}

export const FORGERIES = [].concat(
  PARTS_1_TO_3, ANNOUNCEMENT, FREEZE, DRAW, OPENING, ENDING);

const CHANGES = [
  STAND_IN, REPLACEMENT,
  { kind: 'stand-in', stratum: 0, place: -1, seat: 2 }, DIRECT, STAND_IN,
];
const OPEN = { mode: 'open', strata: PUBLIC };
const BARE = { witnesses: { least: 0, of: 0 } };

/** Proofs that hold, by name. */
export const GENUINE = {
  announcement: { stage: 'announcement' },
  freeze: { stage: 'freeze' },
  reveal: { stage: 'reveal' },
  beacon: { stage: 'beacon' },
  draw: { stage: 'draw' },
  opening: {},
  'freeze-late': { stage: 'announcement', void: 'freeze-late' },
  'reveal-late': { stage: 'freeze', void: 'reveal-late' },
  'does-not-open': {
    stage: 'reveal', void: 'does-not-open',
    edit: set('reveal', { secret: ZEROS }),
  },
  'contributor-missing': {
    stage: 'reveal', void: 'contributor-missing',
    edit: set('reveal', { contributions: [] }),
  },
  unwitnessed: BARE,
  'unwitnessed-late': Object.assign(
    { stage: 'announcement', void: 'freeze-late' }, BARE),
  open: OPEN,
  'sealed-public': { strata: PUBLIC, announce: { disclosure: 'waived' } },
  'changes-before-opening': { before: CHANGES },
  'changes-not-opened': { before: CHANGES, stage: 'draw' },
  'changes-after-opening': { after: CHANGES, annul: true },
  'open-changes-before': Object.assign({ before: CHANGES }, OPEN),
  'open-changes-after': Object.assign({ after: CHANGES }, OPEN),
  'no-contributor-no-custodian': { contributors: 0, custodian: false },
  'large-lists': {
    strata: [
      { name: '全部', class: 'internal', take: '3%', least: 1, N: 1000 },
    ],
    inspectors: 40, announce: { stratify: 'none' },
  },
  'official-announcement': { stage: 'announcement', rehearsal: false },
  'official-reveal': { stage: 'reveal', rehearsal: false },
};
