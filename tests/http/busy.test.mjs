// Who asks for what is made at once does not wait for what takes long.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { AT, BY, Log, register, Served } from './served.mjs';

const SLOW = ['/draws/1', '/api/v1/draws/1/verdict', '/draws/1/page/2',
  '/draws/1/page/3', '/draws/1/record', '/draws/1/targets.csv',
  '/draws/1/targets.xlsx', '/api/v1/draws/1/proof', '/search?q=2027',
  '/lists', '/targets/91140800MA0T10000',
  '/api/v1/draws/1/targets/91140800MA0T10000'];
let log;

before(() => {
  log = new Log(register(90000));
  log.now = AT.announced;
  log.announce({ batch: '2027-1' });
  log.step('freeze', 1);
  log.now = AT.t0;
  log.step('reveal', 1);
  log.now = AT.drawn;
  log.step('beacon', 1);
  log.step('draw', 1);
  log.now = AT.opened;
  log.step('open', 1, ...BY);
});
after(() => log.remove());

const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

test('the first page comes while a long list is verified', async () => {
  const served = await Served.start(log);
  let left = SLOW.length;
  let rounds = 0;
  const slow = Promise.all(SLOW.map(async (path) => {
    const { status } = await served.get(path);
    left -= 1;
    return status;
  }));
  await pause(50);
  /* Never twice the same address: what is kept needs nobody to make it. */
  for (; left > 0; rounds += 1) {
    for (const path of ['/api/v1/draws/1', '/log/checkpoint', '/', '/draws',
      '/healthz', `/draws/1/qr.svg?module=${400 + rounds % 400}`]) {
      const { status } = await served.get(path);
      assert.equal(status, 200, path);
    }
    await pause(10);
  }
  assert.deepEqual(await slow, SLOW.map(() => 200));
  await served.stop();
  assert(rounds > 3, `${rounds} rounds while the slow ones were made`);
});

/** Seconds of processor that a program has had. */
const processor = (child) => {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'latin1')
    .split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

/** What it costs a new server to answer all of them at once. */
async function cost(paths) {
  const served = await Served.start(log);
  const answers = await Promise.all(paths.map((path) => served.get(path)));
  const seconds = processor(served.child);
  await served.stop();
  for (const { status } of answers) assert.equal(status, 200);
  return seconds;
}

test('a list is verified once for all its pages', async () => {
  const one = await cost(['/draws/1/page/2']);
  const all = await cost(['/draws/1', '/api/v1/draws/1/verdict',
    ...Array.from({ length: 8 }, (_, i) => `/draws/1/page/${i + 2}`)]);
  assert(all < 4 * one, `${all} s, one page ${one} s`);
});

test('what is added to a draw is seen on every page', async () => {
  const served = await Served.start(log);
  const pages = ['/draws/1', '/draws/1/page/2', '/draws/1/record'];
  const texts = () => Promise.all(pages.map(async (path) =>
    String((await served.get(path)).body)));
  for (const text of await texts()) assert.doesNotMatch(text, /上级机关/);
  const paper = join(log.room, 'paper');
  writeFileSync(paper, '撤销决定\n');
  log.step('annul', 1, '--authority', '上级机关', '--document', '一号',
    '--file', paper, ...BY);
  for (const text of await texts()) assert.match(text, /被上级机关撤销/);
  assert.equal((await served.get('/draws/1/page/99999')).status, 404);
  await served.stop();
});
