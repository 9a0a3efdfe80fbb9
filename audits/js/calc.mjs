#!/usr/bin/env node
// Single computations of the format, for cross-checking other programs:
//   calc.mjs pick --seed HEX64 --count N --take K
//   calc.mjs team --seed HEX64 < problem.json
//   calc.mjs drand --chain quicknet --round R --signature HEX
// With --batch problems stand on stdin, one JSON object a line, options as
// members; the answers come one JSON value a line.

import { readFileSync } from 'node:fs';
import { verifyBeacon, QUICKNET } from './beacon.js';
import { fromHex } from './bytes.js';
import { pick } from './pick.js';
import { assign } from './team.js';

class Usage extends Error {}

function need(condition, why) {
  if (!condition) throw new Usage(why);
}

function seedOf(text) {
  const seed = fromHex(String(text));
  need(seed !== null && seed.length === 32, 'seed: 64 hexadecimal digits');
  return seed;
}

function wholeOf(text, name) {
  const value = Number(text);
  const good = /^(0|[1-9][0-9]*)$/.test(String(text)) &&
    Number.isSafeInteger(value);
  need(good, `${name}: a whole number`);
  return value;
}

function runPick(problem) {
  const count = wholeOf(problem.count, 'count');
  const take = wholeOf(problem.take, 'take');
  need(take <= count, 'take is more than count');
  return pick(seedOf(problem.seed), count, take);
}

function runTeam(problem) {
  const { posts, pools, caps, recused } = problem;
  const lists = [posts, pools, caps, recused];
  need(lists.every(Array.isArray), 'posts, pools, caps, recused');
  need(posts.every((post) => Array.isArray(pools[post[1]])), 'pool of a post');
  const known = (i) => Number.isInteger(i) && i >= 0 && i < caps.length;
  need(pools.every((pool) => pool.every(known)), 'member of a pool');
  return assign(problem, seedOf(problem.seed));
}

function runDrand(problem) {
  need(problem.chain === 'quicknet', 'chain: quicknet');
  const round = wholeOf(problem.round, 'round');
  need(round >= 1, 'round: from 1');
  const signature = fromHex(String(problem.signature));
  need(signature !== null, 'signature: hexadecimal digits');
  return verifyBeacon(QUICKNET, round, signature);
}

const COMMANDS = {
  pick: {
    options: ['seed', 'count', 'take'],
    run: runPick,
    show: (positions) => positions.map((p) => `${p}\n`).join(''),
    exit: () => 0,
  },
  team: {
    options: ['seed'],
    input: true,
    run: runTeam,
    show: (answer) => `${JSON.stringify(answer)}\n`,
    exit: () => 0,
  },
  drand: {
    options: ['chain', 'round', 'signature'],
    run: runDrand,
    show: () => '',
    exit: (valid) => (valid ? 0 : 1),
  },
};

function readOptions(words, names) {
  const found = {};
  for (let i = 0; i < words.length; i += 2) {
    const name = words[i].replace(/^--/, '');
    need(words[i].startsWith('--') && names.includes(name) &&
      i + 1 < words.length, `option ${words[i]}`);
    found[name] = words[i + 1];
  }
  need(names.every((name) => name in found), `needs ${names.join(', ')}`);
  return found;
}

function parseProblem(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Usage('the problem is not JSON');
  }
}

function main(argv) {
  const command = COMMANDS[argv[0]];
  need(command !== undefined, `one of ${Object.keys(COMMANDS).join(', ')}`);
  if (argv[1] === '--batch') {
    const lines = readFileSync(0, 'utf8').split('\n').filter((l) => l !== '');
    for (const line of lines) {
      const answer = command.run(parseProblem(line));
      process.stdout.write(`${JSON.stringify(answer)}\n`);
    }
    return 0;
  }
  const problem = readOptions(argv.slice(1), command.options);
  if (command.input) {
    Object.assign(problem, parseProblem(readFileSync(0, 'utf8')),
      { seed: problem.seed });
  }
  const answer = command.run(problem);
  process.stdout.write(command.show(answer));
  return command.exit(answer);
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Usage)) throw error;
  process.stderr.write(`calc: ${error.message}\n`);
  process.exitCode = 2;
}
