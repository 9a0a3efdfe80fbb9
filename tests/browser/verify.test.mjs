// Find my firm's draw and verify it: on a telephone, offline, from a disk.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  axeOf, browser, house, overflows, pageOf, picture, rehearse, room, serve,
} from './shared.mjs';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const SPENT = 'data-spent';

const at = room();
const made = rehearse(at);
const base = await serve(made.data);
const chromium = await browser();

const verdict = (page) => page.locator('#verify [data-exit]');

async function verify(page) {
  await page.getByRole('button', { name: '在本机核验' }).click();
  await verdict(page).waitFor();
  return verdict(page).getAttribute('data-exit');
}

/** Watches for tasks that keep the page from answering. */
function watchTasks(page) {
  return page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => list.getEntries().forEach((one) =>
      window.longTasks.push(Math.round(one.duration))))
      .observe({ entryTypes: ['longtask'] });
  });
}

test('a draw is verified on a telephone', async (t) => {
  const page = await pageOf(chromium, PHONE);
  await watchTasks(page);
  await page.goto(`${base}/draws/1`);
  assert.equal(await verify(page), '3');
  await page.locator('#verify [data-head]').waitFor();
  const text = await page.locator('#verify').innerText();
  for (const words of ['演练，不是正式抽查', '本机算出的位置',
    '服务器说的，与本机算出的', '58 项成立', '第一次见到这份日志']) {
    assert.ok(text.includes(words), words);
  }
  assert.doesNotMatch(text, /\d-\d\d-\d/, 'dates as on every page');
  assert.equal(await page.locator('#verify tr.is-refused').count(), 0);
  assert.equal(await overflows(page), 0);
  t.diagnostic(`verified in ${await verdict(page).getAttribute(SPENT)} ms, ` +
    `tasks over 50 ms on the page: ${await page.evaluate('longTasks')}`);
  await picture(page, 'verify-phone', '#verify');
  assert.deepEqual(page.wrong, []);
  assert.deepEqual(await axeOf(page), []);
});

test('the fingerprint shown is that of the file', async () => {
  const page = await pageOf(chromium);
  await page.goto(`${base}/draws/1`);
  const { createHash } = await import('node:crypto');
  const file = readFileSync(join(house, 'build/web/static/verifier.js'));
  const digest = createHash('sha256').update(file).digest('hex');
  const shown = page.locator('#verify-panel > p code.hex').last();
  await page.waitForFunction(() => /[0-9a-f]{4} [0-9a-f]{4}/.test(
    document.getElementById('verify-panel').innerText));
  assert.equal((await shown.innerText()).replace(/ /g, ''), digest);
  const said = await page.locator('#verify > p.small').innerText();
  assert.ok(said.replace(/ /g, '').includes(digest));
});

test('once loaded, a local file is verified without a network', async () => {
  const page = await pageOf(chromium, PHONE);
  await page.goto(`${base}/draws/1`);
  await page.waitForFunction(() => /[0-9a-f]{4} [0-9a-f]{4}/.test(
    document.getElementById('verify-panel').innerText));
  await page.context().setOffline(true);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.setInputFiles('#verify-file', made.proof);
  await verdict(page).waitFor();
  assert.equal(await verdict(page).getAttribute('data-exit'), '3');
  assert.deepEqual(asked, []);
});

test('a changed proof and another key are refused by rule', async () => {
  const text = readFileSync(made.proof, 'utf8');
  const bad = join(at, 'bad.json');
  writeFileSync(bad, text.replace('"take\\":\\"3%', '"take\\":\\"4%'));
  assert.notEqual(readFileSync(bad, 'utf8'), text);
  const page = await pageOf(chromium);
  await page.goto(`${base}/draws/1`);
  await page.setInputFiles('#verify-file', bad);
  await verdict(page).waitFor();
  assert.equal(await verdict(page).getAttribute('data-exit'), '1');
  assert.equal(await verdict(page).getAttribute('data-rule'), '2.07');
  await picture(page, 'verify-tampered', '#verify');
  await page.getByText('用别处得到的公钥或见证策略核验').click();
  const own = readFileSync(join(made.out, 'log.vkey'), 'utf8').trim();
  await page.fill('#verify-key', own.replace(/\+/, 'x+'));
  await page.setInputFiles('#verify-file', made.proof);
  await page.getByText('不是一行完整的 vkey').waitFor();
  // The key of another log.
  const other = readFileSync(join(house,
    'audits/examples/worked/draw.proof.json'), 'utf8');
  await page.fill('#verify-key', JSON.parse(other).policy
    .split('\n')[0].slice('log '.length));
  await page.setInputFiles('#verify-file', made.proof);
  await page.waitForSelector('#verify [data-rule="2.02"]');
});

