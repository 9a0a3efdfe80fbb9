// The public beacon: real rounds verify and forgeries do not, in C and in
// JavaScript alike.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { bls12_381 as bls } from
  '../../audits/js/node_modules/@noble/curves/bls12-381.js';
import { QUICKNET, verifyBeacon } from '../../audits/js/beacon.js';
import { fromHex, toHex } from '../../audits/js/bytes.js';
import { Peer, ROOT } from './shared.mjs';

const { rounds, must_be_refused: refused } = JSON.parse(readFileSync(
  `${ROOT}tests/vectors/drand-quicknet.json`, 'utf8'));
const { G1 } = bls;
const P = bls.fields.Fp.ORDER;
const peer = new Peer();
after(() => peer.end());

const hex = (x) => x.toString(16).padStart(96, '0');
/** 48 bytes of a point, also of one that the library would not write. */
function compress(point) {
  const { x, y } = point.toAffine();
  const bytes = fromHex(hex(x));
  bytes[0] |= 0x80 | (y > P / 2n ? 0x20 : 0);
  return bytes;
}

const xOf = (bytes) => BigInt(`0x${toHex(bytes)}`) & ((1n << 381n) - 1n);

/** What both say: 0 genuine, 1 not. */
async function verdict(round, signature) {
  const own = verifyBeacon(QUICKNET, round, signature) ? '0' : '1';
  assert.equal(await peer.ask(`drand ${round}`, signature), own);
  return own;
}

test('real rounds, each for its own number only', async () => {
  assert.ok(rounds.length >= 9);
  for (const { round, signature } of rounds) {
    assert.equal(await verdict(round, fromHex(signature)), '0');
    for (const other of [round - 1, round + 1, 2 * round]) {
      assert.equal(await verdict(other, fromHex(signature)), '1');
    }
  }
});

test('forgeries that were written down', async () => {
  let tried = 0;
  for (const { round, signature } of refused) {
    const bytes = fromHex(signature);
    // Another length is refused before the curve: verify.test, drand_test.
    if (bytes.length !== 48) continue;
    assert.equal(await verdict(round, bytes), '1');
    tried++;
  }
  assert.equal(tried, refused.length - 1);
});

test('a second spelling of the same point', async () => {
  let tried = 0;
  for (const { round, signature } of rounds) {
    const bytes = fromHex(signature);
    const more = xOf(bytes) + P;
    if (more >= 1n << 381n) continue;
    const other = fromHex(hex(more));
    other[0] |= bytes[0] & 0xe0;
    assert.equal(await verdict(round, other), '1');
    tried++;
  }
  assert.ok(tried > 0);
});

test('infinity, in every spelling', async () => {
  for (const [first, last] of [[0xc0, 0], [0xe0, 0], [0x40, 0], [0x80, 0],
    [0x00, 0], [0xc0, 1], [0xd0, 0]]) {
    const bytes = new Uint8Array(48);
    bytes[0] = first;
    bytes[47] = last;
    assert.equal(await verdict(1000, bytes), '1', toHex(bytes));
  }
});

test('a signature moved out of the subgroup', async () => {
  // On the curve, and of an order that divides the cofactor: the pairing
  // alone would not see it.
  const { Fp } = bls.fields;
  const outside = G1.Point.fromAffine({ x: 4n, y: Fp.sqrt(Fp.create(68n)) });
  const order = G1.Point.Fn.ORDER;
  const torsion = outside.multiplyUnsafe(order - 1n).add(outside);
  assert.ok(!torsion.is0());
  for (const { round, signature } of rounds) {
    const point = G1.Point.fromHex(signature);
    assert.equal(await verdict(round, compress(point)), '0');
    const moved = point.add(torsion);
    assert.ok(!moved.isTorsionFree());
    assert.equal(await verdict(round, compress(moved)), '1');
  }
});

test('a bit turned', async () => {
  const [{ round, signature }] = rounds;
  for (let bit = 0; bit < 384; bit += 5) {
    const bytes = fromHex(signature);
    bytes[bit >> 3] ^= 1 << (bit & 7);
    assert.equal(await verdict(round, bytes), '1', `bit ${bit}`);
  }
});
