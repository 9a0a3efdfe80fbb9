// Makes whole proofs for tests.  `edit(kind, entry, maker)` may change an
// entry before it is logged: all that follows is then made and signed over
// the changed entry, as a dishonest organiser would.

import { bls12_381 as bls } from '@noble/curves/bls12-381.js';
import { concat, fromHex, toHex } from '../bytes.js';
import {
  hashToCurve, roundFor, testChain, timeOf,
} from '../beacon.js';
import { hashOfText, sha256 } from '../hash.js';
import { write } from '../json.js';
import { inclusionPath, leafHash, treeRoot } from '../merkle.js';
import { countOf } from '../pick.js';
import {
  contributionMessage, custodyMessage, frameKeyCommitment,
  rosterKeyCommitment, slotCommitment,
} from '../seeds.js';
import { addDraw } from './draw.js';
import { Frame, Inspectors, testRows } from './frame.js';
import { TestLog, by, keyPair, secretOf } from './log.js';
import { addChanges, addOpening } from './opening.js';

export const ZEROS = '0'.repeat(64);
const BEGIN = 1800000000;
const BLS_SECRET = BigInt('0x' + toHex(sha256(secretOf('beacon'))).slice(2));

/** How far a proof goes. */
export const STAGES = [
  'announcement', 'freeze', 'reveal', 'beacon', 'draw', 'opening',
];

export const DEFAULTS = {
  number: 7,
  slot: 3,
  slots: 5,
  batches: ['2027-01'],
  batch: '2027-01',
  ending: ZEROS,
  mode: 'sealed',
  strata: [
    { name: '一组', class: 'internal', take: '2', least: 0, N: 12 },
    { name: '二组', class: 'internal', take: '20%', least: 1, N: 15 },
  ],
  witnesses: { least: 2, of: 3 },
  contributors: 1,
  custodian: true,
  rehearsal: true,
  inspectors: 9,
  stage: 'opening',
  void: null,
  late: () => ({}),
  policy: (text) => text,
  before: [],
  after: [],
  annul: false,
  edit: () => {},
  deal: () => {},
  heads: () => {},
  choose: (chosen) => chosen,
  announce: {},
};

export class Maker {
  /** `earlier`: another draw's maker, whose log this one goes on with. */
  constructor(options, earlier) {
    this.options = Object.assign({}, DEFAULTS, options);
    const { rehearsal, witnesses } = this.options;
    const origin = `draw.example.gov/${rehearsal ? 'rehearsal' : 'log'}`;
    this.begin = earlier ? earlier.now + 10 : BEGIN;
    if (earlier) {
      const { log, chain, plan, book, commitments } = earlier;
      Object.assign(this, { log, chain, plan, book, commitments });
    } else {
      this.log = new TestLog(origin, witnesses);
      this.log.policy = this.options.policy(this.log.policy);
    }
    this.now = this.begin;
    this.t0 = this.begin + (rehearsal ? 100 : 90000);
    this.t1 = this.t0 + 100;
    this.t4 = this.t1 + 864000;
    this.keys = { frame: secretOf('frame key'), roster: secretOf('roster') };
    this.last = null;
    this.crews = new Map();
  }

  /** Logs an entry that follows the one before it. */
  add(kind, body, draw, prev) {
    const entry = Object.assign({
      draw, kind, prev: prev || toHex(this.last.hash), time: this.now,
    }, body);
    this.options.edit(kind, entry, this);
    this.last = this.log.add(entry, kind !== 'items');
    return this.last;
  }

  addPrelude() {
    const { rehearsal } = this.options;
    const key = toHex(bls.G2.Point.BASE.multiply(BLS_SECRET).toBytes(true));
    const beacon = { genesis: BEGIN - 1000, key, period: 3 };
    this.chain = testChain(beacon);
    const body = {
      format: 1, mode: rehearsal ? 'rehearsal' : 'official',
      origin: this.log.log.name, policy: toHex(hashOfText(this.log.policy)),
    };
    if (rehearsal) body.beacon = beacon;
    this.add('log', body, 0, ZEROS);
    this.add('items', { list: [], version: 1 }, 0);
    this.plan = this.add('plan', this.planBody(), 0);
    this.book = this.add('seed-book', this.bookBody(), 0);
  }

