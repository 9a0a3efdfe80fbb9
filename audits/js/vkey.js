// Verifier keys of signed notes: name + key id + typed key.

import {
  concat, equal, fromBase64, fromHex, utf8,
} from './bytes.js';
import { sha256 } from './hash.js';

export const LOG_TYPE = 1;
export const WITNESS_TYPE = 4;

// Unicode White_Space and control characters; `+` ends a name.
const NOT_IN_NAME =
  /[\0-\x20\x7f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000+]/;

const MAX_NAME = 255;

export function isKeyName(name) {
  const length = utf8(name).length;
  return length >= 1 && length <= MAX_NAME && !NOT_IN_NAME.test(name);
}

export function keyId(name, type, key) {
  const input = concat(utf8(name), Uint8Array.of(0x0a, type), key);
  return sha256(input).slice(0, 4);
}

/** {name, id, type, key, text} of a vkey, or null. */
export function parseVkey(text) {
  const first = text.indexOf('+');
  const second = text.indexOf('+', first + 1);
  if (first < 1 || second < 0) return null;
  const name = text.slice(0, first);
  const id = fromHex(text.slice(first + 1, second));
  const typed = fromBase64(text.slice(second + 1));
  if (!isKeyName(name) || id === null || typed === null) return null;
  if (id.length !== 4 || typed.length !== 33) return null;
  const type = typed[0];
  const key = typed.slice(1);
  if (!equal(id, keyId(name, type, key))) return null;
  return { name, id, type, key, text };
}
