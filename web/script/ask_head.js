// The log's newest head against one that was seen before.
//
//     remembered  size 3, root r3        checkpoint  size 7, root r7
//     from the tiles: the hashes of RFC 6962's consistency proof 3 -> 7,
//     which must lead to r3 and to r7

import { equal, fromBase64, toBase64, toHex } from
  '../../audits/js/bytes.js';
import { consistent, largestPowerBelow, nodeHash } from
  '../../audits/js/merkle.js';
import {
  parseCheckpoint, verifyLogSignature,
} from '../../audits/js/note.js';
import { parseVkey } from '../../audits/js/vkey.js';

const TILE_WIDTH = 256;
const HEIGHT = 8;
const HASH_LENGTH = 32;

class Missing extends Error {}

/** Hashes of a log as its tiles hold them, read when they are needed. */
class Tiles {
  constructor(base, size) {
    this.base = base;
    this.size = size;
    this.read = new Map();
  }

  pathOf(level, number) {
    const count = Math.floor(this.size / Math.pow(TILE_WIDTH, level));
    const width = Math.min(TILE_WIDTH, count - number * TILE_WIDTH);
    let rest = String(number);
    while (rest.length % 3 !== 0) rest = `0${rest}`;
    const groups = rest.match(/.../g);
    const name = groups.map((group, i) =>
      i < groups.length - 1 ? `x${group}` : group).join('/');
    const part = width < TILE_WIDTH ? `.p/${width}` : '';
    return { path: `tile/${level}/${name}${part}`, width };
  }

  async fetchTile(level, number) {
    const { path, width } = this.pathOf(level, number);
    const reply = await fetch(this.base + path);
    const bytes = reply.ok ? new Uint8Array(await reply.arrayBuffer()) : null;
    if (bytes === null || bytes.length !== width * HASH_LENGTH) {
      throw new Missing(`${path} 取不到`);
    }
    return bytes;
  }

  async tile(level, number) {
    const key = `${level} ${number}`;
    if (!this.read.has(key)) {
      this.read.set(key, await this.fetchTile(level, number));
    }
    return this.read.get(key);
  }

  /** The root of the whole subtree of 2^height leaves, number `index`. */
  async node(height, index) {
    const level = Math.floor(height / HEIGHT);
    const within = height % HEIGHT;
    if (within === 0) {
      const bytes = await this.tile(level, Math.floor(index / TILE_WIDTH));
      const at = index % TILE_WIDTH * HASH_LENGTH;
      return bytes.slice(at, at + HASH_LENGTH);
    }
    return nodeHash(await this.node(height - 1, 2 * index),
      await this.node(height - 1, 2 * index + 1));
  }

  /** The root over the leaves start … end − 1. */
  async range(start, end) {
    const count = end - start;
    let height = 0;
    while (Math.pow(2, height + 1) <= count) height++;
    const whole = Math.pow(2, height);
    if (whole === count) return this.node(height, start / count);
    const split = start + whole;
    return nodeHash(await this.range(start, split),
      await this.range(split, end));
  }
}

/** RFC 9162 section 2.1.4.1: SUBPROOF of `first` in start … end − 1. */
async function subproof(tiles, first, [start, end], isWhole) {
  if (first === end) return isWhole ? [] : [await tiles.range(start, end)];
  const split = start + largestPowerBelow(end - start);
  return first <= split
    ? (await subproof(tiles, first, [start, split], isWhole))
      .concat([await tiles.range(split, end)])
    : (await subproof(tiles, first, [split, end], false))
      .concat([await tiles.range(start, split)]);
}

/**
 * The checkpoint of a note that the log signed, or null.  Lines of
 * witnesses are not looked at: the proof's own heads are for that.
 */
function readNote(text, vkey) {
  const end = text.indexOf('\n\n');
  const checkpoint = end < 0 ? null : parseCheckpoint(text.slice(0, end + 1));
  if (checkpoint === null || checkpoint.origin !== vkey.name) return null;
  const id = toHex(vkey.id);
  const isSigned = text.slice(end + 2).split('\n').some((line) => {
    const words = line.split(' ');
    const bytes = words.length === 3 && words[1] === vkey.name
      ? fromBase64(words[2]) : null;
    return bytes !== null && bytes.length === 68 &&
      toHex(bytes.slice(0, 4)) === id && verifyLogSignature(
      Object.assign({ logSignature: bytes.slice(4) }, checkpoint),
      { log: vkey });
  });
  return isSigned ? checkpoint : null;
}

async function compare(base, old, now) {
  const roots = { old: fromBase64(old.root), new: now.root };
  if (now.size < old.size) return 'smaller';
  if (now.size === old.size) {
    return equal(roots.old, roots.new) ? 'same' : 'split';
  }
  try {
    const tiles = new Tiles(base, now.size);
    const proof = await subproof(tiles, old.size, [0, now.size], true);
    return consistent(old.size, now.size, proof, roots) ? 'grown' : 'fork';
  } catch (error) {
    // Not to be had is as loud as wrong: a log that hides cannot be told
    // from a log that lies.
    return 'unproved';
  }
}

/**
 * ask: {base, note, vkey, olds: [{size, root}]}; base ends in /log/.
 * {finding, size, root, old}: finding is `unsigned`, or for the worst of the
 * olds `smaller`, `split`, `fork`, `unproved`, else `grown`, `same`.
 */
export async function* askHead(ask) {
  const vkey = parseVkey(ask.vkey);
  const now = vkey === null ? null : readNote(ask.note, vkey);
  if (now === null) return { finding: 'unsigned', size: 0, root: '' };
  const head = { size: now.size, root: toBase64(now.root) };
  let mildest = 'same';
  for (const old of ask.olds) {
    yield 'tiles';
    const finding = await compare(ask.base, old, now);
    if (finding === 'grown') mildest = 'grown';
    else if (finding !== 'same') return Object.assign({ finding, old }, head);
  }
  return Object.assign({ finding: mildest }, head);
}