  planBody() {
    const quotas = this.options.strata.map(({ name, take, least }) => ({
      least, name, take,
    }));
    return {
      amends: ZEROS,
      batches: this.log.list(this.options.batches.map((code) => ({
        code, departments: ['市场监管局', '消防支队'], follows: 0,
        items: ['SX-01', 'SX-02'], name: '试验批次', quotas, scope: '全市',
      }))),
      year: 2027,
    };
  }

  bookBody() {
    const { slots } = this.options;
    this.commitments = [];
    for (let i = 0; i < slots; i++) {
      this.commitments.push(slotCommitment('2027', i, secretOf(`slot ${i}`)));
    }
    return {
      book: '2027', list: toHex(hashOfText(this.bookList())),
      root: toHex(treeRoot(this.commitments.map(leafHash))), slots,
      supplement: '',
    };
  }

  bookList() {
    return write(this.commitments.map(toHex));
  }

  /** What a proof shows of the seed book. */
  commitment() {
    const { slot } = this.options;
    const leaves = this.commitments.map(leafHash);
    return {
      commit: toHex(this.commitments[slot]),
      path: inclusionPath(leaves, slot).map(toHex),
    };
  }

  addAnnouncement() {
    const { contributors, custodian, mode, strata } = this.options;
    this.contributors = [];
    for (let i = 1; i <= contributors; i++) {
      this.contributors.push(keyPair(`出数方${i}`));
    }
    this.custodian = custodian ? keyPair('监管方') : null;
    const shown = ({ key, name }) => ({ key: toHex(key), name });
    const body = {
      batch: this.options.batch, beacon: this.options.rehearsal ? 'test' : 'quicknet',
      book: toHex(this.book.hash), columns: ['code', 'name', 'district'],
      contributors: this.contributors.map(shown),
      custodian: custodian ? shown(this.custodian) : null,
      departments: [
        { name: '市场监管局', seats: 2 }, { name: '消防支队', seats: 1 },
      ],
      disclosure: 'kept', ending: this.options.ending,
      exclusions: [{
        column: 'type', document: '文件一', reason: '另有安排',
        values: ['银行'],
      }],
      given: null, items: ['SX-01'],
      mirror: this.log.witnesses.length > 0 ? 'w1' : '', mode,
      policy: toHex(hashOfText(this.log.policy)),
      scope: { district: [], type: [] }, slot: this.options.slot,
      strata: strata.map(({ name, take, least, class: c }) => ({
        class: c, least, name, take,
      })),
      stratify: 'district', t0: this.t0, t1: this.t1, t4: this.t4, urgent: 0,
    };
    this.A = this.add('announcement', Object.assign(body,
      this.options.announce), this.options.number, toHex(this.plan.hash));
    this.A.v = this.A.entry;
    this.log.head('announced', this.now + 1);
  }

  pools() {
    const all = [];
    for (let i = 0; i < this.options.inspectors; i++) all.push(i);
    const half = Math.ceil(all.length / 2);
    return [all.slice(0, half + 2), all.slice(half - 1)];
  }

  /** Frames and roster, from which F and the opening are made. */
  prepare() {
    const people = [];
    for (let i = 0; i < this.options.inspectors; i++) {
      people.push({
        certificate: `晋M${1000 + i}`, name: `检查员${i}`,
        unit: i % 2 === 0 ? '市场监管局' : '消防支队',
      });
    }
    this.inspectors = new Inspectors(people, this.keys.roster);
    const duty = (i) => ({
      posts: [0, 0, 1], recused: i % 4 === 1 ? [i % 3] : [],
    });
    const { columns } = this.A.v;
    const frame = (name, N) => new Frame(name,
      testRows(name, N, this.options.duty || duty), this.keys, columns);
    this.frames = this.options.strata.map(({ name, N }) => frame(name, N));
    const none = () => ({});
    this.excluded = [
      new Frame('外', testRows('外', 4, none), this.keys, columns),
      new Frame('排', testRows('排', 2, none), this.keys, columns),
    ];
  }

  addFreeze() {
    const { number } = this.options;
    this.now = this.begin + 20;
    this.prepare();
    const strata = this.frames.map((frame) => frame.frozen());
    const excluded = this.excluded.map((frame, i) => frame.excluded(i));
    const codes = strata.concat(excluded)
      .reduce((sum, one) => sum + one.count, 0);
    const caps = this.inspectors.people.map((unused, i) =>
      (i % 3 === 0 ? 3 : null));
    const body = {
      caps: this.log.list(caps), excluded,
      frame_key: toHex(frameKeyCommitment(number, this.keys.frame)),
      pools: this.log.list(this.pools()),
      register: { codes, sha256: toHex(secretOf('register')), version: 1 },
      roster: this.inspectors.frozen(),
      roster_key: toHex(rosterKeyCommitment(number, this.keys.roster)), strata,
    };
    this.caps = caps;
    this.sign(body);
    this.F = this.add('freeze', body, number);
    this.F.v = this.F.entry;
    this.log.head('frozen', this.now + 1);
  }

