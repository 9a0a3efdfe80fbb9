// The one hash of the format: a domain tag and length-prefixed arguments.

import { SHA256 } from '@noble/hashes/sha2.js';
import { WORD, concat, modulo, u32be, u8, utf8, utf8Into } from './bytes.js';

const BLOCK = 64;
const PADDING = 9;
const INITIAL = Int32Array.from(new SHA256().get());

/**
 * What the library's compression works on, in numbers of an array.  In a
 * field of an object a browser boxes what is longer than 31 bits: there a
 * block takes the library's own objects 1.2 microseconds, and this 0.5, as
 * long as the compression never meets another object.
 */
class State {
  constructor() {
    this.words = new Int32Array(8);
  }

  get A() { return this.words[0]; }

  get B() { return this.words[1]; }

  get C() { return this.words[2]; }

  get D() { return this.words[3]; }

  get E() { return this.words[4]; }

  get F() { return this.words[5]; }

  get G() { return this.words[6]; }

  get H() { return this.words[7]; }

  set(a, b, c, d, e, f, g, h) {
    const { words } = this;
    words[0] = a;
    words[1] = b;
    words[2] = c;
    words[3] = d;
    words[4] = e;
    words[5] = f;
    words[6] = g;
    words[7] = h;
  }
}
State.prototype.process = SHA256.prototype.process;

const STATE = new State();

function begin() {
  STATE.words.set(INITIAL);
}

/** The library's compression over whole blocks of a DataView. */
function compress(view, start, end) {
  for (let at = start; at < end; at += BLOCK) STATE.process(view, at);
}

function digest() {
  const { words } = STATE;
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

/**
 * A message that is put together and padded in one place.  A verification
 * hashes a hundred thousand short messages, and for each to set up the
 * library's object, and to wipe it, costs several times its compression.
 */
class Message {
  constructor() {
    this.length = 0;
    this.whole = 0;
    this.take(new Uint8Array(1024));
  }

  take(room) {
    this.room = room;
    this.view = new DataView(room.buffer);
  }

  reserve(more) {
    const least = this.length + more + BLOCK + PADDING;
    if (least <= this.room.length) return;
    const { room } = this;
    this.take(new Uint8Array(2 * least));
    this.room.set(room);
  }

  /** A message of `before` bytes that were compressed, and what follows. */
  start(before) {
    this.length = 0;
    this.whole = before;
  }

  byte(value) {
    this.room[this.length++] = value;
  }

  bytes(part) {
    this.reserve(part.length);
    this.room.set(part, this.length);
    this.length += part.length;
  }

  /** A length-prefixed argument: bytes, or a text as UTF-8. */
  argument(value) {
    const isText = typeof value === 'string';
    this.reserve(4 + value.length * (isText ? 3 : 1));
    const at = this.length;
    this.length += 4;
    if (isText) this.length = utf8Into(value, this.room, this.length);
    else this.bytes(value);
    this.view.setUint32(at, this.length - at - 4);
  }

  digest() {
    const { room, view, length } = this;
    const end = Math.ceil((length + PADDING) / BLOCK) * BLOCK;
    const bits = 8 * (this.whole + length);
    room[length] = 0x80;
    room.fill(0, length + 1, end - 8);
    view.setUint32(end - 8, Math.floor(bits / WORD));
    view.setUint32(end - 4, bits % WORD);
    if (this.whole === 0) begin();
    compress(view, 0, end);
    return digest();
  }
}

const MESSAGE = new Message();

/** SHA-256 of these parts, one after the other. */
export function sha256Of(...parts) {
  MESSAGE.start(0);
  for (const part of parts) MESSAGE.bytes(part);
  return MESSAGE.digest();
}

export function sha256(bytes) {
  const rest = bytes.length % BLOCK;
  const whole = bytes.length - rest;
  if (whole > 0) {
    const { buffer, byteOffset, length } = bytes;
    begin();
    compress(new DataView(buffer, byteOffset, length), 0, whole);
  }
  MESSAGE.start(whole);
  MESSAGE.bytes(whole > 0 ? bytes.subarray(whole) : bytes);
  return MESSAGE.digest();
}

/** HASH(tag, …): arguments are bytes, or texts as UTF-8. */
export function hash(tag, ...args) {
  MESSAGE.start(0);
  MESSAGE.byte(tag.length);
  for (let i = 0; i < tag.length; i++) MESSAGE.byte(tag.charCodeAt(i));
  for (const arg of args) MESSAGE.argument(arg);
  return MESSAGE.digest();
}

/** sha256 in the form in which the library wants a hash. */
export const HASH = Object.assign((bytes) => sha256(bytes),
  { outputLen: 32, blockLen: BLOCK });

/** SHA-256 of a text as logged. */
export function hashOfText(text) {
  return sha256(utf8(text));
}

/** SHA-256 of messages of one length, over blocks that are padded once. */
export class FixedHash {
  constructor(length) {
    const blocks = Math.ceil((length + PADDING) / BLOCK);
    this.room = new Uint8Array(blocks * BLOCK);
    this.room[length] = 0x80;
    this.view = new DataView(this.room.buffer);
    this.view.setUint32(this.room.length - 4, 8 * length);
  }

  /** The hash of what stands in `room`: eight signed words, until the next. */
  words() {
    begin();
    compress(this.view, 0, this.room.length);
    return STATE.words;
  }

  digest() {
    begin();
    compress(this.view, 0, this.room.length);
    return digest();
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
