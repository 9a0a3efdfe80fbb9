// Whole logs: some that an audit passes, and bad ones, each made and signed
// as if it were true, so that the rule in question finds it.
//
// edit changes an entry, or adds others, before it is logged; heads changes
// when and by whom a head is cosigned; then goes on with the log; patch
// changes a finished file.  rule is '' where the log passes.

import { toHex } from '../bytes.js';
import { hashOfText } from '../hash.js';
import { addFiles, addHeads, addLog } from './folder.js';
import { keyPair } from './log.js';
import { run } from './make.js';
import { WITNESS_TYPE } from '../vkey.js';

const ZEROS = '0'.repeat(64);
const FIRST = { number: 1, slot: 0, contributors: 0, custodian: false };
const LATE = { stage: 'announcement', void: 'freeze-late' };

const on = (kind, change) => (found, entry, maker) => {
  if (found === kind) change(entry, maker);
};
const set = (kind, keys) => on(kind, (entry) => Object.assign(entry, keys));
/** Logs the entry of this name once more, before one of `kind`. */
const again = (kind, name) => on(kind, (entry, maker) => {
  maker.log.add(maker[name].entry);
});
const heads = (name, change) => (all, maker) => {
  if (name in all) Object.assign(all[name], change(maker, all[name]));
};
const onlyFirst = (all) => {
  for (const name of Object.keys(all)) all[name].only = 1;
};
/** One byte of the file at the first such path is changed. */
const spoil = (start) => (files) => {
  const path = Array.from(files.keys()).find((one) => one.startsWith(start));
  const bytes = Uint8Array.from(files.get(path));
  bytes[bytes.length - 4] ^= 1;
  files.set(path, bytes);
};

/** A second draw in the same log. */
const second = (options) => (maker, files) => {
  maker.log.head('done', maker.now + 1);
  addHeads(files, maker.log);
  return run(Object.assign({}, FIRST, {
    number: 2, slot: 1, batch: '2027-02',
  }, options(maker, files)), maker);
};

/** From now on two other witnesses, both of them. */
function otherWitnesses(maker, files) {
  const { log } = maker;
  addFiles(files, maker);
  log.witnesses = ['a', 'b'].map(
    (name) => keyPair(`other.test/${name}`, WITNESS_TYPE));
  log.policy = log.policyText('all');
  return {};
}

const BATCHES = { batches: ['2027-01', '2027-02'] };

const GOOD = [
  {
    name: 'whole', what: 'a draw from announcement to opening',
  },
  {
    name: 'announced', what: 'announced, nothing is due',
    options: { stage: 'announcement' },
  },
  {
    name: 'void', what: 'void: the freeze was late, as witnesses saw',
    options: LATE,
  },
  {
    name: 'void-and-again',
    what: 'void, then the same batch announced again, naming the void',
    options: LATE,
    then: second((maker) => ({
      batch: '2027-01', ending: toHex(maker.last.hash), stage: 'freeze',
    })),
  },
  {
    name: 'annulled', what: 'annulled after the opening',
    options: { annul: true },
  },
  {
    name: 'one-witness-silent', what: 'two of three witnesses are enough',
    heads: (all) => {
      for (const name of Object.keys(all)) all[name].only = 2;
    },
  },
  {
    name: 'two-policies',
    what: 'the second draw has witnesses of its own, and so its own policy',
    options: BATCHES, then: second(otherWitnesses),
  },
  {
    name: 'unknown-kind', what: 'an entry of a kind that nobody knows',
    then: (maker) => {
      maker.log.add({ draw: 0, kind: 'x', prev: ZEROS, time: maker.now });
      return maker;
    },
  },
];

