#!/usr/bin/env node
// verify.mjs PROOF.json [--vkey KEY|FILE] [--policy FILE] [--rehearsal]
//            [--unwitnessed] [--at TIME] [--signature HEX] [--receipt FILE]
// Exit: 0 holds, 1 refuted, 2 unusable, 3 a rehearsal or an unwitnessed log
// that was not asked for.  A receipt that does not fit is 1, too.

import { readFileSync } from 'node:fs';
import { fromHex } from './bytes.js';
import { parsePolicyFile } from './policy.js';
import { checkReceipt, isDropped } from './receipt.js';
import { parseVkey } from './vkey.js';
import { EXIT, verify } from './verify.js';

const USAGE = '用法：verify.mjs 证明.json [--vkey 公钥|文件] ' +
  '[--policy 文件] [--rehearsal] [--unwitnessed] [--at 时间] ' +
  '[--signature 十六进制] [--receipt 文件]';

class Unusable extends Error {}

function need(condition, why) {
  if (!condition) throw new Unusable(why);
}

function readVkey(value) {
  const text = parseVkey(value) === null
    ? readFileSync(value, 'utf8').trim() : value;
  need(parseVkey(text) !== null, '--vkey 不是公钥');
  return text;
}

function readTime(value) {
  const seconds = /^(0|[1-9][0-9]{0,15})$/.test(value)
    ? Number(value) : Date.parse(value) / 1000;
  need(Number.isSafeInteger(seconds) && seconds >= 0, '--at 不是时间');
  return seconds;
}

function readSignature(value) {
  const bytes = fromHex(value);
  need(bytes !== null && bytes.length === 48, '--signature 不是 96 位十六进制');
  return bytes;
}

const VALUES = {
  '--vkey': ['vkey', readVkey],
  '--policy': ['filePolicy',
    (file) => parsePolicyFile(readFileSync(file, 'utf8'))],
  '--at': ['at', readTime],
  '--signature': ['signature', readSignature],
  '--receipt': ['receipt', (file) => readFileSync(file, 'utf8').trim()],
};
const FLAGS = { '--rehearsal': 'rehearsal', '--unwitnessed': 'unwitnessed' };

function readArguments(argv) {
  const options = {};
  const files = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i];
    if (FLAGS[word] !== undefined) {
      options[FLAGS[word]] = true;
    } else if (VALUES[word] !== undefined) {
      need(i + 1 < argv.length, `${word} 缺少值`);
      const [key, read] = VALUES[word];
      options[key] = read(argv[++i]);
    } else {
      need(!word.startsWith('--'), `没有选项 ${word}`);
      files.push(word);
    }
  }
  need(files.length === 1, USAGE);
  return { options, bytes: readFileSync(files[0]) };
}

function main(argv) {
  let input;
  try {
    input = readArguments(argv);
  } catch (error) {
    process.stderr.write(`${error.message}\nrule 0\n`);
    return EXIT.unusable;
  }
  const { bytes, options } = input;
  const result = verify(new Uint8Array(bytes), options);
  process.stdout.write(`${result.lines.join('\n')}\n`);
  const holds = result.exit === EXIT.holds || result.exit === EXIT.notAskedFor;
  if (options.receipt === undefined || !holds) return result.exit;
  const why = checkReceipt(options.receipt, result);
  process.stdout.write(why === '' ? '\n回执相符。\n' : `\n回执不符：${why}。\n`);
  if (why !== '') return EXIT.refuted;
  if (isDropped(options.receipt, result)) {
    process.stdout.write('  ● 这一户后来退出了本次抽查，不再检查。\n');
  }
  return result.exit;
}

process.exitCode = main(process.argv.slice(2));
