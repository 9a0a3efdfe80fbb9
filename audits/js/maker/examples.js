// The examples of audits/examples/proofs, each with what was done to it.

import { EXIT } from '../verify.js';
import { bytesOfProof, make } from './make.js';
import { FORGERIES, GENUINE, forge } from './tamper.js';
import { WITNESSED } from './witnessed.js';

/** What was done to the forgery that each rule refuses. */
export const WHAT = {
  '1.01': 'a byte more than a file may have',
  '1.02': 'a second line feed at the end',
  '1.03': 'a key that section 8 does not know',
  '2.01': 'an attachment under another key than its hash',
  '2.02': 'a policy with a blank line, named so by the announcement',
  '2.03': 'text after the signatures of the last head',
  '2.04': 'the last head under the log’s signature of another head',
  '2.05': 'the last head under a witness’s cosignature of another head',
  '2.06': 'a consistency proof without its last hash',
  '2.07': 'an entry whose path lacks its last hash',
  '3.01': 'an announcement whose kind is a number',
  '3.02': 'an entry of a reserved kind in the place of the beacon',
  '3.03': 'an announcement with a key too many',
  '3.04': 'an attachment that no entry names',
  '3.05': 'a cap that is a word',
  '3.06': 'the head that shows the freeze in time is left out',
  '3.07': 'an opened row without its columns',
  '4.01': 'the first entry names another log',
  '4.02': 'the reveal does not follow the freeze',
  '4.03': 'the beacon is logged before the reveal',
  '4.04': 'the draw entry bears another draw’s number',
  '4.05': 'the announcement names another slot of the seed book',
  '4.06': 'items that the plan’s batch does not have',
  '4.07': 'the announcement names another policy',
  '4.08': 'the public beacon in a rehearsal',
  '4.09': 'the opening is due in the second of the reveal',
  '4.10': 'the announcement was cosigned after t0',
  '4.11': 'open mode although strata are internal',
  '4.12': 'a register of more firms than were listed or excluded',
  '4.13': 'a sealed stratum of five firms: guessing is easy',
  '4.14': 'a pool whose members are not ascending',
  '4.15': 'the custodian’s signature replaced by zeros',
  '4.16': 'the freeze was cosigned after t0',
  '4.17': 'the reveal was cosigned after t1',
  '4.18': 'another secret than the one promised in the seed book',
  '4.19': 'a contributor’s signature replaced by zeros',
  '4.20': 'a void “does not open” although everything opens',
  '4.21': 'the beacon of the next round, properly signed: a second try',
  '4.22': 'a beacon signature that is the generator',
  '4.23': 'one more drawn than announced',
  '4.24': 'positions that the seed does not give',
  '4.25': 'a replacement that skips the first reserve',
  '4.26': 'a direct assignment for a seat that no crew has',
  '4.27': 'annulled before the opening',
  '4.28': 'two opened firms in each other’s place',
  '4.29': 'another frame key than the frozen one',
  '4.30': 'a row under another blind than the frozen one',
  '4.31': 'an inspector recused who is in none of the pools',
  '4.32': 'a crew under another blind than when it was drawn',
  '4.33': 'an inspector with another person’s digest',
  '4.34': 'later crews that name no entry',
  '4.35': 'two posts swapped by hand before the crews were committed',
  '4.36': 'the reason of a stand-in under another salt',
  '4.37': 'a stand-in chosen by hand',
  '4.38': 'still unopened when two of three witnesses cosigned after t4',
  '4.39': 'the last head cosigned by one of three',
  '4.40': 'too few for the policy that the reader brought',
  '4.41': 'a beacon signature given early that is of another round',
};

function genuine(name) {
  const { proof } = make(GENUINE[name]);
  const asked = name.startsWith('official') ? [] : ['--rehearsal'];
  const bare = name.startsWith('official-un') ? ['--unwitnessed'] : [];
  return {
    name, exit: EXIT.holds, rule: '', what: 'holds',
    options: asked.concat(bare), file: bytesOfProof(proof), policy: '',
  };
}

/** What a reader gives along, as words of the command line. */
function wordsOf(given, name) {
  const words = ['--rehearsal'];
  if (given.policy) words.push('--policy', `${name}.policy`);
  if (given.vkey) words.push('--vkey', given.vkey);
  return given.signature ? words.concat('--signature', given.signature)
    : words;
}

const exitFor = (rule) => {
  if (rule === '') return EXIT.holds;
  return rule.startsWith('1.') ? EXIT.unusable : EXIT.refuted;
};

function made(forgery, name, what) {
  const { file, given } = forge(forgery);
  const { rule } = forgery;
  return {
    name, exit: exitFor(rule), rule, what, options: wordsOf(given, name),
    file, policy: given.policy || '',
  };
}

/** The same proof for a reader who did not ask for what it is. */
function unasked(name) {
  const one = genuine(name);
  return Object.assign(one, {
    name: `unasked-${name}`, exit: EXIT.notAskedFor, options: [],
    what: 'holds, but is not what the reader asked for',
  });
}

function tooLong() {
  return {
    name: 'forged-1.01', exit: EXIT.unusable, rule: '1.01',
    what: WHAT['1.01'], options: ['--rehearsal'],
    file: new Uint8Array(512 * 1048576 + 1).fill(0x20), policy: '',
  };
}

/** Every example: {name, exit, rule, what, options, file, policy}. */
export function* examples() {
  for (const name of Object.keys(GENUINE)) yield genuine(name);
  yield unasked('announcement');
  yield unasked('unwitnessed');
  yield tooLong();
  for (const forgery of FORGERIES) {
    const { rule } = forgery;
    yield made(forgery, `forged-${rule}`, WHAT[rule]);
  }
  for (const one of WITNESSED) yield made(one, one.name, one.what);
}
