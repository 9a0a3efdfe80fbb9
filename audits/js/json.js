// Canonical JSON (FORMAT 1.1): a reader that takes the one byte form of a
// value and refuses every other, and the writer of that form.
//
// Objects come back without a prototype, so that a key such as __proto__ is
// a key like any other.

import { fromUtf8, utf8 } from './bytes.js';

export const MAX_DEPTH = 8;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const ESCAPED = /^u00[01][0-9a-f]$/;
const SHORT = 128;
const ASCII = /^[\0-\x7f]*$/;

export class NotCanonical extends Error {}

function isDigit(byte) {
  return byte >= ZERO && byte <= NINE;
}

class Reader {
  constructor(bytes, freeOrder) {
    this.bytes = bytes;
    this.at = 0;
    // Only the outermost object of a row keeps its columns' order.
    this.freeOrder = freeOrder;
    this.decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  }

  refuse(why) {
    throw new NotCanonical(`${why} at byte ${this.at}`);
  }

  take(byte) {
    if (this.bytes[this.at] !== byte) this.refuse('unexpected byte');
    this.at++;
  }

  word(text) {
    for (let i = 0; i < text.length; i++) this.take(text.charCodeAt(i));
  }

  value(depth) {
    const byte = this.bytes[this.at];
    if (byte === QUOTE) return this.string();
    if (byte === 0x7b) return this.object(depth + 1);
    if (byte === 0x5b) return this.array(depth + 1);
    if (byte === MINUS || isDigit(byte)) return this.integer();
    this.word('null');
    return null;
  }

  object(depth) {
    if (depth > MAX_DEPTH) this.refuse('nested too deep');
    const out = Object.create(null);
    let before = null;
    this.at++;
    while (this.bytes[this.at] !== 0x7d) {
      if (before !== null) this.take(COMMA);
      const key = this.key(out, before, depth);
      this.take(COLON);
      out[key] = this.value(depth);
      before = key;
    }
    this.at++;
    return out;
  }

  key(out, before, depth) {
    if (this.bytes[this.at] !== QUOTE) this.refuse('no key');
    const key = this.string();
    if (!ASCII.test(key)) this.refuse('key is not ASCII');
    if (key in out) this.refuse('key stands twice');
    const free = this.freeOrder && depth === 1;
    if (!free && before !== null && before >= key) {
      this.refuse('keys are not in order');
    }
    return key;
  }

  array(depth) {
    if (depth > MAX_DEPTH) this.refuse('nested too deep');
    const out = [];
    this.at++;
    while (this.bytes[this.at] !== 0x5d) {
      if (out.length > 0) this.take(COMMA);
      out.push(this.value(depth));
    }
    this.at++;
    return out;
  }

  integer() {
    const start = this.at;
    if (this.bytes[this.at] === MINUS) this.at++;
    const first = this.at;
    while (isDigit(this.bytes[this.at])) this.at++;
    const digits = this.at - first;
    if (digits === 0 || digits > 16) this.refuse('not an integer');
    if (this.bytes[first] === ZERO && (digits > 1 || first > start)) {
      this.refuse('leading zero');
    }
    const value = Number(this.decoder.decode(
      this.bytes.subarray(start, this.at)));
    if (!Number.isSafeInteger(value)) this.refuse('integer out of range');
    return value;
  }

  string() {
    let out = '';
    this.at++;
    for (;;) {
      const start = this.at;
      let high = 0;
      let byte = this.bytes[this.at];
      while (byte >= 0x20 && byte !== QUOTE && byte !== BACKSLASH) {
        high |= byte;
        byte = this.bytes[++this.at];
      }
      out += this.piece(start, high < 0x80);
      if (byte === QUOTE) {
        this.at++;
        return out;
      }
      if (byte !== BACKSLASH) this.refuse('string without an end');
      out += this.escape();
    }
  }

