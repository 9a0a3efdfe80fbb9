// Draws that came to nothing, and one whose result was taken back: void,
// failed, annulled.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  axeOf, browser, overflows, pageOf, picture, portal, room, serve,
} from './shared.mjs';

const SIZES = { phone: { viewport: { width: 390, height: 844 } },
  desk: { viewport: { width: 1280, height: 900 } } };
const DRAWS = { annulled: 2, void: 3, failed: 4 };
const NEVER = '没有走到这一步';

const base = await serve(portal(room()));
const chromium = await browser();

/** Hashes that are none, folds that hold nothing, words upright in a cell. */
function faults(page) {
  return page.evaluate(() => Array.from(document.querySelectorAll(
    '.hex, details > div, .sign tbody th')).filter((one) =>
    one.textContent.trim() === '' || (one.tagName === 'TH' &&
      one.offsetWidth < one.offsetHeight)).map((one) => one.outerHTML));
}

for (const [name, draw] of Object.entries(DRAWS)) {
  test(`the pages of a draw that is ${name}`, async () => {
    for (const [size, options] of Object.entries(SIZES)) {
      const page = await pageOf(chromium, options);
      for (const path of [`/draws/${draw}`, `/draws/${draw}/record`]) {
        await page.goto(base + path);
        await picture(page, `${name}-${size}${path.replace(/\W/g, '-')}`);
        assert.equal(await overflows(page), 0, `${path}, ${size}`);
        assert.deepEqual(await faults(page), [], `${path}, ${size}`);
        assert.deepEqual(await axeOf(page), [], `${path}, ${size}`);
      }
      assert.deepEqual(page.wrong, []);
    }
  });
}

for (const name of ['void', 'failed']) {
  test(`a device does not wait for a draw that is ${name}`, async () => {
    const page = await pageOf(chromium, SIZES.phone);
    await page.goto(`${base}/draws/${DRAWS[name]}`);
    await page.getByRole('button', { name: '在本机核验' }).click();
    await page.locator('#verify [data-exit]').waitFor();
    const text = await page.locator('#verify').innerText();
    assert.ok(text.includes(NEVER), text);
    assert.ok(!text.includes('尚未'), text);
    await picture(page, `${name}-verified`, '#verify');
  });
}

test('a screen says why there is no result, or no longer one', async () => {
  const page = await pageOf(chromium, SIZES.desk);
  for (const [draw, words] of [[DRAWS.void, '名单没有按时封存'],
    [DRAWS.annulled, '由示范市人民政府撤销']]) {
    await page.goto(`${base}/screen/${draw}`);
    await page.locator('#stage .meaning', { hasText: words }).waitFor();
  }
});

test('the screen of a failed draw says so and does not count', async () => {
  const page = await pageOf(chromium, SIZES.desk);
  await page.goto(`${base}/screen/${DRAWS.failed}`);
  await page.locator('#stage h2', { hasText: '失败' }).waitFor();
  const text = await page.locator('#stage').innerText();
  assert.ok(text.includes('封存期限已过') && text.includes(NEVER), text);
  assert.equal(await page.locator('#left').count(), 0);
  await picture(page, 'failed-screen');
});
