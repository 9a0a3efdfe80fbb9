// The examples: both verifiers give the exit and the rule that the index
// says, and one command makes the same files again.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { RULES } from '../../audits/js/verify.js';
import { examples } from '../../audits/js/maker/examples.js';
import {
  PROOFS, ROOT, here, index, optionsOf, outcome, proofOf,
} from './shared.mjs';

const ALL = index();
const VERIFIERS = [
  [`${ROOT}build/verify-static`], [`${ROOT}build/yaohao`, 'verify'],
];

/** What a program says of a proof given on its standard input. */
function program([name, ...words], bytes, options) {
  const done = spawnSync(name, words.concat('-', options),
    { input: bytes, cwd: PROOFS, encoding: 'utf8' });
  return outcome(done);
}

for (const example of ALL) {
  const { exit, rule, options, what } = example;
  test(`${example.file}: ${what}`, () => {
    const bytes = proofOf(example);
    assert.equal(here(bytes, optionsOf(options)), `${exit} ${rule}`);
    for (const words of VERIFIERS) {
      assert.equal(program(words, bytes, options), `${exit} ${rule}`,
        words[0]);
    }
  });
}

test('the command in JavaScript gives one of each exit', () => {
  const words = (example) => [`${ROOT}audits/js/verify.mjs`, example.file]
    .concat(example.options);
  for (const exit of [0, 1, 2, 3]) {
    const example = ALL.find((one) => one.exit === exit &&
      !one.file.endsWith('.gz'));
    const done = spawnSync(process.execPath, words(example),
      { cwd: PROOFS, encoding: 'utf8' });
    assert.equal(outcome(done), `${exit} ${example.rule}`);
  }
});

test('every rule refuses an example, forty and more in all', () => {
  const rules = new Set(ALL.map((one) => one.rule));
  for (const { id } of RULES) assert.ok(rules.has(id), id);
  assert.ok(ALL.filter((one) => one.exit !== 0).length >= 40);
});

test('make-proof.mjs --all makes these files and no others', () => {
  const files = new Map(ALL.map((one) => [
    one.file.replace(/\.json(\.gz)?$/, ''), one]));
  for (const { name, file, policy, ...rest } of examples()) {
    const example = files.get(name);
    assert.ok(example, name);
    files.delete(name);
    assert.ok(Buffer.from(file).equals(proofOf(example)), name);
    assert.deepEqual(Object.assign({ file: example.file }, rest), example);
    assert.equal(existsSync(`${PROOFS}${name}.policy`), policy !== '');
    if (policy !== '') {
      assert.equal(readFileSync(`${PROOFS}${name}.policy`, 'utf8'), policy);
    }
  }
  assert.equal(files.size, 0);
});
