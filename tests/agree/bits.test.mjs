// One byte form: a random bit turned in every byte of a proof.  It never
// holds, and both verifiers give the same exit and rule.  FLIP_EVERY=1 turns
// one in every byte; by default in one of 200.
import assert from 'node:assert/strict';
import { register } from 'node:module';
import { after, test } from 'node:test';

register('./once.mjs', import.meta.url);
const { Peer, here, index, optionsOf, proofOf } =
  await import('./shared.mjs');
const { Chance } = await import('../../audits/js/maker/mutate.js');

const EVERY = Number(process.env.FLIP_EVERY || 200);
const PROOFS = [
  'draw', 'opening', 'open', 'freeze-late', 'contributor-missing',
  'unwitnessed', 'refreshed-by-one', 'changes-before-opening',
  'changes-after-opening', 'sealed-public', 'official-reveal', 'large-lists',
];
const ALL = new Map(index().map((one) => [one.file, one]));
const peer = new Peer();
after(() => peer.end());

for (const name of PROOFS) {
  test(`${name}: a bit turned in one of ${EVERY} bytes`, async () => {
    const example = ALL.get(`${name}.json`) ||
      ALL.get(`${name}.json.gz`);
    const proof = proofOf(example);
    const chance = new Chance(`bits ${name}`);
    const rules = new Map();
    let kept = proof;
    let count = 0;
    for (let at = chance.below(EVERY); at < proof.length; at += EVERY) {
      const bit = chance.below(8);
      const there = peer.ask(`flip ${at} ${bit}`, kept);
      kept = '';
      proof[at] ^= 1 << bit;
      const own = here(proof, { rehearsal: true });
      proof[at] ^= 1 << bit;
      assert.match(own, /^[12] \d\.\d\d$/, `byte ${at}, bit ${bit}`);
      assert.equal(await there, own, `byte ${at}, bit ${bit}`);
      rules.set(own, (rules.get(own) || 0) + 1);
      count++;
    }
    assert.ok(count > 0);
    assert.equal(here(proof, optionsOf(example.options)), '0 ');
    console.log(`${name}: ${count} of ${proof.length} bytes, refused by ${
      Array.from(rules, ([rule, n]) => `${rule.slice(2)} ${n}`).join(', ')}`);
  });
}
