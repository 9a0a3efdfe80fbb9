// The public randomness: drand's scheme bls-unchained-g1-rfc9380 (FORMAT 7).

import { bls12_381 as bls } from '@noble/curves/bls12-381.js';
import { concat, equal, fromHex, u32be, u64be, utf8 } from './bytes.js';
import { HASH, sha256 } from './hash.js';

// The library keeps a table for its own copy of the generator, and makes it
// at the first use: ten times the work of the one pairing asked for here.
const GENERATOR = bls.G2.Point.fromAffine(bls.G2.Point.BASE.toAffine());
const DST = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';

export const QUICKNET = {
  genesis: 1692803367,
  period: 3,
  key: '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c' +
    '8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb' +
    '5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  hash: fromHex(
    '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971'),
};

/** The test chain that entry 0 of a rehearsal names. */
export function testChain(beacon) {
  const { genesis, period, key } = beacon;
  const hash = sha256(concat(
    u32be(period), u64be(genesis), fromHex(key), utf8('test')));
  return { genesis, period, key, hash };
}

export function messageOf(round) {
  return sha256(u64be(round));
}

export function hashToCurve(round) {
  return bls.G1.hashToCurve(messageOf(round), { DST, hash: HASH });
}

/**
 * A point with this one encoding, in the subgroup (the library asserts it),
 * not infinite; or null.
 */
function strictPoint(group, bytes) {
  try {
    const point = group.Point.fromHex(bytes);
    point.assertValidity();
    return equal(point.toBytes(true), bytes) && !point.is0() ? point : null;
  } catch (error) {
    return null;
  }
}

/** Whether `signature` (48 bytes) is the chain's for this round. */
export function verifyBeacon(chain, round, signature) {
  if (signature.length !== 48) return false;
  const key = strictPoint(bls.G2, fromHex(chain.key));
  const point = strictPoint(bls.G1, signature);
  if (key === null || point === null) return false;
  const product = bls.pairingBatch([
    { g1: point.negate(), g2: GENERATOR },
    { g1: hashToCurve(round), g2: key },
  ]);
  return bls.fields.Fp12.eql(product, bls.fields.Fp12.ONE);
}

/** The round that decides a draw, exact for every time; null if unusable. */
export function roundFor(chain, t1, delay) {
  const wait = BigInt(t1) + BigInt(delay) - BigInt(chain.genesis);
  const period = BigInt(chain.period);
  const one = BigInt(1);
  if (wait < BigInt(0)) return null;
  const round = Number((wait + period - one) / period + one);
  return Number.isSafeInteger(round) ? round : null;
}

export function timeOf(chain, round) {
  return chain.genesis + (round - 1) * chain.period;
}
