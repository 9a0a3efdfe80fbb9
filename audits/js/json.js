// Canonical JSON (FORMAT 1.1): a reader that takes the one byte form of a
// value and refuses every other, and the writer of that form.
//
// The reader walks over the text once; a string that is spelled as it is
// becomes a slice of it, which costs nothing.

import { fromUtf8 } from './bytes.js';

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
const ASCII = /^[\0-\x7f]*$/;
// Strings whose spelling by JSON.stringify is not ours.
const OTHERWISE = /[\0-\x1f\ud800-\udfff]/;

export class NotCanonical extends Error {}

const isDigit = (code) => code >= ZERO && code <= NINE;

/** Whether two units of a text are one character beyond U+FFFF. */
const isPair = (high, low) => high >= 0xd800 && high < 0xdc00 &&
  low >= 0xdc00 && low < 0xe000;

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
  constructor(text, freeOrder) {
    this.text = text;
    this.at = 0;
    // Only the outermost object of a row keeps its columns' order.
    this.freeOrder = freeOrder;
  }

  refuse(why) {
    throw new NotCanonical(`${why} at character ${this.at}`);
  }

  here() {
    return this.text.charCodeAt(this.at);
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
    if (!this.text.startsWith('null', this.at)) this.refuse('no value');
    this.at += 4;
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
    const key = this.string();
    if (!ASCII.test(key)) this.refuse('key is not ASCII');
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
    const isZero = this.text.charCodeAt(first) === ZERO;
    if (isZero && (digits > 1 || first > start)) this.refuse('leading zero');
    const value = Number(this.text.slice(start, this.at));
    if (!Number.isSafeInteger(value)) this.refuse('integer out of range');
    return value;
  }

  string() {
    const { text } = this;
    const start = this.at;
    let isPlain = true;
    let at = start + 1;
    let code = text.charCodeAt(at);
    for (; code !== QUOTE; code = text.charCodeAt(++at)) {
      if (code === BACKSLASH) {
        at += this.escape(at + 1);
        isPlain = false;
      } else if (!(code >= 0x20)) {
        this.refuse('string without an end');
      } else if (code >= 0xd800 && code < 0xe000) {
        if (!isPair(code, text.charCodeAt(++at))) this.refuse('half a letter');
      }
    }
    this.at = at + 1;
    // The engine knows every escape of ours.
    return isPlain ? text.slice(start + 1, at)
      : JSON.parse(text.slice(start, at + 1));
  }

  /** The length of what follows a backslash. */
  escape(at) {
    const code = this.text.charCodeAt(at);
    if (code === QUOTE || code === BACKSLASH) return 1;
    if (!ESCAPED.test(this.text.slice(at, at + 5))) {
      this.refuse('escape is not canonical');
    }
    return 5;
  }
}

/** The text of bytes; throws NotCanonical where they are not UTF-8. */
function textOf(input) {
  if (typeof input === 'string') return input;
  try {
    return fromUtf8(input);
  } catch (error) {
    throw new NotCanonical('not UTF-8');
  }
}

function parseWith(input, freeOrder) {
  const reader = new Reader(textOf(input), freeOrder);
  const value = reader.value(0);
  if (reader.at !== reader.text.length) reader.refuse('something follows');
  return value;
}

/** The value of canonical JSON (bytes or text); throws NotCanonical. */
export function parse(input) {
  return parseWith(input, false);
}

/** As parse, for a row: its keys stand in an order of their own. */
export function parseRow(input) {
  return parseWith(input, true);
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
