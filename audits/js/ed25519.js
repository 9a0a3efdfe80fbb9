// Ed25519 verification, strict and without the cofactor (FORMAT 1).  The
// library's own verify multiplies the equation by the cofactor, so the
// equation is written out here over its points.

import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concat, equal, toHex } from './bytes.js';

const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;
// Not Point.BASE: for that the library first makes a table, which pays only
// from a hundred signatures on.
const BASE = Point.fromAffine(Point.BASE.toAffine());

function littleEndian(bytes) {
  return BigInt('0x' + toHex(Uint8Array.from(bytes).reverse()));
}

/** A point with one encoding that is not of small order, or null. */
function strictPoint(bytes) {
  try {
    const point = Point.fromBytes(bytes, false);
    if (!equal(point.toBytes(), bytes)) return null;
    return point.isSmallOrder() ? null : point;
  } catch (error) {
    return null;
  }
}

export function verifyEd25519(key, message, signature) {
  if (key.length !== 32 || signature.length !== 64) return false;
  const r = signature.slice(0, 32);
  const s = littleEndian(signature.slice(32));
  const A = strictPoint(Uint8Array.from(key));
  if (s >= ORDER || A === null || strictPoint(r) === null) return false;
  const k = littleEndian(sha512(concat(r, key, message))) % ORDER;
  const left = BASE.multiplyUnsafe(s);
  return equal(left.subtract(A.multiplyUnsafe(k)).toBytes(), r);
}
