// A log of a few entries for tests: keys from names, heads with chosen
// times, and the proof file over it.

import { ed25519 } from '@noble/curves/ed25519.js';
import {
  concat, toBase64, toHex, u64be, utf8,
} from '../bytes.js';
import { hashOfText, sha256 } from '../hash.js';
import { write } from '../json.js';
import {
  consistencyProof, inclusionPath, leafHash, treeRoot,
} from '../merkle.js';
import { cosignedMessage } from '../note.js';
import { actorDigest } from '../seeds.js';
import { HEADS } from '../tables.js';
import { LIST_IN_PLACE } from '../types.js';
import { LOG_TYPE, WITNESS_TYPE, keyId } from '../vkey.js';

/** 32 bytes that stand for randomness in tests. */
export const secretOf = (name) => sha256(utf8(`test secret ${name}`));

/** Persons as entries name them. */
export const by = (names) =>
  names.map((name) => toHex(actorDigest(secretOf('actor'), name)));

/** An Ed25519 key pair with the name it signs under; `of`: another's. */
export function keyPair(name, type, of) {
  const seed = secretOf(`key ${of || name}`);
  const key = ed25519.getPublicKey(seed);
  const id = keyId(name, type || LOG_TYPE, key);
  const typed = concat(Uint8Array.of(type || LOG_TYPE), key);
  return {
    name, key, id,
    vkey: `${name}+${toHex(id)}+${toBase64(typed)}`,
    sign: (message) => ed25519.sign(message, seed),
  };
}

export class TestLog {
  constructor(origin, witnesses) {
    this.log = keyPair(origin, LOG_TYPE);
    this.witnesses = [];
    for (let i = 1; i <= witnesses.of; i++) {
      this.witnesses.push(keyPair(`witness.test/w${i}`, WITNESS_TYPE));
    }
    this.policy = this.policyText(witnesses.least);
    this.leaves = [];
    this.texts = [];
    this.logged = [];
    this.attachments = {};
    this.heads = {};
  }

  /** least: how many of all; any, all; the one of this name; 0: none. */
  policyText(least) {
    const names = this.witnesses.map((unused, i) => `w${i + 1}`);
    const lines = [`log ${this.log.vkey}`].concat(this.witnesses.map(
      (one, i) => `witness ${names[i]} ${one.vkey}`));
    if (least === 0) return `${lines.join('\n')}\nquorum none\n`;
    if (names.includes(least)) {
      return `${lines.join('\n')}\nquorum ${least}\n`;
    }
    return `${lines.join('\n')}\ngroup all-of-us ${least} ${
      names.join(' ')}\nquorum all-of-us\n`;
  }

  add(entry, inProof) {
    const text = write(entry);
    const index = this.leaves.length;
    this.leaves.push(leafHash(utf8(text)));
    this.texts.push(text);
    const one = { index, text, hash: hashOfText(text), entry };
    if (inProof) this.logged.push(one);
    return one;
  }

  /** A LIST: in place, or an attachment where it is long. */
  list(value) {
    const text = write(value);
    if (utf8(text).length <= LIST_IN_PLACE) return value;
    const sha256Hex = toHex(hashOfText(text));
    this.attachments[sha256Hex] = text;
    return { count: value.length, sha256: sha256Hex };
  }

  /** The leaves that a head shows; a forked one has another last entry. */
  shown({ size, fork }) {
    const leaves = this.leaves.slice(0, size);
    if (fork) leaves[size - 1] = leafHash(utf8('another view'));
    return leaves;
  }

  /**
   * The note of a head {size, time, only, times, fork}: `only` so many
   * witnesses cosign it, or each at its own of `times` (null: not at all).
   */
  note(head) {
    const { size, time, only, times } = head;
    const root = toBase64(treeRoot(this.shown(head)));
    const text = `${this.log.name}\n${size}\n${root}\n`;
    const line = (key, bytes) =>
      `\u2014 ${key.name} ${toBase64(concat(key.id, bytes))}\n`;
    const cosigned = (one, at) => line(one, concat(u64be(at),
      one.sign(cosignedMessage(at, text))));
    const lines = this.witnesses.slice(0, only).map((one, i) => {
      const at = times === undefined ? time : times[i];
      return at === null ? '' : cosigned(one, at);
    });
    return `${text}\n${line(this.log, this.log.sign(utf8(text)))}${
      lines.join('')}`;
  }

  head(name, time, more) {
    this.heads[name] = Object.assign(
      { size: this.leaves.length, time }, more);
    return this.heads[name];
  }

  /** The proof file's object. */
  proof(commitment) {
    const names = HEADS.filter((name) => name in this.heads);
    const heads = {};
    names.forEach((name, i) => {
      const { size } = this.heads[name];
      const next = this.heads[names[i + 1]];
      const grown = next === undefined || next.size < size ? []
        : consistencyProof(this.leaves.slice(0, next.size), size);
      heads[name] = {
        consistency: grown.map(toHex), note: this.note(this.heads[name]),
      };
    });
    const whole = this.leaves.slice(0, this.heads.final.size);
    const entries = this.logged.map(({ index, text }) => ({
      index, path: inclusionPath(whole, index).map(toHex), text,
    }));
    return {
      attachments: this.attachments, commitment, entries,
      format: 'yaohao-proof/1', heads, policy: this.policy,
    };
  }
}