const FORM = [
  {
    name: 'checkpoint-altered', rule: '5.01',
    what: 'one byte of the checkpoint’s last signature',
    patch: spoil('checkpoint'),
  },
  {
    name: 'head-altered', rule: '5.01',
    what: 'one byte of a witness’s signature on a head',
    patch: spoil('heads/'),
  },
  {
    name: 'policy-missing', rule: '5.01', what: 'the policy is not served',
    patch: (files, maker) => {
      files.delete(`files/${toHex(hashOfText(maker.log.policy))}`);
    },
  },
  {
    name: 'entry-altered', rule: '5.02', what: 'one byte of an entry',
    patch: spoil('tile/entries/'),
  },
  {
    name: 'tile-altered', rule: '5.02', what: 'one byte of a tile',
    patch: spoil('tile/0/'),
  },
  {
    name: 'split-view', rule: '5.02',
    what: 'witnesses saw another freeze than the one in the log',
    heads: heads('frozen', () => ({ fork: true })),
  },
  {
    name: 'key-too-many', rule: '5.03', what: 'a draw with a key too many',
    edit: set('draw', { zeal: 1 }),
  },
  {
    name: 'second-log', rule: '5.04', what: 'a second entry 0',
    edit: on('announcement', (entry, maker) => {
      maker.log.add(maker.log.logged[0].entry);
    }),
  },
  {
    name: 'time-runs-back', rule: '5.05', what: 'the beacon before the reveal',
    edit: on('beacon', (v) => { v.time -= 1000; }),
  },
  {
    name: 'gap-in-numbers', rule: '5.06', what: 'the first draw is number 2',
    options: { number: 2 },
  },
  {
    name: 'file-missing', rule: '5.15', what: 'the seed book is not served',
    patch: (files, maker) => {
      files.delete(`files/${toHex(hashOfText(maker.bookList()))}`);
    },
  },
  {
    name: 'book-of-another-root', rule: '5.20',
    what: 'a seed book whose list does not give its root',
    edit: set('seed-book', { root: ZEROS }),
  },
];

