// Rules that matter: with the one check left out, and nothing else changed,
// the forgery passes.  Only the test can leave a rule out: here by wrapping
// the rule's function, in C by a loop of its own over the table (peer.c).
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Refused } from '../../audits/js/rules/need.js';
import { RULES } from '../../audits/js/verify.js';
import { Peer, here, index, optionsOf, proofOf } from './shared.mjs';

const IN_BOTH = [
  '2.04', '2.06', '3.04', '4.01', '4.02', '4.03', '4.04', '4.07', '4.09',
  '4.10', '4.11', '4.13', '4.15', '4.16', '4.17', '4.19', '4.20', '4.23',
  '4.26', '4.27', '4.30', '4.31', '4.32', '4.33', '4.34', '4.35', '4.36',
  '4.37', '4.38', '4.39',
].map((rule) => `forged-${rule}.json`).concat([
  'split-view-frozen.json', 'refreshed-by-two.json', 'revealed-by-one.json',
  'late-by-one-only.json', 'late-in-the-second.json',
  'final-refreshed-by-two.json', 'announced-late-by-all-of-all.json',
]);

const ALL = new Map(index().map((one) => [one.file, one]));
const peer = new Peer();
after(() => peer.end());

/** `exit rule` where the refusal of one rule is not heeded. */
function hereWithout(id, bytes, options) {
  const rule = RULES.find((one) => one.id === id);
  const { run } = rule;
  rule.run = function* without(ctx) {
    try {
      const work = run(ctx);
      if (work !== undefined) yield* work;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  };
  try {
    return here(bytes, options);
  } finally {
    rule.run = run;
  }
}

for (const file of IN_BOTH) {
  const example = ALL.get(file);
  test(`${file} passes where ${example.rule} is left out`, async () => {
    const bytes = proofOf(example);
    const options = optionsOf(example.options);
    assert.equal(here(bytes, options), `1 ${example.rule}`);
    assert.equal(await peer.ask('verify', bytes), `1 ${example.rule}`);
    assert.equal(hereWithout(example.rule, bytes, options), '0 ');
    assert.equal(await peer.ask(`without ${example.rule}`, bytes), '0 ');
  });
}
