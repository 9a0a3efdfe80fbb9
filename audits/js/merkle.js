// RFC 6962 trees: roots, inclusion and consistency.  Sizes go to 2^53 - 1,
// so halving is a division and never a 32-bit shift.

import { equal, fromHex } from './bytes.js';
import { FixedHash, sha256, sha256Of } from './hash.js';

const LEAF = Uint8Array.of(0);
const SIZE = 32;
const NODE = new FixedHash(1 + 2 * SIZE);
NODE.room[0] = 1;

export function leafHash(data) {
  return sha256Of(LEAF, data);
}

export function nodeHash(left, right) {
  NODE.room.set(left, 1);
  NODE.room.set(right, 1 + SIZE);
  return NODE.digest();
}

const half = (n) => Math.floor(n / 2);
const odd = (n) => n % 2 === 1;

const takeStep = (node, sibling, isLeft) => (isLeft
  ? nodeHash(sibling, node) : nodeHash(node, sibling));

const isSame = (a, b) => a.sibling === b.sibling && a.isLeft === b.isLeft &&
  (a.node === b.node || equal(a.node, b.node));

/**
 * The root to which a path leads from leaf number `index` of `size`, or
 * null where the path has not the length it must have.  `step` hashes a node
 * with its sibling, which stands on its left or not.
 */
export function rootFromPath(leaf, index, size, path, step = takeStep) {
  if (index >= size) return null;
  let node = index;
  let last = size - 1;
  let root = leaf;
  for (let height = 0; height < path.length; height++) {
    if (last === 0) return null;
    const isLeft = odd(node) || node === last;
    root = step(root, path[height], isLeft, height);
    while (isLeft && !odd(node) && node !== 0) {
      node = half(node);
      last = half(last);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 ? root : null;
}

/**
 * The paths of one tree, in hexadecimal digits, best in the order of their
 * leaves: they run together towards the root, and a step that the path
 * before took as well is neither read nor hashed again.
 */
export class Paths {
  /** `isRoot` says of bytes whether they are the root of this tree. */
  constructor(size, isRoot) {
    this.size = size;
    this.isRoot = isRoot;
    this.root = null;
    this.steps = [];
    this.step = (node, sibling, isLeft, height) =>
      this.take({ node, sibling, isLeft, next: null }, height);
  }

  take(step, height) {
    const before = this.steps[height];
    if (before !== undefined && isSame(before, step)) return before.next;
    step.next = takeStep(step.node, fromHex(step.sibling), step.isLeft);
    this.steps[height] = step;
    return step.next;
  }

  /** Whether a path leads from leaf number `index` to the root. */
  lead(leaf, index, path) {
    const root = rootFromPath(leaf, index, this.size, path, this.step);
    if (root === null) return false;
    if (root !== this.root && !this.isRoot(root)) return false;
    this.root = root;
    return true;
  }
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

/** Where the tree of `n` leaves, more than one, is split. */
export function largestPowerBelow(n) {
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
