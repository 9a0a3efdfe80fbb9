// Policies: which log, which witnesses, and how many of them make a quorum.
// A proof's own policy has one spelling (FORMAT 2); the file a reader brings
// along is read as any tlog-policy.

import { equal, toHex } from './bytes.js';
import { LOG_TYPE, WITNESS_TYPE, parseVkey } from './vkey.js';

const NAME = /^[0-9A-Za-z._-]{1,64}$/;
const COUNT = /^[1-9][0-9]{0,8}$/;
const MAX_WITNESSES = 16;

export class BadPolicy extends Error {}

function need(condition, why) {
  if (!condition) throw new BadPolicy(why);
}

class Builder {
  constructor(form) {
    this.form = form;
    this.policy = { logs: [], witnesses: [], groups: [], quorum: null };
    this.names = new Set(['none']);
    this.keys = new Set();
  }

  key(text, type) {
    const key = parseVkey(text);
    need(key !== null && key.type === type, 'a key is not a vkey of its type');
    const bare = toHex(key.key);
    const named = `${key.name}+${toHex(key.id)}`;
    need(!this.keys.has(bare) && !this.keys.has(named), 'a key stands twice');
    this.keys.add(bare).add(named);
    return key;
  }

  name(text) {
    need(NAME.test(text) && !this.names.has(text), 'a name is not usable');
    this.names.add(text);
    return text;
  }

  log(words) {
    need(words.length >= 2 && words.length <= this.form.logWords, 'log line');
    this.policy.logs.push(this.key(words[1], LOG_TYPE));
    need(this.policy.logs.length <= this.form.maxLogs, 'too many log lines');
  }

  witness(words) {
    need(words.length >= 3 && words.length <= this.form.witnessWords,
      'witness line');
    const name = this.name(words[1]);
    const key = this.key(words[2], WITNESS_TYPE);
    this.policy.witnesses.push({ policyName: name, key });
    need(this.policy.witnesses.length <= this.form.maxWitnesses,
      'too many witnesses');
  }

  group(words) {
    need(words.length >= 4, 'group line');
    const members = words.slice(3);
    const before = this.names;
    need(members.every((m) => m !== 'none' && before.has(m)),
      'a member was not named before');
    need(new Set(members).size === members.length, 'a member stands twice');
    const all = members.length;
    const least = { any: 1, all }[words[2]] ||
      (COUNT.test(words[2]) ? Number(words[2]) : 0);
    need(least >= 1 && least <= all, 'group count');
    const name = this.name(words[1]);
    this.policy.groups.push({ name, least, members });
    need(this.policy.groups.length <= this.form.maxGroups, 'a second group');
  }

  quorum(words) {
    need(words.length === 2 && this.names.has(words[1]), 'quorum line');
    need(this.policy.quorum === null, 'a second quorum');
    this.policy.quorum = words[1];
  }
}

const ORDER = ['log', 'witness', 'group', 'quorum'];
const CANONICAL = {
  logWords: 2, witnessWords: 3, maxLogs: 1,
  maxWitnesses: MAX_WITNESSES, maxGroups: 1,
};
const ANY = {
  logWords: 3, witnessWords: 4, maxLogs: 1000,
  maxWitnesses: 1000, maxGroups: 1000,
};

function addLine(builder, words) {
  need(ORDER.indexOf(words[0]) >= 0, 'an unknown line');
  builder[words[0]](words);
}

/** The canonical policy text of a proof; throws BadPolicy. */
export function parsePolicy(text) {
  need(text.endsWith('\n'), 'no line end');
  const builder = new Builder(CANONICAL);
  let place = 0;
  for (const line of text.slice(0, -1).split('\n')) {
    const words = line.split(' ');
    const here = ORDER.indexOf(words[0]);
    need(here >= place, 'lines are not in order');
    place = here;
    addLine(builder, words);
  }
  need(builder.policy.logs.length === 1, 'no log');
  need(builder.policy.quorum !== null, 'no quorum');
  return Object.assign(builder.policy, { log: builder.policy.logs[0] });
}

/** A tlog-policy file of a reader: comments, blanks and URLs may stand. */
export function parsePolicyFile(text) {
  const builder = new Builder(ANY);
  for (const raw of text.split('\n')) {
    const line = raw.replace(/[ \t\r]+/g, ' ').trim();
    if (line !== '' && line[0] !== '#') addLine(builder, line.split(' '));
  }
  need(builder.policy.quorum !== null, 'no quorum');
  return builder.policy;
}

/** Whether the named witnesses (a Set of policy names) make the quorum. */
export function satisfied(policy, names) {
  if (policy.quorum === 'none') return true;
  const holds = (name) => {
    const group = policy.groups.find((g) => g.name === name);
    if (group === undefined) return names.has(name);
    return group.members.filter(holds).length >= group.least;
  };
  return holds(policy.quorum);
}

/**
 * Whether the cosignatures whose time passes `test` satisfy the policy.
 * Witnesses are met by their keys, so a reader's file may call them
 * by names of its own.
 */
export function quorumHolds(policy, cosignatures, test) {
  const names = new Set();
  for (const cosignature of cosignatures) {
    const key = cosignature.witness.key.key;
    const own = policy.witnesses.find((w) => equal(w.key.key, key));
    if (own !== undefined && test(cosignature.time)) names.add(own.policyName);
  }
  return satisfied(policy, names);
}

/** {n, q, f}: witnesses, least honest answer, and the trust bound. */
export function trustBound(policy) {
  const group = policy.groups.find((g) => g.name === policy.quorum);
  const n = group === undefined ? 1 : group.members.length;
  const q = group === undefined ? 1 : group.least;
  return { n, q, f: 2 * q - n - 1 };
}