const DRAWS = [
  {
    name: 'second-announcement', rule: '5.07', what: 'a second A of the draw',
    edit: again('freeze', 'A'),
  },
  {
    name: 'second-freeze', rule: '5.07', what: 'a second F of the draw',
    edit: again('reveal', 'F'),
  },
  {
    name: 'second-reveal', rule: '5.07', what: 'a second V of the draw',
    edit: again('beacon', 'V'),
  },
  {
    name: 'second-beacon', rule: '5.07', what: 'a second B of the draw',
    edit: again('draw', 'B'),
  },
  {
    name: 'second-draw', rule: '5.07', what: 'a second D of the draw',
    edit: on('opening', (entry, maker) => {
      maker.log.add(maker.last.entry);
    }),
  },
  {
    name: 'slot-spent', rule: '5.08', what: 'a slot of the seed book twice',
    options: BATCHES, then: second(() => ({ slot: 0, stage: 'freeze' })),
  },
  {
    name: 'batch-again', rule: '5.09',
    what: 'a batch that was drawn is announced again, naming no ending',
    then: second(() => ({ batch: '2027-01', stage: 'freeze' })),
  },
  {
    name: 'ending-spent', rule: '5.09',
    what: 'one ending allows two further announcements',
    options: Object.assign({}, LATE, BATCHES),
    then: (maker, files) => {
      const ending = { ending: toHex(maker.last.hash), batch: '2027-01' };
      const next = second(() => Object.assign({ stage: 'freeze' }, ending))(
        maker, files);
      addHeads(files, maker.log);
      return run(Object.assign({}, FIRST, ending,
        { number: 3, slot: 2, stage: 'freeze' }), next);
    },
  },
  {
    name: 'void-unfounded', rule: '5.10',
    what: 'void for a reveal that opens: the result did not please',
    options: { stage: 'reveal', void: 'does-not-open' },
  },
  {
    name: 'void-without-head', rule: '5.10',
    what: 'void for lateness that no witness saw',
    options: LATE, edit: set('void', { head: '' }),
  },
  {
    name: 'void-head-too-early', rule: '5.10',
    what: 'void: the witnesses’ head is of a time before t0',
    options: Object.assign({ late: (maker) => ({ time: maker.t0 }) }, LATE),
  },
  {
    name: 'freeze-late', rule: '5.11',
    what: 'two of three witnesses saw the freeze after t0 only, no void',
    options: { stage: 'freeze' },
    heads: (all, { t0 }) => {
      if ('frozen' in all) {
        all.frozen.times = [all.frozen.time, t0 + 1, t0 + 500];
      }
    },
    final: ({ t1 }) => t1,
  },
  {
    name: 'freeze-late-under-its-own-policy', rule: '5.11',
    what: 'the second draw’s own witnesses saw its freeze after t0 only',
    options: BATCHES,
    then: second((maker, files) => Object.assign(
      otherWitnesses(maker, files), { stage: 'freeze' })),
    heads: (all, { t0, options }) => {
      if (options.number === 2) all.frozen.times = [t0 - 1, t0 + 1];
    },
    final: ({ t1 }) => t1,
  },
  {
    name: 'failed', rule: '5.12', what: 'no freeze by t0, and no void',
    options: { stage: 'announcement' }, final: ({ t0 }) => t0 + 1,
  },
  {
    name: 'failed-at-reveal', rule: '5.12', what: 'no reveal, and no void',
    options: { stage: 'freeze' }, final: ({ t1 }) => t1 + 1,
  },
  {
    name: 'unopened', rule: '5.13', what: 'not opened by t4',
    options: { stage: 'draw' }, final: ({ t4 }) => t4 + 1,
  },
  {
    name: 'annulled-too-early', rule: '5.14', what: 'annulled while sealed',
    options: { stage: 'draw', annul: true },
  },
  {
    name: 'positions-chosen', rule: '5.16', within: '4.24',
    what: 'positions that the seed does not give',
    edit: on('draw', (v) => { v.strata[0].positions = ZEROS; }),
  },
  {
    name: 'witnesses-missing', rule: '5.16', within: '4.10',
    what: 'one of three witnesses ever cosigned',
    heads: onlyFirst, final: () => null,
  },
  {
    name: 'contributors-left-out', rule: '5.16', within: '4.19',
    what: 'a reveal without the contributors’ numbers, and no void',
    options: { contributors: 1 }, edit: set('reveal', { contributions: [] }),
  },
];

export const LOGS = [].concat(GOOD, FORM, DRAWS);

/** The folder of a log: path -> bytes. */
export function folderOf({ options, edit, heads: change, then, final, patch }) {
  const files = new Map();
  const hooks = edit ? { edit } : {};
  let maker = run(Object.assign({}, FIRST, hooks, options));
  if (change) change(maker.log.heads, maker);
  if (then) {
    maker = then(maker, files);
    if (change) change(maker.log.heads, maker);
  }
  const time = final ? final(maker) : null;
  addHeads(files, maker.log);
  addFiles(files, maker);
  const last = { size: maker.log.leaves.length, time: time || maker.now + 10 };
  if (change === onlyFirst) last.only = 1;
  addLog(files, maker.log, last);
  if (patch) patch(files, maker);
  return files;
}

/**
 * A log of `count` entries without witnesses: a whole draw, and behind it
 * one that is announced and void again and again, each naming the last.
 */
export function largeLog(count) {
  const options = Object.assign({}, FIRST, BATCHES, {
    witnesses: { least: 0, of: 0 }, slots: Math.max(5, count >> 1),
  });
  const files = new Map();
  let maker = run(options);
  const { log } = maker;
  addHeads(files, log);
  let ending = ZEROS;
  for (let n = 2; log.leaves.length + 2 <= count; n++) {
    maker = run(Object.assign({}, options, LATE, {
      number: n, slot: n - 1, batch: '2027-02', ending,
    }), maker);
    ending = toHex(maker.last.hash);
  }
  addFiles(files, maker);
  addLog(files, log, { size: log.leaves.length, time: maker.now });
  return files;
}
