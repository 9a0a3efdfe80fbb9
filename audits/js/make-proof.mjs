#!/usr/bin/env node
// Makes proofs for tests of other verifiers:
//   make-proof.mjs < options.json > proof.json    (see DEFAULTS in maker)
//   make-proof.mjs --all DIRECTORY
// The second form writes every example: proofs that hold, and a forgery for
// each rule; and index.json: for each file the exit, the rule ('' where it
// holds), what was done to it and the options its reader gives.  A file that
// is large is compressed, its name ends in .gz.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { examples } from './maker/examples.js';
import { bytesOfProof, make } from './maker/make.js';

const PLAIN_MAX = 65536;

/** Writes an example; its line of the index. */
function writeExample(directory, { name, file, policy, ...rest }) {
  const isLarge = file.length > PLAIN_MAX;
  const own = isLarge ? `${name}.json.gz` : `${name}.json`;
  writeFileSync(join(directory, own),
    isLarge ? gzipSync(file, { level: 9 }) : file);
  if (policy !== '') writeFileSync(join(directory, `${name}.policy`), policy);
  return JSON.stringify(Object.assign({ file: own }, rest));
}

function writeAll(directory) {
  mkdirSync(directory, { recursive: true });
  const lines = Array.from(examples(),
    (one) => writeExample(directory, one));
  writeFileSync(join(directory, 'index.json'), `[${lines.join(',\n ')}]\n`);
}

function main(argv) {
  if (argv.length === 2 && argv[0] === '--all') {
    writeAll(argv[1]);
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
