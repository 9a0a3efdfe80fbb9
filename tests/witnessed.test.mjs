// A draw under witnesses, 2 of 3, from the command line: what they sign in
// time proves the order, what they sign too late proves the lateness.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { concat, toBase64, u64be } from '../audits/js/bytes.js';
import { keyPair } from '../audits/js/maker/log.js';
import { cosignedMessage } from '../audits/js/note.js';
import { WITNESS_TYPE } from '../audits/js/vkey.js';

const YAOHAO = process.env.YAOHAO || 'build/yaohao';
const LISTS = 'tests/vectors/after';
const START = Date.parse('2027-04-12T09:00:00+08:00') / 1000;
const PORT = 20000 + process.pid % 20000;
const room = mkdtempSync(join(tmpdir(), 'witnessed-'));
const dir = join(room, 'data');
const witnesses = ['sfj', 'sjj', 'gzc'].map(
  (name) => keyPair(`witness.test/${name}`, WITNESS_TYPE));
let clock = START;
let server;

after(() => {
  if (server) server.kill();
  rmSync(room, { recursive: true });
});

/** Runs a verb at the clock's time; its exit and output. */
function run(verb, ...words) {
  const now = new Date(clock * 1000).toISOString().replace('.000', '');
  const took = ['verify', 'audit', 'serve'].includes(verb)
    ? [] : ['--now', now];
  const done = spawnSync(YAOHAO, [verb, ...words, ...took],
    { encoding: 'utf8' });
  return { exit: done.status, text: done.stdout + done.stderr };
}

function must(...words) {
  const { exit, text } = run(...words);
  assert.equal(exit, 0, `${words.join(' ')}: ${text}`);
  return text;
}

async function checkpoint() {
  const answer = await fetch(`http://127.0.0.1:${PORT}/log/checkpoint`);
  assert.equal(answer.status, 200);
  return (await answer.text()).split('\n').slice(0, 3).join('\n') + '\n';
}

/** What these witnesses sign of the newest head, each at the clock's time. */
async function lines(count) {
  const text = await checkpoint();
  return text + '\n' + witnesses.slice(0, count).map((one) => {
    const bytes = concat(one.id, u64be(clock),
      one.sign(cosignedMessage(clock, text)));
    return `\u2014 ${one.name} ${toBase64(bytes)}\n`;
  }).join('');
}

async function cosign(count) {
  writeFileSync(join(room, 'lines'), await lines(count));
  must('cosign', dir, join(room, 'lines'));
}

function announce(number) {
  const wish = {
    batch: '2027-01', t0: clock + 600, t1: clock + 1200, t4: clock + 86400,
    strata: [{ class: 'public', least: 0, name: '全部', take: '5%' }],
  };
  writeFileSync(join(room, 'A.json'), JSON.stringify(wish));
  assert.match(must('announce', dir, join(room, 'A.json')),
    new RegExp(`${number}`));
}

/** A page as a reader gets it. */
async function page(path) {
  const answer = await fetch(`http://127.0.0.1:${PORT}${path}`);
  assert.equal(answer.status, 200, path);
  return answer.text();
}

/** Both verifiers on draw `number`: the same exit. */
function verify(number) {
  const proof = join(room, 'draw.json');
  const options = [proof, '--vkey', join(dir, 'log.vkey'), '--policy',
    join(room, 'policy'), '--rehearsal'];
  must('proof', dir, String(number), '-o', proof);
  const one = run('verify', ...options);
  const other = spawnSync('node', ['audits/js/verify.mjs', ...options],
    { encoding: 'utf8' });
  assert.equal(one.exit, other.status, one.text + other.stdout);
  return one;
}

test('a log with a witness policy', async () => {
  writeFileSync(join(room, 'policy'), `${witnesses.map((one, i) =>
    `witness w${i} ${one.vkey}`).join('\n')}\n` +
    'group office 2 w0 w1 w2\nquorum office\n');
  must('init', dir, '--origin', 'office.test/rehearsal', '--rehearsal',
    '--policy', join(room, 'policy'));
  for (const kind of ['targets', 'inspectors']) {
    must('import', dir, kind, `${LISTS}/${kind}.csv`, '--accept-warnings');
    must('activate', dir, kind, '1');
  }
  for (const kind of ['items', 'plan']) {
    must('import', dir, kind, `${LISTS}/${kind}.csv`, '--accept-warnings');
    must('publish', dir, kind);
  }
  server = spawn(YAOHAO, ['serve', dir, '--listen', `127.0.0.1:${PORT}`]);
  await new Promise((ready) => { server.stdout.once('data', ready); });
});

