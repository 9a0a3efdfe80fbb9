import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromHex } from '../bytes.js';
import { FORGERIES, GENUINE, forge } from '../maker/tamper.js';
import { bytesOfProof, make } from '../maker/make.js';
import { RULES, verify } from '../verify.js';

for (const name of Object.keys(GENUINE)) {
  test(`genuine proof: ${name}`, () => {
    const { proof } = make(GENUINE[name]);
    const result = verify(bytesOfProof(proof), { rehearsal: true });
    assert.equal(`${result.exit} ${result.rule}`, '0 ',
      result.lines.join('\n'));
  });
}

for (const forgery of FORGERIES) {
  test(`a forgery is refused by rule ${forgery.rule}`, () => {
    const { file, given } = forge(forgery);
    const signature = given.signature ? fromHex(given.signature) : null;
    const result = verify(file, {
      rehearsal: true, signature, filePolicy: given.filePolicy,
    });
    const exit = forgery.rule.startsWith('1.') ? 2 : 1;
    assert.equal(`${result.exit} ${result.rule}`, `${exit} ${forgery.rule}`,
      result.lines.slice(-2).join('\n'));
    assert.equal(result.lines[result.lines.length - 1],
      `rule ${forgery.rule}`);
  });
}

test('a file over 512 MiB is refused by rule 1.01', () => {
  const result = verify(new Uint8Array(512 * 1048576 + 1), {});
  assert.equal(`${result.exit} ${result.rule}`, '2 1.01');
});

test('rules stand in the order of their numbers, each with a forgery', () => {
  const ids = RULES.map((rule) => rule.id);
  assert.deepEqual(ids, ids.slice().sort());
  const forged = FORGERIES.map((forgery) => forgery.rule);
  assert.deepEqual(ids, ['1.01'].concat(forged));
});

test('a rehearsal and an unwitnessed log must be asked for', () => {
  const exit = (options, given) => verify(
    bytesOfProof(make(options).proof), given).exit;
  assert.equal(exit({ stage: 'freeze' }, {}), 3);
  assert.equal(exit({ stage: 'freeze' }, { unwitnessed: true }), 3);
  assert.equal(exit({ stage: 'freeze' }, { rehearsal: true }), 0);
  const bare = {
    stage: 'freeze', rehearsal: false, witnesses: { least: 0, of: 0 },
  };
  assert.equal(exit(bare, {}), 3);
  assert.equal(exit(bare, { unwitnessed: true }), 0);
  assert.equal(exit({ stage: 'freeze', rehearsal: false }, {}), 0);
});

test('in a rehearsal the first line says so', () => {
  const { proof } = make({ stage: 'freeze' });
  const held = verify(bytesOfProof(proof), { rehearsal: true });
  assert.equal(held.lines[0], '演练，不是正式抽查');
});

test('a signature given early tells the positions', () => {
  const { maker } = make({ stage: 'draw' });
  const { proof } = make({ stage: 'reveal' });
  const result = verify(bytesOfProof(proof), {
    rehearsal: true, signature: maker.signature,
  });
  assert.equal(result.exit, 0);
  assert.deepEqual(result.facts.foretold.map((one) => one.positions),
    maker.strata.map((one) => one.drawn));
  const wanted = `一组\t${maker.strata[0].drawn[0]}`;
  assert.ok(result.lines.includes(wanted));
});

test('the worked example holds', () => {
  const file = new URL('../../examples/worked/draw.proof.json',
    import.meta.url);
  const result = verify(new Uint8Array(readFileSync(file)),
    { rehearsal: true });
  assert.equal(`${result.exit} ${result.rule}`, '0 ');
});
