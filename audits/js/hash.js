// The one hash of the format: a domain tag and length-prefixed arguments.

import { SHA256, sha256 } from '@noble/hashes/sha2.js';
import { WORD, concat, modulo, u32be, u8, utf8 } from './bytes.js';

export { sha256 };

export function hash(tag, ...args) {
  const name = utf8(tag);
  const parts = [u8(name.length), name];
  for (const arg of args) parts.push(u32be(arg.length), arg);
  return sha256(concat(...parts));
}

/** SHA-256 of a text as logged. */
export function hashOfText(text) {
  return sha256(utf8(text));
}

const BLOCK = 64;
const PADDING = 9;
const INITIAL = new SHA256().get();

/**
 * SHA-256 of messages of one length: the library's compression over blocks
 * that are padded once.  Trees and draws hash little else, and to set up a
 * hash anew, and to wipe it, costs several times the hashing itself.
 */
export class FixedHash {
  constructor(length) {
    const blocks = Math.ceil((length + PADDING) / BLOCK);
    this.room = new Uint8Array(blocks * BLOCK);
    this.room[length] = 0x80;
    this.view = new DataView(this.room.buffer);
    this.view.setUint32(this.room.length - 4, 8 * length);
    this.engine = new SHA256();
  }

  /** The hash of what stands in `room`, as eight signed words. */
  words() {
    const { engine, room, view } = this;
    const [a, b, c, d, e, f, g, h] = INITIAL;
    engine.set(a, b, c, d, e, f, g, h);
    for (let at = 0; at < room.length; at += BLOCK) engine.process(view, at);
    return engine.get();
  }

  digest() {
    const words = this.words();
    const out = new Uint8Array(32);
    for (let i = 0; i < 8; i++) {
      const word = words[i];
      out[4 * i] = word >>> 24;
      out[4 * i + 1] = word >>> 16;
      out[4 * i + 2] = word >>> 8;
      out[4 * i + 3] = word;
    }
    return out;
  }
}

/**
 * HASH(tag, seed, u64be t) for many t: only the last eight bytes of the
 * input change, and a draw asks for half a million of them.
 */
export class CounterHash {
  constructor(tag, seed) {
    const name = utf8(tag);
    const input = concat(u8(name.length), name, u32be(seed.length), seed,
      u32be(8), new Uint8Array(8));
    this.hash = new FixedHash(input.length);
    this.hash.room.set(input);
    this.place = input.length - 8;
  }

  set(t) {
    const { view } = this.hash;
    view.setUint32(this.place, Math.floor(t / WORD));
    view.setUint32(this.place + 4, t % WORD);
  }

  at(t) {
    this.set(t);
    return this.hash.digest();
  }

  words(t) {
    this.set(t);
    return this.hash.words();
  }

  /** U(tag, seed, t, n) of section 5. */
  below(t, n) {
    return modulo(this.at(t), n);
  }
}
