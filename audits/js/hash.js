// The one hash of the format: a domain tag and length-prefixed arguments.

import { sha256 } from '@noble/hashes/sha2.js';
import { concat, u32be, u64be, u8, utf8, modulo } from './bytes.js';

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

/**
 * HASH(tag, seed, u64be t) for many t: only the last eight bytes of the
 * input change, and a draw asks for half a million of them.
 */
export class CounterHash {
  constructor(tag, seed) {
    const name = utf8(tag);
    this.input = concat(u8(name.length), name, u32be(seed.length), seed,
      u32be(8), new Uint8Array(8));
    this.place = this.input.length - 8;
  }

  at(t) {
    this.input.set(u64be(t), this.place);
    return sha256(this.input);
  }

  /** U(tag, seed, t, n) of section 5. */
  below(t, n) {
    return modulo(this.at(t), n);
  }
}
