// Proofs about witnesses: what they saw when, and which of them are enough.
// Each {name, rule, what, …} as in tamper.js; rule is '' where it holds.

import { concat, toBase64, utf8 } from '../bytes.js';
import { cosignedMessage } from '../note.js';
import { TestLog, keyPair } from './log.js';

const policy = (least, of) => ({ witnesses: { least, of: of || 3 } });
const FREEZE = { stage: 'freeze' };
const VOID = { stage: 'announcement', void: 'freeze-late' };

/** Changes heads: `change` answers what to set in each, by name. */
const heads = (change) => (all, maker) => {
  const changes = change(maker, all);
  for (const name of Object.keys(changes)) {
    if (name in all) Object.assign(all[name], changes[name]);
  }
};

/** Every head cosigned by these witnesses only: [true, false, true]. */
const signers = (which) => (all) => {
  for (const name of Object.keys(all)) {
    all[name].times = which.map((does) => (does ? all[name].time : null));
  }
};

const late = (times) => Object.assign({
  late: (maker) => ({ times: times(maker.t0) }),
}, VOID);

/** Changes the lines of one head's note: 0 … 2 the text, 4 the log's. */
const lines = (name, change) => (proof) => {
  const all = proof.heads[name].note.split('\n');
  change(all);
  proof.heads[name].note = all.join('\n');
};

const checkpointOf = (all) => `${all.slice(0, 3).join('\n')}\n`;

/** The witness's line as somebody else would write it: his key, its id. */
function signedByAnother(all) {
  const own = keyPair('witness.test/w1', 4);
  const other = keyPair('somebody else', 4);
  const time = 1800000021;
  const message = cosignedMessage(time, checkpointOf(all));
  const stamp = new Uint8Array(8);
  new DataView(stamp.buffer).setUint32(4, time);
  all[5] = `\u2014 ${own.name} ${toBase64(
    concat(own.id, stamp, other.sign(message)))}`;
}

/** The second witness's time set back by a day, its signature as it was. */
function backdated(all) {
  const [dash, name, base64] = all[6].split(' ');
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  view.setUint32(8, view.getUint32(8) - 86400);
  all[6] = [dash, name, toBase64(bytes)].join(' ');
}

/** A time above what a cosignature may have. */
function beyondTime(all) {
  const [dash, name, base64] = all[5].split(' ');
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  bytes[4] = 128;
  all[5] = [dash, name, toBase64(bytes)].join(' ');
}

function stranger(all) {
  const key = keyPair('stranger.test', 4);
  const message = utf8(checkpointOf(all));
  all.splice(-1, 0, `\u2014 ${key.name} ${toBase64(
    concat(key.id, new Uint8Array(8), key.sign(message)))}`);
}

/** A reader's policy: the same log, `least` of the first `of` witnesses. */
const readerPolicy = (least, of) => (maker) => ({
  policy: new TestLog(maker.log.log.name, { least, of }).policyText(least),
});

const QUORUMS = [
  {
    name: 'quorum-any-one-signs', rule: '',
    what: 'any of three witnesses; only the third ever cosigns',
    options: policy('any'), heads: signers([false, false, true]),
  },
  {
    name: 'quorum-all', rule: '',
    what: 'all of three witnesses cosign every head', options: policy('all'),
  },
  {
    name: 'quorum-all-one-silent', rule: '4.10',
    what: 'all of three witnesses are demanded; one never cosigns',
    options: policy('all'), heads: signers([true, true, false]),
  },
  {
    name: 'quorum-of-one-named', rule: '',
    what: 'the quorum is one witness by name; he alone cosigns',
    options: policy('w2'), heads: signers([false, true, false]),
  },
  {
    name: 'quorum-of-one-named-others-sign', rule: '4.10',
    what: 'the quorum is one witness by name; the two others cosign',
    options: policy('w2'), heads: signers([true, false, true]),
  },
  {
    name: 'quorum-two-of-three-one-silent', rule: '',
    what: 'two of three witnesses; one never cosigns',
    heads: signers([true, false, true]),
  },
  {
    name: 'quorum-three-of-four', rule: '',
    what: 'three of four witnesses, as recommended; one never cosigns',
    options: policy(3, 4), heads: signers([true, false, true, true]),
  },
  {
    name: 'quorum-none-lead', rule: '4.10',
    what: 'no witnesses: the announcement says a time after the freeze',
    options: Object.assign({ stage: 'announcement' }, policy(0, 0)),
    edit: (kind, entry, maker) => {
      if (kind !== 'announcement') return;
      entry.time = maker.t0 + 1;
    },
  },
  {
    name: 'reader-demands-more', rule: '4.40',
    what: 'a reader whose own policy demands three of three',
    heads: signers([true, true, false]), verify: readerPolicy(3, 3),
  },
  {
    name: 'reader-knows-one-witness', rule: '',
    what: 'a reader whose own policy knows one of the witnesses',
    verify: readerPolicy('any', 1),
  },
  {
    name: 'reader-has-another-log-key', rule: '2.02',
    what: 'a whole proof under a key of the attacker: the reader has another',
    verify: (maker) => ({
      vkey: keyPair(maker.log.log.name, 1, 'the true log').vkey,
    }),
  },
];

