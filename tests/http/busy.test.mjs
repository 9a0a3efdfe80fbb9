// Who asks for what is made at once does not wait for what takes long.

import assert from 'node:assert/strict';
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
  let left = SLOW.length, worst = 0, rounds = 0;
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
      const since = performance.now();
      const { status } = await served.get(path);
      assert.equal(status, 200, path);
      worst = Math.max(worst, performance.now() - since);
    }
    await pause(10);
  }
  assert.deepEqual(await slow, SLOW.map(() => 200));
  await served.stop();
  assert(rounds > 3, `${rounds} rounds`);
  assert(worst < 1000, `${worst} ms`);
});
