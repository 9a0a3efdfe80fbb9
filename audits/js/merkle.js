// RFC 6962 trees: roots, inclusion and consistency.  Sizes go to 2^53 - 1,
// so halving is a division and never a 32-bit shift.

import { equal } from './bytes.js';
import { FixedHash, sha256, sha256Of } from './hash.js';

const LEAF = Uint8Array.of(0);
const SIZE = 32;
const NODE = new FixedHash(1 + 2 * SIZE);
NODE.room[0] = 1;

export function leafHash(data) {
  return sha256Of(LEAF, data);
}

/**
 * Pairs that were hashed before, with their hash: a place for each beginning
 * of `left`, taken over by whoever comes last.  The paths of one tree run
 * together towards its root, and most of their nodes are met again.
 */
const PLACES = 32768;
const PAIR = 2 * SIZE;
const HELD = PAIR + SIZE;
const KNOWN_NODES = new Uint8Array(PLACES * HELD);
const IS_KNOWN = new Uint8Array(PLACES);

function isPairAt(at, left, right) {
  for (let i = 0; i < SIZE; i++) {
    if (KNOWN_NODES[at + i] !== left[i]) return false;
    if (KNOWN_NODES[at + SIZE + i] !== right[i]) return false;
  }
  return true;
}

export function nodeHash(left, right) {
  const place = (left[0] << 8 | left[1]) % PLACES;
  const at = place * HELD;
  if (IS_KNOWN[place] === 1 && isPairAt(at, left, right)) {
    return KNOWN_NODES.slice(at + PAIR, at + HELD);
  }
  NODE.room.set(left, 1);
  NODE.room.set(right, 1 + SIZE);
  const hash = NODE.digest();
  KNOWN_NODES.set(left, at);
  KNOWN_NODES.set(right, at + SIZE);
  KNOWN_NODES.set(hash, at + PAIR);
  IS_KNOWN[place] = 1;
  return hash;
}

const half = (n) => Math.floor(n / 2);
const odd = (n) => n % 2 === 1;

/**
 * The root to which a path leads from leaf number `index` of `size`, or
 * null where the path has not the length it must have.
 */
export function rootFromPath(leaf, index, size, path) {
  if (index >= size) return null;
  let node = index;
  let last = size - 1;
  let root = leaf;
  for (const sibling of path) {
    if (last === 0) return null;
    if (odd(node) || node === last) {
      root = nodeHash(sibling, root);
      while (!odd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      root = nodeHash(root, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 ? root : null;
}

export function included(leaf, index, size, path, root) {
  const found = rootFromPath(leaf, index, size, path);
  return found !== null && equal(found, root);
}

function climb(first, second, proof, roots) {
  let node = first - 1;
  let last = second - 1;
  while (odd(node)) {
    node = half(node);
    last = half(last);
  }
  // The older tree is itself a node of the newer one: it stands for itself.
  const path = isPowerOfTwo(first) ? [roots.old].concat(proof) : proof;
  return walk(node, last, path);
}

function isPowerOfTwo(n) {
  let rest = n;
  while (!odd(rest)) rest = half(rest);
  return rest === 1;
}

function walk(start, end, path) {
  let node = start;
  let last = end;
  let older = path[0];
  let newer = path[0];
  for (const hash of path.slice(1)) {
    if (last === 0) return null;
    if (odd(node) || node === last) {
      older = nodeHash(hash, older);
      newer = nodeHash(hash, newer);
      while (!odd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      newer = nodeHash(newer, hash);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 ? { older, newer } : null;
}

/** Whether the tree of size `second` grew out of the tree of `first`. */
export function consistent(first, second, proof, roots) {
  if (first > second || first < 1) return false;
  if (first === second) {
    return proof.length === 0 && equal(roots.old, roots.new);
  }
  if (proof.length === 0) return false;
  const found = climb(first, second, proof, roots);
  return found !== null && equal(found.older, roots.old) &&
    equal(found.newer, roots.new);
}

function largestPowerBelow(n) {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

// Subtrees of a list of leaves that were hashed before, by their range.
const KNOWN = new WeakMap();

function subtree(leaves, start, end) {
  if (end - start === 1) return leaves[start];
  if (!KNOWN.has(leaves)) KNOWN.set(leaves, new Map());
  const known = KNOWN.get(leaves);
  const range = `${start} ${end}`;
  if (!known.has(range)) {
    const split = start + largestPowerBelow(end - start);
    known.set(range, nodeHash(subtree(leaves, start, split),
      subtree(leaves, split, end)));
  }
  return known.get(range);
}

/** The root over leaf hashes (which do not change after the first call). */
export function treeRoot(leaves) {
  return leaves.length === 0 ? sha256(new Uint8Array(0))
    : subtree(leaves, 0, leaves.length);
}

/** The path of a leaf, from its sibling upward. */
export function inclusionPath(leaves, index) {
  const path = [];
  let start = 0;
  let end = leaves.length;
  while (end - start > 1) {
    const split = start + largestPowerBelow(end - start);
    if (index < split) {
      path.unshift(subtree(leaves, split, end));
      end = split;
    } else {
      path.unshift(subtree(leaves, start, split));
      start = split;
    }
  }
  return path;
}

function subproof(size, leaves, whole) {
  if (size === leaves.length) return whole ? [] : [treeRoot(leaves)];
  const split = largestPowerBelow(leaves.length);
  const left = leaves.slice(0, split);
  const right = leaves.slice(split);
  return size <= split
    ? subproof(size, left, whole).concat([treeRoot(right)])
    : subproof(size - split, right, false).concat([treeRoot(left)]);
}

/** The consistency proof from the first `size` leaves to all of them. */
export function consistencyProof(leaves, size) {
  return size === leaves.length ? [] : subproof(size, leaves, true);
}