const TIMES = [
  {
    name: 'refreshed-by-one', rule: '',
    what: 'one witness cosigned the freeze again after t0: two are enough',
    heads: heads(({ t0 }, all) => ({
      frozen: { times: [all.frozen.time, all.frozen.time, t0 + 500] },
    })),
  },
  {
    name: 'refreshed-by-two', rule: '4.16',
    what: 'two of three witnesses cosigned the freeze only after t0',
    options: FREEZE,
    heads: heads(({ t0 }, all) => ({
      frozen: { times: [all.frozen.time, t0 + 1, t0 + 500] },
    })),
  },
  {
    name: 'frozen-at-t0', rule: '',
    what: 'the freeze was cosigned in the very second t0', options: FREEZE,
    heads: heads(({ t0 }) => ({ frozen: { time: t0 } })),
  },
  {
    name: 'revealed-by-one', rule: '4.17',
    what: 'the reveal was cosigned in time by one witness of three',
    heads: heads(({ t1 }, all) => ({
      revealed: { times: [all.revealed.time, t1 + 1, null] },
    })),
  },
  {
    name: 'announced-late-by-all-of-all', rule: '4.10',
    what: 'all are demanded; one cosigned the announcement after t0',
    options: policy('all'),
    heads: heads(({ t0 }, all) => ({
      announced: { times: [all.announced.time, all.announced.time, t0 + 1] },
    })),
  },
  {
    name: 'final-refreshed-by-one', rule: '',
    what: 'unopened; one witness alone cosigned after t4, which proves no time',
    options: { stage: 'draw' },
    heads: heads(({ t4 }, all) => ({
      final: { times: [all.final.time, t4 + 5, all.final.time] },
    })),
  },
  {
    name: 'final-refreshed-by-two', rule: '4.38',
    what: 'unopened; two witnesses of three cosigned after t4',
    options: { stage: 'draw' },
    heads: heads(({ t4 }, all) => ({
      final: { times: [all.final.time, t4 + 5, t4 + 1] },
    })),
  },
  {
    name: 'final-is-an-earlier-head', rule: '',
    what: 'the last head has the size of `revealed`, cosigned again later',
    options: { stage: 'reveal' },
    heads: heads((maker, all) => ({
      final: { size: all.revealed.size, time: all.revealed.time + 50 },
    })),
  },
  {
    name: 'time-set-back', rule: '2.05',
    what: 'the time of a cosignature set back, its signature as it was',
    patch: lines('frozen', backdated),
  },
];

const LATE = [
  {
    name: 'late-by-a-second', rule: '',
    what: 'void: two of three witnesses saw no freeze one second after t0',
    options: late((t0) => [t0 - 1, t0 + 1, t0 + 1]),
  },
  {
    name: 'late-by-one-only', rule: '4.20',
    what: 'void: only one of three witnesses saw no freeze after t0',
    options: late((t0) => [t0 - 1, t0 + 1, t0]),
  },
  {
    name: 'late-in-the-second', rule: '4.20',
    what: 'void: the head that should prove lateness is of the second t0',
    options: late((t0) => [t0, t0, t0]),
  },
];

const VIEWS = [
  {
    name: 'split-view-frozen', rule: '2.06',
    what: 'witnesses saw another freeze than the one in the log at the end',
    options: FREEZE, heads: heads(() => ({ frozen: { fork: true } })),
  },
  {
    name: 'split-view-final', rule: '2.06',
    what: 'the last head is of another history of the same length',
    options: { stage: 'reveal' },
    heads: heads((maker, all) => ({
      final: { fork: true, size: all.revealed.size },
    })),
  },
  {
    name: 'split-view-grown', rule: '2.07',
    what: 'the last head continues the log, but not with these entries',
    options: { stage: 'reveal' },
    patch: (proof) => {
      const last = proof.entries[proof.entries.length - 1];
      last.text = last.text.replace('"secret":"', '"secret":"0').replace(
        /.("\s*,"time":)/, '$1');
    },
  },
  {
    name: 'log-shrinks', rule: '2.06',
    what: 'the last head is smaller than the one before it',
    options: { stage: 'reveal' },
    heads: heads((maker, all) => ({
      final: { size: all.revealed.size - 1 },
    })),
  },
  {
    name: 'signed-for-a-witness', rule: '2.05',
    what: 'the attacker signs under the name and key id of a witness',
    patch: lines('frozen', signedByAnother),
  },
  {
    name: 'a-stranger-cosigns', rule: '2.03',
    what: 'a cosignature of nobody that the policy names',
    patch: lines('final', stranger),
  },
  {
    name: 'a-time-beyond-all', rule: '2.03',
    what: 'a cosignature at a time of 2^63 seconds and more',
    patch: lines('final', beyondTime),
  },
  {
    name: 'a-witness-twice', rule: '2.03',
    what: 'the same cosignature counted twice',
    patch: lines('final', (all) => all.splice(6, 0, all[5])),
  },
  {
    name: 'witnesses-out-of-order', rule: '2.03',
    what: 'cosignatures in another order than the policy\u2019s',
    patch: lines('final', (all) => all.splice(5, 2, all[6], all[5])),
  },
];

export const WITNESSED = [].concat(QUORUMS, TIMES, LATE, VIEWS);
