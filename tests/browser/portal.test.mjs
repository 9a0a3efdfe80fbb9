// 大字 and 高对比 without JavaScript, and remembered with it; focus can be
// seen; by keyboard alone from the first page to a draw.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  browser, overflows, pageOf, picture, rehearse, room, serve,
} from './shared.mjs';

const PHONE = { viewport: { width: 390, height: 844 } };
const at = room();
const base = await serve(rehearse(at).data);
const chromium = await browser();

const style = (page, what) => page.evaluate(
  (name) => getComputedStyle(document.body)[name], what);

test('large text and high contrast need no JavaScript', async () => {
  const page = await pageOf(chromium, { ...PHONE, javaScriptEnabled: false });
  await page.goto(`${base}/draws/1`);
  const size = () => style(page, 'fontSize');
  assert.equal(await size(), '17px');
  await page.check('#big');
  assert.equal(await size(), '23px');
  assert.equal(await overflows(page), 0);
  await page.check('#contrast');
  assert.equal(await style(page, 'backgroundColor'), 'rgb(0, 0, 0)');
  assert.equal(await style(page, 'color'), 'rgb(255, 255, 255)');
});

/** A browser of before :has(): its rules are none. */
async function withoutHas(options) {
  const page = await pageOf(chromium, Object.assign({}, PHONE, options));
  await page.route('**/style.css', async (route) => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply,
      body: (await reply.text()).replace(/:has\(/g, ':-unknown(') });
  });
  await page.goto(`${base}/draws/1`);
  return page;
}

test('without :has() and without JavaScript links do it', async () => {
  const page = await withoutHas({ javaScriptEnabled: false });
  assert.equal(await page.locator('#big').isVisible(), false);
  await page.click('.modes a[href="#show-big"]');
  assert.equal(await style(page, 'fontSize'), '23px');
  assert.equal(await overflows(page), 0);
  await page.click('.modes a[href="#show-contrast"]');
  assert.equal(await style(page, 'backgroundColor'), 'rgb(0, 0, 0)');
  assert.equal(await style(page, 'color'), 'rgb(255, 255, 255)');
  assert.equal(await style(page, 'zoom'), '1.35');
  assert.equal(await overflows(page), 0);
  await picture(page, 'without-has');
  await page.click('.modes a[href="#main"]');
  assert.equal(await style(page, 'fontSize'), '17px');
  assert.equal(await style(page, 'zoom'), '1');
});

test('without :has() and with JavaScript the boxes do it', async () => {
  const page = await withoutHas({});
  assert.equal(await page.locator('.modes a').first().isVisible(), false);
  await page.check('#big');
  await page.check('#contrast');
  assert.equal(await style(page, 'fontSize'), '23px');
  assert.equal(await style(page, 'backgroundColor'), 'rgb(0, 0, 0)');
});

test('with JavaScript the choice is remembered on the next page', async () => {
  const page = await pageOf(chromium, PHONE);
  await page.goto(`${base}/`);
  await page.check('#big');
  await page.goto(`${base}/how`);
  assert.equal(await style(page, 'fontSize'), '23px');
  await page.uncheck('#big');
  await page.goto(`${base}/log`);
  assert.equal(await style(page, 'fontSize'), '17px');
  assert.deepEqual(page.wrong, []);
});

test('by keyboard from the first page to a draw, focus seen', async () => {
  const page = await pageOf(chromium, PHONE);
  await page.goto(`${base}/`);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className),
    'skip');
  let href = '';
  for (let i = 0; i < 40 && href !== '/draws/1'; i++) {
    await page.keyboard.press('Tab');
    href = await page.evaluate(
      () => document.activeElement.getAttribute('href'));
    const outline = await page.evaluate(
      () => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(outline, 'none', `no focus on ${href}`);
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(`${base}/draws/1`);
});