test('a policy and a key of one\'s own, from the device', async () => {
  const proofs = join(house, 'audits/examples/proofs');
  const page = await pageOf(chromium);
  await page.goto(`file://${house}build/web/verifier/index.html`);
  await page.getByText('用别处得到的公钥或见证策略核验').click();
  for (const [name, exit, rule] of [['reader-demands-more', '1', '4.40'],
    ['reader-knows-one-witness', '3', '']]) {
    await page.setInputFiles('#verify-policy', join(proofs, `${name}.policy`));
    await page.setInputFiles('#verify-file', join(proofs, `${name}.json`));
    await page.locator(`#verify [data-rule="${rule}"]`).waitFor();
    assert.equal(await verdict(page).getAttribute('data-exit'), exit);
    const basis = await page.locator('#verify .basis').innerText();
    assert.ok(basis.includes(`您的策略文件「${name}.policy」`), basis);
  }
  await page.setInputFiles('#verify-policy', []);
  await page.setInputFiles('#verify-key-file', join(made.out, 'log.vkey'));
  await page.setInputFiles('#verify-file', made.proof);
  await page.getByText('日志公钥：是您给出的那一把').waitFor();
  await page.setInputFiles('#verify-policy', made.proof);
  await page.setInputFiles('#verify-file', made.proof);
  await page.getByText('策略文件不能用').waitFor();
  assert.deepEqual(page.wrong, []);
});

test('what the server says otherwise is shown as such', async () => {
  const page = await pageOf(chromium);
  await page.route('**/verdict', async (route) => {
    const reply = await route.fetch();
    const value = await reply.json();
    value.strata[0].take += 1;
    await route.fulfill({ response: reply, json: value });
  });
  await page.goto(`${base}/draws/1`);
  await verify(page);
  assert.equal(await page.locator('#verify tr.is-refused').count(), 1);
});

test('the folder opens from a disk and asks for nothing', async () => {
  const page = await pageOf(chromium);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`file://${house}build/web/verifier/index.html`);
  await page.setInputFiles('#verify-file', made.proof);
  await verdict(page).waitFor();
  assert.equal(await verdict(page).getAttribute('data-exit'), '3');
  assert.ok(asked.every((url) => /^(file|blob):/.test(url)), asked.join());
  assert.deepEqual(page.wrong, []);
  assert.deepEqual(await axeOf(page), []);
});

test('without workers the page itself verifies', async () => {
  const page = await pageOf(chromium);
  await page.addInitScript(() => {
    window.Worker = function Worker() { throw new Error('no workers'); };
  });
  await page.goto(`${base}/draws/1`);
  assert.equal(await verify(page), '3');
  assert.deepEqual(page.wrong, []);
});

test('with the keyboard only', async () => {
  const page = await pageOf(chromium);
  await page.goto(`${base}/draws/1`);
  const start = page.getByRole('button', { name: '在本机核验' });
  await start.waitFor();
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    if (await start.evaluate((one) => one === document.activeElement)) break;
  }
  await page.keyboard.press('Enter');
  await verdict(page).waitFor();
});

test('without JavaScript the proof is still to be had', async () => {
  const page = await pageOf(chromium, { javaScriptEnabled: false });
  await page.goto(`${base}/draws/1`);
  const link = page.locator('#verify a[download]');
  assert.equal(await link.getAttribute('href'), '/api/v1/draws/1/proof');
});
