#!/usr/bin/env node
// Sets another verifier beside this one:
//   agree.mjs VERIFIER [COUNT [FIRST]]
// runs VERIFIER FILE OPTIONS… on every genuine proof, every forgery and
// COUNT random changes of proofs, and names each file on which the exit or
// the rule differs.  Exit 0: they agree on all.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesOfProof, make } from './maker/make.js';
import { Chance, mutate } from './maker/mutate.js';
import { FORGERIES, GENUINE, forge } from './maker/tamper.js';
import { verify } from './verify.js';
import { fromHex } from './bytes.js';

/** Some head is cosigned at another time, or by fewer. */
function headsOf(chance) {
  return (heads, maker) => {
    const head = heads[chance.of(Object.keys(heads))];
    const { t0, t1, t4 } = maker;
    head.time = chance.of([t0, t1, t4, head.time]) + chance.below(3) - 1;
    if (chance.below(3) === 0) head.only = chance.below(4);
  };
}

/** An edit that changes one entry of a kind, the same each time. */
function editOf(kind, number, before) {
  return (found, entry, maker) => {
    if (before) before(found, entry, maker);
    if (found !== kind) return;
    const other = mutate(entry, new Chance(`entry ${number}`), 'custody');
    if (other === null || typeof other !== 'object') return;
    for (const key of Object.keys(entry)) {
      if (!(key in other)) delete entry[key];
    }
    Object.assign(entry, other);
  };
}

/** What may be changed in a genuine proof: its entries, heads, the rest. */
function placesOf(name) {
  const kinds = new Set();
  const before = GENUINE[name].edit;
  make(Object.assign({}, GENUINE[name], {
    edit: (kind, entry, maker) => {
      kinds.add(kind);
      if (before) before(kind, entry, maker);
    },
  }));
  // The opening holds most of the format.
  const more = kinds.has('opening') ? ['opening', 'opening'] : [];
  return Array.from(kinds).concat(more, ['proof', 'heads']);
}

const PLACES = new Map();

function mutant(number) {
  const chance = new Chance(number);
  const name = chance.of(Object.keys(GENUINE).filter(
    (one) => one !== 'large-lists'));
  if (!PLACES.has(name)) PLACES.set(name, placesOf(name));
  const kind = chance.of(PLACES.get(name));
  const options = Object.assign({}, GENUINE[name]);
  if (kind === 'heads') options.heads = headsOf(chance);
  else options.edit = editOf(kind, number, options.edit);
  const { proof } = make(options);
  const given = kind === 'proof' ? mutate(proof, chance) : proof;
  return { name: `${number} ${name} ${kind}`, file: bytesOfProof(given) };
}

class Comparison {
  constructor(program) {
    this.program = program;
    this.directory = mkdtempSync(join(tmpdir(), 'agree-'));
    this.counts = { same: 0, different: 0, notMade: 0 };
    this.rules = new Map();
  }

  other(file, words) {
    const path = join(this.directory, 'proof.json');
    writeFileSync(path, file);
    const run = spawnSync(this.program, [path].concat(words),
      { encoding: 'utf8' });
    const rule = /^rule (\S+)$/m.exec(run.stdout + run.stderr);
    return `${run.status} ${rule === null ? '' : rule[1]}`;
  }

  words(given) {
    const words = ['--rehearsal'];
    if (given.policy) {
      const path = join(this.directory, 'policy');
      writeFileSync(path, given.policy);
      words.push('--policy', path);
    }
    return given.signature ? words.concat('--signature', given.signature)
      : words;
  }

  compare({ name, file, given }) {
    const reader = given || {};
    const signature = reader.signature ? fromHex(reader.signature) : null;
    const own = verify(file, {
      rehearsal: true, filePolicy: reader.filePolicy, signature,
    });
    const here = `${own.exit} ${own.rule}`;
    const there = this.other(file, this.words(reader));
    this.rules.set(own.rule, (this.rules.get(own.rule) || 0) + 1);
    this.counts[here === there ? 'same' : 'different']++;
    if (here === there) return;
    const last = own.checks[own.checks.length - 1];
    console.log(`${name}: here ${here}, there ${there} (${last.why})`);
  }

  run(count, first) {
    for (const name of Object.keys(GENUINE)) {
      const { proof } = make(GENUINE[name]);
      this.compare({ name, file: bytesOfProof(proof) });
    }
    for (const forgery of FORGERIES) {
      this.compare(Object.assign({ name: `forged ${forgery.rule}` },
        forge(forgery)));
    }
    for (let n = first; n < first + count; n++) {
      let made = null;
      // A change may take from the maker what it needs for the rest.
      try { made = mutant(n); } catch (error) { this.counts.notMade++; }
      if (made !== null) this.compare(made);
    }
    rmSync(this.directory, { recursive: true });
  }
}

function main(argv) {
  if (argv.length < 1 || argv.length > 3) {
    process.stderr.write('agree.mjs VERIFIER [COUNT [FIRST]]\n');
    return 2;
  }
  const comparison = new Comparison(argv[0]);
  comparison.run(Number(argv[1] || 0), Number(argv[2] || 0));
  const { same, different, notMade } = comparison.counts;
  const rules = Array.from(comparison.rules.keys()).filter((r) => r !== '');
  console.log(`${same} the same, ${different} different, ${notMade} not ` +
    `made; ${rules.length} rules refused something`);
  return different === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
