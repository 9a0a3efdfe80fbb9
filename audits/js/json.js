// Canonical JSON (FORMAT 1.1): a reader that takes the one byte form of a
// value and refuses every other, and the writer of that form.
//
// The reader walks over the bytes once; a string that is spelled as it is
// becomes a slice of the text, which costs nothing.

import { fromUtf8, utf8, utf8Into } from './bytes.js';

export const MAX_DEPTH = 8;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const ARRAY = 0x5b;
const ARRAY_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;
const ESCAPED = /^u00[01][0-9a-f]$/;
const NULL = 'null';
// Strings whose spelling by JSON.stringify is not ours.
const OTHERWISE = /[\0-\x1f\ud800-\udfff]/;

export class NotCanonical extends Error {}

const isDigit = (code) => code >= ZERO && code <= NINE;

/** 1 for each byte that may stand in a string and means nothing but itself. */
const IS_PLAIN = Uint8Array.from({ length: 256 }, (unused, code) =>
  Number(code >= 0x20 && code < 0x80 && code !== QUOTE && code !== BACKSLASH));

function plainEnd(bytes, start) {
  let at = start;
  while (IS_PLAIN[bytes[at]] === 1) at++;
  return at;
}

/** A key such as __proto__ is a key like any other. */
function setKey(object, key, value) {
  if (key === '__proto__') {
    Object.defineProperty(object, key,
      { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}

class Reader {
  constructor(text, bytes, freeOrder) {
    this.text = text;
    this.bytes = bytes;
    this.at = 0;
    // How much further on a place is in the bytes than in the text.
    this.ahead = 0;
    // Only the outermost object of a row keeps its columns' order.
    this.freeOrder = freeOrder;
  }

  refuse(why) {
    throw new NotCanonical(`${why} at byte ${this.at}`);
  }

  here() {
    return this.bytes[this.at];
  }

  take(code) {
    if (this.here() !== code) this.refuse('unexpected character');
    this.at++;
  }

  /** After a member: whether another one follows, or else the end. */
  goesOn(end) {
    if (this.here() === COMMA) {
      this.at++;
      return true;
    }
    this.take(end);
    return false;
  }

  value(depth) {
    const code = this.here();
    if (code === QUOTE) return this.string();
    if (code === OBJECT) return this.object(depth + 1);
    if (code === ARRAY) return this.array(depth + 1);
    if (code === MINUS || isDigit(code)) return this.integer();
    if (!this.text.startsWith(NULL, this.at - this.ahead)) {
      this.refuse('no value');
    }
    this.at += NULL.length;
    return null;
  }

  /** Past the opening bracket; whether the closing one stands there. */
  isEmpty(depth, end) {
    if (depth > MAX_DEPTH) this.refuse('nested too deep');
    this.at++;
    if (this.here() !== end) return false;
    this.at++;
    return true;
  }

  object(depth) {
    const out = {};
    if (this.isEmpty(depth, OBJECT_END)) return out;
    const met = this.freeOrder && depth === 1 ? new Set() : null;
    let before = null;
    do {
      const key = this.key(before, met);
      this.take(COLON);
      setKey(out, key, this.value(depth));
      before = key;
    } while (this.goesOn(OBJECT_END));
    return out;
  }

  /** `met`: the keys before this one, where they may be in any order. */
  key(before, met) {
    if (this.here() !== QUOTE) this.refuse('no key');
    const { ahead } = this;
    const key = this.string();
    if (this.ahead !== ahead) this.refuse('key is not ASCII');
    if (met === null) {
      if (before !== null && before >= key) this.refuse('keys not in order');
    } else {
      if (met.has(key)) this.refuse('key stands twice');
      met.add(key);
    }
    return key;
  }

  array(depth) {
    const out = [];
    if (this.isEmpty(depth, ARRAY_END)) return out;
    do out.push(this.value(depth)); while (this.goesOn(ARRAY_END));
    return out;
  }

  integer() {
    const start = this.at;
    if (this.here() === MINUS) this.at++;
    const first = this.at;
    while (isDigit(this.here())) this.at++;
    const digits = this.at - first;
    if (digits === 0 || digits > 16) this.refuse('not an integer');
    const isZero = this.bytes[first] === ZERO;
    if (isZero && (digits > 1 || first > start)) this.refuse('leading zero');
    const value = Number(this.slice(start, this.at));
    if (!Number.isSafeInteger(value)) this.refuse('integer out of range');
    return value;
  }

  string() {
    const { bytes, ahead } = this;
    const start = this.at - ahead;
    let isPlain = true;
    let at = plainEnd(bytes, this.at + 1);
    for (; bytes[at] !== QUOTE; at = plainEnd(bytes, at + 1)) {
      if (bytes[at] >= 0x80) {
        at += this.letter(at);
      } else if (bytes[at] === BACKSLASH) {
        at += this.escape(at + 1);
        isPlain = false;
      } else {
        this.refuse('string without an end');
      }
    }
    this.at = at + 1;
    const end = this.at - this.ahead;
    // The engine knows every escape of ours.
    return isPlain ? this.text.slice(start + 1, end - 1)
      : JSON.parse(this.text.slice(start, end));
  }

  /** The length of what follows the first byte of a letter beyond ASCII. */
  letter(at) {
    const first = this.bytes[at];
    const unit = this.text.charCodeAt(at - this.ahead);
    // Of half a letter the encoder makes U+FFFD.
    if (first === 0xef && (unit & 0xf800) === 0xd800) {
      this.refuse('half a letter');
    }
    const more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    // A letter of four bytes is two units of the text.
    this.ahead += Math.min(more, 2);
    return more;
  }

  /** The length of what follows a backslash. */
  escape(at) {
    const code = this.bytes[at];
    if (code === QUOTE || code === BACKSLASH) return 1;
    if (!ESCAPED.test(this.slice(at, at + 5))) {
      this.refuse('escape is not canonical');
    }
    return 5;
  }

  /** The text of bytes after the last letter beyond ASCII. */
  slice(start, end) {
    return this.text.slice(start - this.ahead, end - this.ahead);
  }
}

/** The text of bytes; throws NotCanonical where they are not UTF-8. */
function textOf(bytes) {
  try {
    return fromUtf8(bytes);
  } catch (error) {
    throw new NotCanonical('not UTF-8');
  }
}

// For the short texts of which a proof has thousands.
const ROOM = new Uint8Array(4096);

function bytesOf(text) {
  return 3 * text.length > ROOM.length
    ? utf8(text) : ROOM.subarray(0, utf8Into(text, ROOM, 0));
}

function read(text, bytes, freeOrder) {
  const reader = new Reader(text, bytes, freeOrder);
  const value = reader.value(0);
  if (reader.at !== bytes.length) reader.refuse('something follows');
  return value;
}

const textAndBytes = (input) => (typeof input === 'string'
  ? [input, bytesOf(input)] : [textOf(input), input]);

/** The value of canonical JSON (bytes or text); throws NotCanonical. */
export function parse(input) {
  return read(...textAndBytes(input), false);
}

/** As parse, of a text of which the bytes are at hand. */
export function parseText(text, bytes) {
  return read(text, bytes, false);
}

/** As parse, for a row: its keys stand in an order of their own. */
export function parseRow(input) {
  return read(...textAndBytes(input), true);
}

function quote(text) {
  if (!OTHERWISE.test(text)) return JSON.stringify(text);
  const body = text.replace(/["\\]/g, '\\$&').replace(/[\0-\x1f]/g, (c) => {
    const code = c.charCodeAt(0);
    return '\\u00' + (code < 16 ? '0' : '') + code.toString(16);
  });
  return `"${body}"`;
}

function writeObject(value, keys) {
  const members = keys.map((key) => `${quote(key)}:${write(value[key])}`);
  return `{${members.join(',')}}`;
}

/** The canonical text of a value. */
export function write(value) {
  if (value === null) return 'null';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  return writeObject(value, Object.keys(value).sort());
}

/** The text of a row: exactly these columns, in this order. */
export function writeRow(row, columns) {
  return writeObject(row, columns);
}
