// Part 1: the outer form, and part 2: bytes, trees and signatures.

import { equal, fromHex, utf8 } from '../bytes.js';
import { parse, NotCanonical } from '../json.js';
import { hashOfText, sha256 } from '../hash.js';
import { consistent, included, leafHash } from '../merkle.js';
import { parseNote, verifyCosignature, verifyLogSignature } from '../note.js';
import { BadPolicy, parsePolicy } from '../policy.js';
import { HEADS, PROOF } from '../tables.js';
import { fits } from '../types.js';
import { need } from './need.js';

const MAX_FILE = 512 * 1048576;
const LF = 0x0a;
// No key of the outer form depends on another entry.
const FREE = { when: () => true };

function size(ctx) {
  need(ctx.bytes.length <= MAX_FILE, '文件超过 512 MiB');
}

function canonical(ctx) {
  const last = ctx.bytes.length - 1;
  need(last >= 0 && ctx.bytes[last] === LF, '文件不以一个换行结束');
  try {
    ctx.proof = parse(ctx.bytes.subarray(0, last));
  } catch (error) {
    if (!(error instanceof NotCanonical)) throw error;
    need(false, `不是规范 JSON（${error.message}）`);
  }
}

function outerForm(ctx) {
  const wrong = fits(PROOF, ctx.proof, FREE);
  need(wrong === '', `外层形式不符：${wrong}`);
}

function attachments(ctx) {
  ctx.attachments = new Map();
  for (const key of Object.keys(ctx.proof.attachments)) {
    const text = ctx.proof.attachments[key];
    const bytes = utf8(text);
    need(equal(sha256(bytes), fromHex(key)), `附件 ${key} 的散列不符`);
    ctx.attachments.set(key, { text, bytes, named: false });
  }
}

function policy(ctx) {
  try {
    ctx.policy = parsePolicy(ctx.proof.policy);
  } catch (error) {
    if (!(error instanceof BadPolicy)) throw error;
    need(false, `见证策略不合格式（${error.message}）`);
  }
  const { vkey, filePolicy } = ctx.options;
  const own = ctx.policy.log.text;
  need(!vkey || own === vkey, '证明里的日志公钥不是 --vkey 给出的公钥');
  const logs = filePolicy ? filePolicy.logs : [];
  need(logs.length === 0 || logs.some((log) => log.text === own),
    '证明里的日志公钥不是 --policy 的公钥');
}

function notes(ctx) {
  ctx.notes = {};
  ctx.headNames = HEADS.filter((name) => name in ctx.proof.heads);
  for (const name of ctx.headNames) {
    const found = parseNote(ctx.proof.heads[name].note, ctx.policy);
    need(found !== null, `树头 ${name} 的形式不符`);
    need(found.origin === ctx.policy.log.name, `树头 ${name} 不是本日志的`);
    ctx.notes[name] = found;
  }
}

function logSignatures(ctx) {
  for (const name of ctx.headNames) {
    need(verifyLogSignature(ctx.notes[name], ctx.policy),
      `树头 ${name} 的日志签名不成立`);
  }
}

function cosignatures(ctx) {
  for (const name of ctx.headNames) {
    for (const one of ctx.notes[name].cosignatures) {
      need(verifyCosignature(ctx.notes[name], one),
        `树头 ${name} 上见证人 ${one.witness.policyName} 的签名不成立`);
    }
  }
}

const bytesOf = (list) => list.map(fromHex);

function growth(ctx) {
  ctx.headNames.forEach((name, i) => {
    const proof = bytesOf(ctx.proof.heads[name].consistency);
    const next = ctx.notes[ctx.headNames[i + 1]];
    if (next === undefined) {
      need(proof.length === 0, 'final 之后还有一致性证明');
      return;
    }
    const here = ctx.notes[name];
    const roots = { old: here.root, new: next.root };
    need(consistent(here.size, next.size, proof, roots),
      `树头 ${name} 与下一个树头不一致`);
  });
}

function inclusion(ctx) {
  const { final } = ctx.notes;
  let before = -1;
  ctx.entries = ctx.proof.entries.map((entry) => {
    need(entry.index > before && entry.index < final.size,
      `条目序号 ${entry.index} 不合次序`);
    before = entry.index;
    const bytes = utf8(entry.text);
    need(included(leafHash(bytes), entry.index, final.size,
      bytesOf(entry.path), final.root), `条目 ${entry.index} 不在日志里`);
    return {
      index: entry.index, bytes, text: entry.text,
      hash: hashOfText(entry.text), lists: {},
    };
  });
}

export const OUTER = [
  { id: '1.01', title: '文件大小', run: size },
  { id: '1.02', title: '文件是规范 JSON', run: canonical },
  { id: '1.03', title: '外层形式', run: outerForm },
  { id: '2.01', title: '附件与其散列一致', run: attachments },
  { id: '2.02', title: '见证策略与日志公钥', run: policy },
  { id: '2.03', title: '树头的形式', run: notes },
  { id: '2.04', title: '日志对树头的签名', run: logSignatures },
  { id: '2.05', title: '见证人的签名', run: cosignatures },
  { id: '2.06', title: '日志只增不改', run: growth },
  { id: '2.07', title: '各条目在日志之中', run: inclusion },
];
