#!/usr/bin/env node
// Makes whole logs for tests of programs that audit them:
//   make-log.mjs --all DIRECTORY         every example, a folder each, and
//                                        index.json: name, rule, what
//   make-log.mjs --large N DIRECTORY     one log of N entries
// A folder is what is served under /log/; rule is '' where the log passes.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LOGS, folderOf, largeLog } from './maker/logs.js';

function write(directory, files) {
  for (const [path, bytes] of files) {
    const whole = join(directory, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, bytes);
  }
}

function writeAll(directory) {
  const lines = LOGS.map((one) => {
    write(join(directory, one.name), folderOf(one));
    const { name, rule, within, what } = one;
    return JSON.stringify({ name, rule: rule || '', within, what });
  });
  writeFileSync(join(directory, 'index.json'), `[${lines.join(',\n ')}]\n`);
}

function main(argv) {
  if (argv.length === 2 && argv[0] === '--all') {
    writeAll(argv[1]);
  } else if (argv.length === 3 && argv[0] === '--large' && argv[1] > 20) {
    write(argv[2], largeLog(Number(argv[1])));
  } else {
    process.stderr.write('make-log.mjs --all DIRECTORY\n'
      + '             --large N DIRECTORY\n');
    return 2;
  }
  return 0;
}

process.exitCode = main(process.argv.slice(2));