test('no freeze at all: void, proved by a head after T0', async () => {
  announce(1);
  await cosign(2);
  clock += 601;
  const late = run('freeze', dir, '1');
  assert.equal(late.exit, 1, late.text);
  const voided = ['void', dir, '1', '--cause', 'freeze-late', '--reason',
    '名单有误', '--by', '甲', '--by', '乙'];
  const early = run(...voided);
  assert.equal(early.exit, 1, `nobody has signed after T0: ${early.text}`);
  await cosign(1);
  assert.equal(run(...voided).exit, 1, 'one witness is no quorum');
  await cosign(3);
  must(...voided);
  await cosign(2);
  const { exit, text } = verify(1);
  assert.equal(exit, 0, text);
  assert.match(text, /作废/);
  assert.match(await page('/draws/1'), /作废，没有结果：名单没有按时封存/);
});

test('everything signed in time is proved', async () => {
  announce(2);
  await cosign(2);
  clock += 60;
  must('freeze', dir, '2');
  assert.equal(verify(2).exit, 1, 'nobody has seen the list yet');
  assert.match(await page('/draws/2'), /等待见证/);
  await cosign(2);
  clock += 600;
  must('reveal', dir, '2');
  clock += 60;
  await cosign(3);
  clock += 600;
  must('beacon', dir, '2');
  must('draw', dir, '2');
  must('open', dir, '2', '--by', '甲', '--by', '乙');
  await cosign(2);
  const { exit, text } = verify(2);
  assert.equal(exit, 0, text);
  assert.doesNotMatch(text, /没有见证人/);
  const shown = await page('/draws/2');
  assert.match(shown, /核验通过：名单先封存，信标后产生/);
  assert.equal(shown.match(/足够的见证人已签名/g).length, 3);
  assert.doesNotMatch(shown, /未经见证|等待见证/);
  const log = await page('/log');
  assert.match(log, /须有 2 家见证人签名（共 3 家）/);
  assert.equal(log.match(/✓ 已签名/g).length, 2);
});

test('a witness line that is not genuine is not stored', async () => {
  const good = await lines(3);
  const bad = good.replace(/([A-Za-z])(=*\n)$/, (all, letter, end) =>
    (letter === 'A' ? 'B' : 'A') + end);
  for (const text of [bad, good.replace(/\n\d+\n/, '\n1\n'), 'x']) {
    writeFileSync(join(room, 'lines'), text);
    assert.notEqual(run('cosign', dir, join(room, 'lines')).exit, 0);
  }
});

test('a freeze that only one witness saw in time has failed', async () => {
  writeFileSync(join(room, 'paper'), '撤销决定');
  must('annul', dir, '2', '--authority', '上级机关', '--document', '1号',
    '--file', join(room, 'paper'), '--by', '甲', '--by', '乙');
  announce(3);
  await cosign(2);
  must('freeze', dir, '3');
  await cosign(1);
  clock += 601;
  await cosign(3);
  const { exit, text } = verify(3);
  assert.equal(exit, 1, text);
  assert.match(text, /rule 4\.16/);
  const shown = await page('/draws/3');
  assert.match(shown, /现在还没有证明什么|什么也没有证明/);
  assert.doesNotMatch(shown, /<h3>须相信/);
  assert.match(shown, /足够的见证人才签名，<b>晚于期限/);
  assert.doesNotMatch(shown, /在期限之前都有足够的见证人/);
});

test('the audit of the whole log names what failed', () => {
  const { exit, text } = run('audit', dir, '--policy', join(room, 'policy'),
    '--rehearsal');
  assert.equal(exit, 1, text);
  assert.match(text, /5\.11/);
  assert.match(text, /5\.18/);
  assert.match(text, /5\.19/);
});
