// Receipts of drawn firms (section 10), checked against a verified proof.

import {
  equal, fromBase64url, fromHex, fromU64be, fromUtf8, toHex,
} from './bytes.js';
import { leafHash, rootFromPath } from './merkle.js';
import {
  crewDigest, crewsCommitment, frameCommitment, frameLeaf, rowDigest,
} from './seeds.js';

const MAGIC = 'YHR1';
const SET_LATER = 255;
const MAX_PATH = 64;

class Short extends Error {}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  take(length) {
    const part = this.bytes.slice(this.at, this.at + length);
    if (part.length !== length) throw new Short('回执不完整');
    this.at += length;
    return part;
  }

  string() {
    const [high, low] = this.take(2);
    return fromUtf8(this.take(high * 256 + low));
  }

  u64() {
    const value = fromU64be(this.take(8));
    if (value === null) throw new Short('回执里的数太大');
    return value;
  }

  path(mayBeLater) {
    const count = this.take(1)[0];
    if (count === SET_LATER && mayBeLater) return null;
    if (count > MAX_PATH) throw new Short('回执里的路径太长');
    const hashes = [];
    for (let i = 0; i < count; i++) hashes.push(this.take(32));
    return hashes;
  }
}

function readFields(reader) {
  const receipt = {
    origin: reader.string(), draw: reader.u64(), stratum: reader.string(),
    position: reader.u64(), order: reader.take(32), row: reader.string(),
    blind: reader.take(32), duty: reader.take(32), path: reader.path(false),
    crew: reader.string(), crewBlind: reader.take(32),
    crewPath: reader.path(true),
  };
  if (reader.at !== reader.bytes.length) throw new Short('回执之后还有字节');
  return receipt;
}

/** The fields of a receipt, or null where it is not one. */
export function parseReceipt(text) {
  const bytes = fromBase64url(text);
  if (bytes === null) return null;
  const reader = new Reader(bytes);
  try {
    if (fromUtf8(reader.take(4)) !== MAGIC) return null;
    return readFields(reader);
  } catch (error) {
    // Only a string that is not UTF-8 or a field cut short lands here.
    return null;
  }
}

/** The place among the drawn, in A's order of strata, or -1. */
function drawnPlace(ctx, receipt) {
  let before = 0;
  for (const { name, drawn, k } of ctx.strata) {
    if (name === receipt.stratum) {
      const at = drawn.indexOf(receipt.position);
      return at < 0 ? -1 : before + at;
    }
    before += k;
  }
  return -1;
}

function inFrame(ctx, receipt) {
  const stratum = ctx.strata.find((one) => one.name === receipt.stratum);
  if (stratum === undefined) return false;
  const leaf = frameLeaf(receipt.order,
    rowDigest(receipt.blind, receipt.row), receipt.duty);
  const root = rootFromPath(leafHash(leaf), receipt.position, stratum.N,
    receipt.path);
  return root !== null && toHex(frameCommitment(stratum.name, stratum.N,
    root)) === stratum.commitment;
}

/** The entries that set a crew of this position, in log order. */
function crewEntries(ctx, receipt) {
  return ctx.later.filter(({ kind, v }) => v.stratum === receipt.stratum &&
    ((kind === 'stand-in' && v.position === receipt.position) ||
      (kind === 'replacement' && v.reserve === receipt.position)));
}

/** `last`: the latest entry that set a crew, undefined where D's stands. */
function crewHolds(ctx, receipt, place, last) {
  const digest = crewDigest(receipt.crewBlind, receipt.crew);
  if (receipt.crewPath === null) {
    return last !== undefined && last.v.crew === toHex(digest);
  }
  const count = ctx.strata.reduce((sum, one) => sum + one.k, 0);
  if (place < 0) return false;
  const root = rootFromPath(leafHash(digest), place, count,
    receipt.crewPath);
  return root !== null && equal(crewsCommitment(count, root),
    fromHex(ctx.D.v.crews));
}

/**
 * '' where the receipt is of the draw of a proof that `verify` found to
 * hold (its result), else why not.
 */
export function checkReceipt(text, result) {
  const receipt = parseReceipt(text);
  if (receipt === null) return '这不是一张回执';
  const ctx = result.facts.context;
  if (ctx === undefined || ctx.D === null) return '证明里还没有抽取结果';
  if (receipt.origin !== ctx.log.v.origin || receipt.draw !== ctx.draw) {
    return '回执是另一次抽取的';
  }
  if (!inFrame(ctx, receipt)) return '回执的对象不在封存的名单里';
  const place = drawnPlace(ctx, receipt);
  const reserve = ctx.later.some(({ kind, v }) => kind === 'replacement' &&
    v.stratum === receipt.stratum && v.reserve === receipt.position);
  if (place < 0 && !reserve) return '回执的对象没有被抽中';
  const last = crewEntries(ctx, receipt).pop();
  if (crewHolds(ctx, receipt, place, last)) {
    return receipt.crewPath === null || last === undefined ? '' : '已换人';
  }
  return '回执的检查人员不符';
}

/** Did the position of a receipt that fits drop out of the draw since? */
export function isDropped(text, result) {
  const receipt = parseReceipt(text);
  return result.facts.context.later.some(({ kind, v }) =>
    kind === 'replacement' && v.stratum === receipt.stratum &&
    v.position === receipt.position);
}
