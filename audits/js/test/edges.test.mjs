// Proofs at the edges of rules: what just holds, what just does not, and
// which of two rules speaks.  Both verifiers gave the same answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOfProof, make } from '../maker/make.js';
import { verify } from '../verify.js';

const ZEROS = '0'.repeat(64);
const REPLACE = { kind: 'replacement', stratum: 0, place: 1 };
const REPLACE_TOO = { kind: 'replacement', stratum: 0, place: 0 };
const on = (kind, change) => (found, entry, maker) => {
  if (found === kind) change(entry, maker);
};
const strata = (type, take, N, least) => [
  { name: '甲', class: type, take, least: least || 0, N },
];
const opens = (change) => ({
  after: [REPLACE], edit: on('replacement', (v) => change(v.opens, v)),
});
const frozen = (keys) => ({
  stage: 'freeze', edit: on('freeze', (v) => Object.assign(v, keys)),
});
const announced = (keys, more) => Object.assign({ announce: keys }, more);
const given = { by: '上级', document: '文件', sha256: ZEROS };
const all = (take) => announced({ disclosure: 'waived', given },
  { strata: strata('public', take, 5) });
const planned = (quota, takes) => ({
  strata: takes.map(([take, least], i) => ({
    name: `层${i}`, class: 'internal', take, least, N: 12,
  })),
  edit: on('plan', (v) => {
    v.batches[0].quotas = [Object.assign({ name: '全部' }, quota)];
  }),
});
const zero = strata('internal', '0', 12);
const nine = strata('internal', '9', 10);
const broken = { secret: ZEROS, contributions: [] };
const T1 = 1800000200;

const CASES = {
  'opens: a crew path': ['1 4.32', opens((o) => {
    o.target.crew_path = [ZEROS];
  })],
  'opens: no crew': ['1 4.34', opens((o) => {
    o.target.crew = null;
    o.inspectors = [];
  })],
  'opens: a later crew': ['1 4.34', opens((o) => {
    o.target.later = [{ crew: o.target.crew, entry: ZEROS }];
  })],
  'opens: no target': ['1 4.34', opens((o) => {
    o.target = null;
    o.inspectors = [];
  })],
  'opens: another stratum': ['1 4.30', opens((o) => {
    o.target.stratum = '没有';
  })],
  'opens: no order': ['1 3.03', opens((o) => { delete o.target.order; })],
  'no reserve is left': ['0 ',
    { strata: nine, before: [REPLACE, REPLACE_TOO] }],
  'no reserve is left, after': ['0 ',
    { strata: nine, after: [REPLACE, REPLACE_TOO] }],
  'dropped twice': ['1 4.25',
    { strata: nine, before: [REPLACE], after: [REPLACE] }],
  'direct for a dropped one': ['1 4.26', {
    before: [REPLACE, { kind: 'direct', stratum: 0, place: 1, seat: 0 }],
  }],
  'nobody is drawn': ['0 ', { strata: zero }],
  'nobody is drawn, crews of somebody': ['1 4.32',
    { strata: zero, edit: on('draw', (v) => { v.crews = ZEROS; }) }],
  'nobody is drawn, crews of somebody, unopened': ['1 4.32', {
    strata: zero, stage: 'draw', edit: on('draw', (v) => { v.crews = ZEROS; }),
  }],
  'nobody is drawn, unopened': ['0 ', { strata: zero, stage: 'draw' }],
  'mirror is a key name': ['1 4.07', announced({ mirror: 'witness.test/w1' })],
  'mirror is too long': ['1 3.03', announced({ mirror: 'w'.repeat(201) })],
  'strata although none': ['1 4.11', announced({ stratify: 'none' })],
  'given, some of it': ['1 4.11', announced({ given })],
  'given, all of it': ['0 ', all('100%')],
  'given, all of it in another spelling': ['1 4.11', all('100.0%')],
  'sealed and all taken': ['1 4.13',
    { strata: strata('internal', '100%', 12) }],
  'sealed and empty': ['0 ', { strata: strata('internal', '1', 0, 1) }],
  'announced at t0': ['0 ', {
    heads: (heads, maker) => { heads.announced.time = maker.t0; },
  }],
  'columns without code': ['1 3.03', announced({ columns: ['name'] })],
  'columns in another order': ['0 ', announced({ columns: ['name', 'code'] })],
  'more than 32 seats': ['1 3.03', announced({
    departments: [1, 2, 3, 4].map((i) => ({ name: `部门${i}`, seats: 9 })),
  })],
  't4 at its limit': ['0 ', announced({ t4: T1 + 366 * 86400 })],
  't4 beyond its limit': ['1 4.09', announced({ t4: T1 + 366 * 86400 + 1 })],
  'late at t0': ['1 4.20', {
    stage: 'announcement', void: 'freeze-late',
    heads: (heads, maker) => { heads.late.time = maker.t0; },
  }],
  'late after another entry': ['1 4.20',
    { stage: 'freeze', void: 'freeze-late' }],
  'missing, and does not open': ['1 4.18', {
    stage: 'reveal', void: 'contributor-missing',
    edit: on('reveal', (v) => Object.assign(v, broken)),
  }],
  'a quota in another spelling': ['1 4.06',
    planned({ take: '20%', least: 1 }, [['20.0%', 1]])],
  'a quota for every stratum': ['0 ',
    planned({ take: '20%', least: 1 }, [['20%', 1], ['20%', 1]])],
  'a count in parts': ['0 ',
    planned({ take: '5', least: 0 }, [['2', 1], ['3', 0]])],
  'a count and a rate': ['1 4.06',
    planned({ take: '5', least: 0 }, [['5', 0], ['0%', 0]])],
  'pools: shorter before longer': ['0 ',
    frozen({ pools: [[0], [0, 1], [1]] })],
  'pools: by number': ['0 ', Object.assign({ inspectors: 12 },
    frozen({ pools: [[2], [10]] }))],
  'pools: twice': ['1 4.14', frozen({ pools: [[0], [0]] })],
  'pools: beyond the roster': ['1 4.14', frozen({ pools: [[9]] })],
  'recused twice': ['1 4.31',
    { duty: () => ({ posts: [0, 0, 1], recused: [1, 1] }) }],
  'too few posts': ['1 3.07',
    { duty: () => ({ posts: [0, 1], recused: [] }) }],
};

for (const name of Object.keys(CASES)) {
  test(name, () => {
    const [wanted, options] = CASES[name];
    const result = verify(bytesOfProof(make(options).proof),
      { rehearsal: true });
    assert.equal(`${result.exit} ${result.rule}`, wanted,
      result.lines.join('\n'));
  });
}