  piece(start, ascii) {
    const bytes = this.bytes.subarray(start, this.at);
    if (bytes.length === 0) return '';
    // A decoder call costs more than a short ASCII string is worth.
    if (ascii && bytes.length <= SHORT) {
      return String.fromCharCode.apply(null, bytes);
    }
    try {
      return this.decoder.decode(bytes);
    } catch (error) {
      return this.refuse('not UTF-8');
    }
  }

  escape() {
    this.at++;
    const byte = this.bytes[this.at];
    if (byte === QUOTE || byte === BACKSLASH) {
      this.at++;
      return String.fromCharCode(byte);
    }
    const text = String.fromCharCode.apply(
      null, this.bytes.subarray(this.at, this.at + 5));
    if (!ESCAPED.test(text)) this.refuse('escape is not canonical');
    this.at += 5;
    return String.fromCharCode(parseInt(text.slice(1), 16));
  }
}

/** The text of bytes, or null where they are not UTF-8. */
function textOf(input) {
  if (typeof input === 'string') return input;
  try {
    return fromUtf8(input);
  } catch (error) {
    return null;
  }
}

/** Whether no more than MAX_DEPTH arrays and objects are ever open. */
function isShallow(text) {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) {
      inString = true;
    } else if (code === 0x5b || code === 0x7b) {
      if (++depth > MAX_DEPTH) return false;
    } else if (code === 0x5d || code === 0x7d) {
      depth--;
    }
  }
  return true;
}

// Strings that are spelled as they are, and those whose spelling by
// JSON.stringify is not ours.
const SPECIAL = /["\\\0-\x1f\ud800-\udfff]/;
const OTHERWISE = /[\0-\x1f\ud800-\udfff]/;

/** Whether a text is the canonical form of a value: written and compared. */
class Comparison {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  piece(piece) {
    const { at } = this;
    this.at = at + piece.length;
    return this.text.startsWith(piece, at);
  }

  value(value, freeOrder) {
    if (typeof value === 'string') return this.string(value);
    if (value === null) return this.piece('null');
    if (Array.isArray(value)) return this.array(value);
    if (typeof value === 'object') return this.object(value, freeOrder);
    return Number.isSafeInteger(value) && this.piece(String(value));
  }

  string(value) {
    if (SPECIAL.test(value)) return this.piece(quote(value));
    return this.piece('"') && this.piece(value) && this.piece('"');
  }

  array(list) {
    if (!this.piece('[')) return false;
    for (let i = 0; i < list.length; i++) {
      if (i > 0 && !this.piece(',')) return false;
      if (!this.value(list[i], false)) return false;
    }
    return this.piece(']');
  }

  object(value, freeOrder) {
    let before = null;
    if (!this.piece('{')) return false;
    for (const key of Object.keys(value)) {
      const isNext = before === null || freeOrder || before < key;
      if (!isNext || !ASCII.test(key)) return false;
      if (before !== null && !this.piece(',')) return false;
      if (!this.string(key) || !this.piece(':')) return false;
      if (!this.value(value[key], false)) return false;
      before = key;
    }
    return this.piece('}');
  }
}

/**
 * The value of canonical JSON, or undefined where it is not, or where only
 * the reader can tell.  The engine reads a text ten times as fast as the
 * reader does, but much else besides: what it read is written in the one
 * form, and that has to be the text.
 */
function quickly(text, freeOrder) {
  if (!isShallow(text)) return undefined;
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return undefined;
  }
  const comparison = new Comparison(text);
  const isSame = comparison.value(value, freeOrder) &&
    comparison.at === text.length;
  return isSame ? value : undefined;
}

function parseWith(input, freeOrder) {
  const text = textOf(input);
  const value = text === null ? undefined : quickly(text, freeOrder);
  return value === undefined ? slowly(input, freeOrder) : value;
}

/** Byte by byte: the judge of all that is refused. */
export function slowly(input, freeOrder) {
  const bytes = typeof input === 'string' ? utf8(input) : input;
  const reader = new Reader(bytes, freeOrder);
  const value = reader.value(0);
  if (reader.at !== bytes.length) reader.refuse('something follows');
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
