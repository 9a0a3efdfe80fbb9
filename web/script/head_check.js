// The log as this device saw it before, against the log as it is now.

import { recall, remember } from './memory.js';
import { button, make, verdict, whom } from './dom.js';
import { addressOf, isOnDisk } from './site.js';

const LOUD = {
  smaller: '日志变短了：这台设备以前见过更长的日志',
  split: '同样长短的日志，内容却变了：给您看的和以前的不是同一份',
  fork: '日志不是从以前那一份长出来的：以前的条目被改过',
  unproved: '服务器拿不出证明，说明日志是从以前那一份长出来的',
  unsigned: '服务器给出的日志头没有这份日志的有效签名',
  key: '日志的公钥换了：这台设备以前见过的是另一把',
};

const MILD = {
  first: '这台设备第一次见到这份日志，已记住它现在的样子；下次来会对照。',
  same: '日志与这台设备以前见过的完全相同。',
  grown: '日志是从这台设备以前见过的那一份长出来的，以前的条目一个字也没有改。',
};

async function textOf(address) {
  const reply = await fetch(address, { cache: 'no-store' });
  if (!reply.ok) throw new Error(`${address} ${reply.status}`);
  return reply.text();
}

/**
 * Compares the log's checkpoint with what was remembered and with the final
 * head of the proof just verified, and remembers it where it may.  {finding,
 * old, size, root, note}; finding `absent`: there was nothing to compare.
 */
export async function checkHead(verifier, facts) {
  if (isOnDisk) return { finding: 'absent' };
  const address = addressOf('/log/checkpoint');
  const old = recall(facts.origin);
  if (old !== null && old.vkey !== facts.vkey) {
    return { finding: 'key', old, size: facts.head.size,
      root: facts.head.root, note: facts.vkey };
  }
  let note;
  try {
    note = await textOf(address);
  } catch (error) {
    return { finding: 'absent', old };
  }
  const olds = old === null ? [facts.head] : [old, facts.head];
  const answer = await verifier.ask({ what: 'head', note, olds,
    vkey: facts.vkey, base: new URL('.', address).href });
  const { size, root } = answer;
  const found = Object.assign({ note }, answer);
  if (LOUD[found.finding]) return found;
  remember(facts.origin, { size, root, vkey: facts.vkey,
    time: Math.floor(Date.now() / 1000) });
  if (old === null) found.finding = 'first';
  return found;
}

function evidenceOf(found) {
  const old = found.old || {};
  return JSON.stringify({ finding: found.finding, remembered: old,
    shown: { size: found.size, root: found.root, note: found.note } },
  null, 1);
}

function showHead(found) {
  if (found.finding === 'absent') {
    return make('p', { 'data-head': 'absent' }, isOnDisk
      ? '从磁盘打开的副本，不与这台设备以前见过的日志对照。'
      : '没有连上日志，没有与以前见过的对照。');
  }
  if (!LOUD[found.finding]) {
    return make('p', { 'data-head': found.finding },
      `${MILD[found.finding]}（${found.size} 条）`);
  }
  const text = evidenceOf(found);
  const box = make('textarea', { readonly: '', rows: '6',
    'aria-label': '两份日志头，作为凭据' });
  box.value = text;
  const shout = verdict('bad', `${LOUD[found.finding]}。`,
    `这不应当发生。${whom()}，并保存下面的凭据。`);
  shout.setAttribute('role', 'alert');
  shout.setAttribute('data-head', found.finding);
  return make('div', {}, shout, box, button('选中凭据以便复制', () => {
    box.focus();
    box.select();
  }));
}

/** Puts a comparison into what is shown: a fork before all else. */
export function placeHead(result, found) {
  result.insertBefore(showHead(found),
    LOUD[found.finding] ? result.firstChild : null);
}
