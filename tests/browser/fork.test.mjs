// A log that shows this device another past than before is shouted.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  Ceremony, browser, pageOf, picture, room, serveIn,
} from './shared.mjs';

const at = room();
const START = 1804000000;
const before = new Ceremony(at, START).whole();
const opened = before.copy('opened');
opened.open();
const otherwise = before.copy('otherwise');
otherwise.open('1', 40);
const longer = otherwise.copy('longer');
Object.assign(longer, { start: longer.t1, t0: longer.t1 + 600,
  t1: longer.t1 + 660 });
longer.announce({ batch: '2027-02',
  strata: [{ name: '全部', class: 'public', take: '20', least: 0 }] });
const { base, show } = await serveIn();
const chromium = await browser();

async function verify(page) {
  await page.goto(`${base}/draws/1`);
  await page.getByRole('button', { name: '在本机核验' }).click();
  const head = page.locator('#verify [data-head]');
  await head.waitFor();
  return head.getAttribute('data-head');
}

/** A device that saw the opened log before. */
async function device() {
  const page = await pageOf(chromium);
  await show(opened.data);
  assert.equal(await verify(page), 'first');
  assert.equal(await verify(page), 'same');
  return page;
}

async function isShouted(page, words) {
  const alert = page.getByRole('alert');
  const text = await alert.innerText();
  assert.ok(text.includes(words), text);
  assert.ok(text.includes('12345'), 'a number to call');
  const evidence = await page.locator('#verify textarea').inputValue();
  assert.ok(JSON.parse(evidence).remembered.root);
}

test('a log that grew is found to have grown', async () => {
  const page = await pageOf(chromium);
  await show(before.data);
  assert.equal(await verify(page), 'first');
  await show(opened.data);
  assert.equal(await verify(page), 'grown');
});

test('smaller than before, and again on the next visit', async () => {
  const page = await device();
  await show(before.data);
  assert.equal(await verify(page), 'smaller');
  await isShouted(page, '日志变短了');
  await picture(page, 'fork', '#verify');
  assert.equal(await verify(page), 'smaller');
});

test('the same size with another root', async () => {
  const page = await device();
  await show(otherwise.data);
  assert.equal(await verify(page), 'split');
  await isShouted(page, '内容却变了');
});

test('longer, but not grown out of what was seen', async () => {
  const page = await device();
  await show(longer.data);
  assert.equal(await verify(page), 'fork');
  await isShouted(page, '不是从以前那一份长出来的');
});

test('longer, and the tiles that would prove it are not to be had',
  async () => {
    const page = await pageOf(chromium);
    await show(before.data);
    assert.equal(await verify(page), 'first');
    await show(opened.data);
    await page.context().route('**/log/tile/**', (route) => route.abort());
    assert.equal(await verify(page), 'unproved');
    await isShouted(page, '拿不出证明');
  });

test('another key under the same name', async () => {
  const page = await device();
  const stranger = new Ceremony(room(), START).whole();
  await show(stranger.data);
  assert.equal(await verify(page), 'key');
  await isShouted(page, '公钥换了');
});
