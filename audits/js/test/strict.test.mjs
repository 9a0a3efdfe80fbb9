// Corners that an easy-going library would let pass.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { ed25519 } from '@noble/curves/ed25519.js';
import { concat, fromBase64, fromHex, toHex, utf8 } from '../bytes.js';
import { verifyEd25519 } from '../ed25519.js';
import { keyPair } from '../maker/log.js';
import { countOf } from '../pick.js';
import { BadPolicy, parsePolicy, satisfied } from '../policy.js';
import { fits, take } from '../types.js';

const here = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const message = utf8('message');

function littleEndian(value) {
  const bytes = new Uint8Array(32);
  let rest = value;
  for (let i = 0; i < 32; i++) {
    bytes[i] = Number(rest % 256n);
    rest /= 256n;
  }
  return bytes;
}

test('Ed25519: a signature, and S + L of the same', () => {
  const key = keyPair('a');
  const good = key.sign(message);
  assert.ok(verifyEd25519(key.key, message, good));
  const s = BigInt('0x' + toHex(good.slice(32).reverse()));
  const more = concat(good.slice(0, 32),
    littleEndian(s + ed25519.Point.Fn.ORDER));
  assert.ok(!verifyEd25519(key.key, message, more));
});

test('Ed25519: keys and R of small order', () => {
  const one = concat(Uint8Array.of(1), new Uint8Array(31));
  assert.ok(!verifyEd25519(one, message,
    concat(one, new Uint8Array(32))));
  assert.ok(!verifyEd25519(keyPair('a').key, message,
    concat(one, new Uint8Array(32))));
});

test('Ed25519: what only the cofactor would forgive', () => {
  const { Point } = ed25519;
  const torsion = Point.fromBytes(fromHex(
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'));
  const secret = 12345n;
  const A = Point.BASE.multiply(secret).add(torsion).toBytes();
  const r = 777n;
  const R = Point.BASE.multiply(r).toBytes();
  let accepted = 0;
  for (let i = 0; i < 16; i++) {
    const text = utf8(`try ${i}`);
    const k = ed25519Hash(R, A, text);
    const s = (r + k * secret) % Point.Fn.ORDER;
    const good = verifyEd25519(A, text, concat(R, littleEndian(s)));
    if (good) accepted++;
    // Without the cofactor it holds only where k cancels the torsion.
    assert.equal(good, k % 8n === 0n);
  }
  assert.ok(accepted < 16);
});

function ed25519Hash(R, A, text) {
  const { hash } = ed25519.CURVE;
  const digest = hash(concat(R, A, text)).reverse();
  return BigInt('0x' + toHex(digest)) % ed25519.Point.Fn.ORDER;
}

test('base64 has one spelling', () => {
  assert.equal(toHex(fromBase64('AQI=')), '0102');
  for (const text of ['AQJ=', 'AQI', 'AQI==', 'AQ-=', 'AQI=\n', '=']) {
    assert.equal(fromBase64(text), null, text);
  }
});

test('takes and the counts they give', () => {
  const good = ['0', '1', '999999999', '0%', '0.0%', '3%', '100%', '0.5%',
    '100.000000%'];
  const bad = ['', '01', '1000000000', '101%', '100.1%', '.5%', '5.%', '00%',
    '1.0000001%', '-1', '1 %'];
  for (const text of good) assert.equal(fits(take, text), '', text);
  for (const text of bad) assert.notEqual(fits(take, text), '', text);
  assert.equal(countOf('3%', 0, 100), 3);
  assert.equal(countOf('3%', 0, 101), 4);
  assert.equal(countOf('0.000001%', 0, 100000000), 1);
  assert.equal(countOf('100%', 0, 7), 7);
  assert.equal(countOf('9', 0, 7), 7);
  assert.equal(countOf('0%', 1, 7), 1);
  assert.equal(countOf('0%', 1, 0), 0);
});

test('policies: one spelling, and quorums', () => {
  const log = `log ${keyPair('a.test/log', 1).vkey}\n`;
  const w = (i) => `witness w${i} ${keyPair(`w.test/${i}`, 4).vkey}\n`;
  const whole = `${log}${w(1)}${w(2)}${w(3)}group g 2 w1 w2 w3\nquorum g\n`;
  const policy = parsePolicy(whole);
  assert.ok(satisfied(policy, new Set(['w1', 'w3'])));
  assert.ok(!satisfied(policy, new Set(['w2'])));
  const bad = [
    `${w(1)}${log}quorum w1\n`, `${log}${w(1)}${w(1)}quorum w1\n`,
    `${log}${w(1)}quorum w2\n`, `${log}${w(1)}`, `${log}# x\nquorum none\n`,
    `${log}\nquorum none\n`, `${log}quorum  none\n`, `${log}quorum none`,
    `${log}${w(1)}group g 2 w1\nquorum g\n`,
    `${log}${w(1)}group g 0 w1\nquorum g\n`,
    `${log}${w(1)}group g any w1 w1\nquorum g\n`,
    `${log}${w(1)}group w1 any w1\nquorum w1\n`,
  ];
  for (const text of bad) assert.throws(() => parsePolicy(text), BadPolicy);
});

test('calc: exits and answers', () => {
  const run = (input, ...words) => spawnSync(process.execPath,
    [here('calc.mjs')].concat(words), { input, encoding: 'utf8' });
  const seed = '0'.repeat(64);
  const picked = run('', 'pick', '--seed', seed, '--count', '7', '--take', '7');
  assert.deepEqual(picked.stdout.trim().split('\n').map(Number).sort(),
    [0, 1, 2, 3, 4, 5, 6]);
  const problem = { posts: [[0, 0]], pools: [[0]], caps: [null], recused: [] };
  const teamed = run(JSON.stringify(problem), 'team', '--seed', seed);
  assert.equal(teamed.stdout, '{"holders":[0],"open":[]}\n');
  const lines = [1, 2].map((take) => JSON.stringify({ seed, count: 2, take }));
  const batch = run(lines.join('\n'), 'pick', '--batch');
  assert.equal(batch.stdout.trim().split('\n').length, 2);
  const bad = '8'.repeat(96);
  assert.equal(run('', 'drand', '--chain', 'quicknet', '--round', '1',
    '--signature', bad).status, 1);
  assert.equal(run('', 'pick', '--seed', 'x').status, 2);
  assert.equal(run('', 'nothing').status, 2);
});

test('verify: an unusable option or file is exit 2, rule 0', () => {
  const run = (...words) => spawnSync(process.execPath,
    [here('verify.mjs')].concat(words), { encoding: 'utf8' });
  for (const words of [[], ['--no'], ['/nowhere'],
    [here('package.json'), '--signature', 'ab'],
    [here('package.json'), '--at', 'x'], [here('package.json'), '--vkey']]) {
    const done = run(...words);
    assert.equal(done.status, 2);
    assert.ok(done.stderr.endsWith('rule 0\n'), done.stderr);
  }
  assert.equal(run(here('package.json')).status, 2);
});