  /** The custodian signs what is really logged, edits included. */
  sign(body) {
    if (this.custodian === null) return;
    const whole = Object.assign({
      draw: this.options.number, kind: 'freeze', prev: toHex(this.A.hash), time: this.now,
    }, body);
    this.options.edit('freeze', whole, this);
    delete whole.custody;
    body.custody = toHex(this.custodian.sign(
      custodyMessage(this.A.hash, write(whole))));
  }

  addReveal() {
    this.now = this.t1 - 5;
    this.values = this.contributors.map((one, i) => fromHex(`0${i + 1}31`));
    const body = {
      contributions: this.contributors.map((one, i) => ({
        name: one.name, value: toHex(this.values[i]),
        signature: toHex(one.sign(
          contributionMessage(this.F.hash, one.name, this.values[i]))),
      })),
      secret: toHex(secretOf(`slot ${this.options.slot}`)),
    };
    if (this.A.v.mode === 'open') body.frame_key = toHex(this.keys.frame);
    this.V = this.add('reveal', body, this.options.number);
    this.V.v = this.V.entry;
    this.log.head('revealed', this.t1 - 2);
  }

  signRound(round) {
    this.round = round;
    this.signature = hashToCurve(round).multiply(BLS_SECRET).toBytes(true);
  }

  addBeacon() {
    this.now = this.t1 + 20;
    this.signRound(roundFor(this.chain, this.t1, 3));
    this.now = Math.max(this.now, timeOf(this.chain, this.round));
    this.B = this.add('beacon', {
      chain: 'test', round: this.round, signature: toHex(this.signature),
    }, this.options.number);
  }

  addVoid(cause) {
    let head = '';
    if (cause.endsWith('-late')) {
      this.now = (cause === 'freeze-late' ? this.t0 : this.t1) + 30;
      if (this.options.witnesses.least !== 0) {
        head = this.log.note(this.log.head(
          'late', this.now - 1, this.options.late(this)));
      }
    }
    this.add('void', { by: by(['甲', '乙']), cause, head, reason: '试验' },
      this.options.number);
  }

  strataWithCounts() {
    return this.frames.map((frame, i) => {
      const { take, least } = this.options.strata[i];
      return {
        name: frame.name, N: frame.N, k: countOf(take, least, frame.N),
      };
    });
  }
}

/** Makes the draw, as far as its options say; `earlier` as above. */
export function run(options, earlier) {
  const maker = new Maker(options, earlier);
  const { stage, annul } = maker.options;
  const steps = [
    () => maker.addAnnouncement(), () => maker.addFreeze(),
    () => maker.addReveal(), () => maker.addBeacon(),
    () => addDraw(maker), () => addOpening(maker),
  ];
  if (!earlier) maker.addPrelude();
  const last = STAGES.indexOf(stage);
  steps.slice(0, last + 1).forEach((step, i) => {
    if (STAGES[i] === 'opening') addChanges(maker, maker.options.before);
    step();
  });
  if (stage === 'draw') addChanges(maker, maker.options.before);
  if (maker.options.void !== null) maker.addVoid(maker.options.void);
  if (stage === 'opening') addChanges(maker, maker.options.after);
  if (annul) {
    maker.add('annul', {
      authority: '上级机关', by: by(['甲', '乙']), document: '文件二',
      sha256: toHex(secretOf('document')),
    }, maker.options.number);
  }
  return maker;
}

/** The object of a proof file; see DEFAULTS for the options. */
export function make(options) {
  const maker = run(options);
  // Another entry follows, so that final is not the head of the last one.
  maker.log.add({ other: 1 }, false);
  maker.log.head('final', maker.now + 10);
  maker.options.heads(maker.log.heads, maker);
  const proof = maker.log.proof(maker.commitment());
  return { proof, maker };
}

export function bytesOfProof(proof) {
  return concat(new TextEncoder().encode(write(proof)), Uint8Array.of(0x0a));
}
