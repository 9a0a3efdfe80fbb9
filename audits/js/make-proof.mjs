#!/usr/bin/env node
// Makes proofs for tests of other verifiers:
//   make-proof.mjs < options.json > proof.json    (see DEFAULTS in maker)
//   make-proof.mjs --all DIRECTORY
// The second form writes every genuine proof and a forgery for each rule,
// and expected.json: for each file the exit, the rule ('' where it holds)
// and the options its reader gives.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesOfProof, make } from './maker/make.js';
import { FORGERIES, GENUINE, forge } from './maker/tamper.js';

function writeGenuine(directory) {
  return Object.keys(GENUINE).map((name) => {
    const file = `${name}.json`;
    const { proof } = make(GENUINE[name]);
    writeFileSync(join(directory, file), bytesOfProof(proof));
    const official = name.startsWith('official');
    return {
      file, exit: 0, rule: '', options: official ? [] : ['--rehearsal'],
    };
  });
}

/** What a reader gives along, as words of the command line. */
function wordsOf(given, rule, directory) {
  const words = ['--rehearsal'];
  if (given.policy) {
    const name = `forged-${rule}.policy`;
    writeFileSync(join(directory, name), given.policy);
    words.push('--policy', name);
  }
  if (given.signature) words.push('--signature', given.signature);
  return words;
}

function writeForgeries(directory) {
  return FORGERIES.map((forgery) => {
    const { rule } = forgery;
    const name = `forged-${rule}.json`;
    const { file, given } = forge(forgery);
    writeFileSync(join(directory, name), file);
    return {
      file: name, exit: rule.startsWith('1.') ? 2 : 1, rule,
      options: wordsOf(given, rule, directory),
    };
  });
}

function main(argv) {
  if (argv.length === 2 && argv[0] === '--all') {
    mkdirSync(argv[1], { recursive: true });
    const expected = writeGenuine(argv[1]).concat(writeForgeries(argv[1]));
    writeFileSync(join(argv[1], 'expected.json'),
      `${JSON.stringify(expected, null, 1)}\n`);
    return 0;
  }
  if (argv.length > 0) {
    process.stderr.write('make-proof.mjs [--all DIRECTORY]\n');
    return 2;
  }
  const text = readFileSync(0, 'utf8');
  const { proof } = make(text.trim() === '' ? {} : JSON.parse(text));
  process.stdout.write(bytesOfProof(proof));
  return 0;
}

process.exitCode = main(process.argv.slice(2));
