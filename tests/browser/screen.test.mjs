// The big screen: from the announcement to the result, live.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  Ceremony, axeOf, browser, overflows, pageOf, picture, room, scan, serve,
} from './shared.mjs';

const HALL = { viewport: { width: 1920, height: 1080 } };
const WALL = { viewport: { width: 3840, height: 2160 } };

const at = room();
// The screen counts down by the clock on the wall.
const ceremony = new Ceremony(at, Math.floor(Date.now() / 1000));
ceremony.announce();
const base = await serve(ceremony.data);
const chromium = await browser();

const headline = (page, words) => page.locator('#stage h2',
  { hasText: words }).waitFor();

/** All of it stands on the screen, and nothing is cut. */
async function fits(page) {
  assert.equal(await overflows(page), 0);
  const below = await page.evaluate(() =>
    document.documentElement.scrollHeight - window.innerHeight);
  assert.ok(below <= 0, `${below} px below the screen`);
}

test('a sealed draw from its announcement to its opening', async () => {
  const page = await pageOf(chromium, HALL);
  await page.clock.install();
  await page.goto(`${base}/screen/1`);
  await headline(page, '等待封存名单');
  assert.match(await page.locator('#left').innerText(), /^00:5\d:\d\d$/);
  assert.match(await page.locator('header').innerText(), /演练，不是正式抽查/);
  await page.locator('#link.live').waitFor();
  await fits(page);
  await picture(page, 'screen-announced');

  ceremony.freeze();
  await headline(page, '名单已封存');
  assert.match(await page.locator('#stage td.hex').innerText(),
    /^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
  await picture(page, 'screen-frozen');

  ceremony.reveal();
  await headline(page, '等待公共信标');
  await page.clock.pauseAt(Date.now() + 60000);
  ceremony.beacon();
  ceremony.draw();
  await headline(page, '抽取结果');
  const cards = page.locator('.cards > li');
  assert.equal(await cards.count(), 0, 'the result unfolds');
  await page.clock.runFor(2000);
  const some = await cards.count();
  await page.keyboard.press(' ');
  const all = await cards.count();
  assert.ok(some > 0 && some < all, `${some} of ${all}`);
  await page.clock.resume();
  const text = await page.locator('#stage').innerText();
  assert.match(text, /只有号码，没有名称：防止通风报信/);
  assert.ok(!/有限公司/.test(text), 'no names while sealed');
  assert.match(text, /\d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d/);
  assert.doesNotMatch(text, /\d-\d\d-\d/, 'dates as on every page');
  await fits(page);
  await picture(page, 'screen-drawn');

  ceremony.open();
  await headline(page, '已公开');
  await page.keyboard.press(' ');
  const result = await page.locator('#stage').innerText();
  assert.match(result, /检查单位：/);
  assert.ok(!/\*\*/.test(result), 'units, not certificates');
  assert.match(result, /第 \d\/\d 页/);
  await fits(page);
  await picture(page, 'screen-opened');
  assert.deepEqual(page.wrong, []);
  assert.deepEqual(await axeOf(page), []);
});

test('on a wall of 4K everything is twice as large', async () => {
  const sizes = [];
  for (const where of [HALL, WALL]) {
    const page = await pageOf(chromium, where);
    await page.goto(`${base}/screen/1`);
    await headline(page, '已公开');
    await fits(page);
    sizes.push((await page.locator('#stage h2').boundingBox()).height);
    if (where === WALL) await picture(page, 'screen-4k');
  }
  assert.ok(Math.abs(sizes[1] / sizes[0] - 2) < 0.05, sizes.join());
});

test('who comes later, or wants no motion, sees the result at once',
  async () => {
    const page = await pageOf(chromium,
      Object.assign({ reducedMotion: 'reduce' }, HALL));
    await page.goto(`${base}/screen/1`);
    await headline(page, '已公开');
    assert.equal(await page.locator('.cards > li').count(), 6);
    assert.equal(await page.getByText('跳过').isVisible(), false);
    const before = await page.locator('.cards').innerText();
    await page.keyboard.press('ArrowRight');
    assert.notEqual(await page.locator('.cards').innerText(), before);
    assert.equal(await page.locator('.cards > li').first()
      .evaluate((one) => getComputedStyle(one).animationName), 'none');
  });

test('what takes more room stands on more pages', async () => {
  const page = await pageOf(chromium,
    Object.assign({ bypassCSP: true }, HALL));
  await page.goto(`${base}/screen/1`);
  await headline(page, '已公开');
  await page.addStyleTag({ content: '.targets b { font-size: 4rem; }' });
  await page.keyboard.press('ArrowRight');
  await fits(page);
  assert.ok(await page.locator('.cards > li').count() < 6);
});

test('the code for the room leads to the draw', async () => {
  const page = await pageOf(chromium, HALL);
  await page.goto(`${base}/screen/1`);
  await page.locator('#qr svg').waitFor();
  assert.equal(await scan(page.locator('#qr svg'), at), `${base}/draws/1`);
});

test('a lost connection is said, and the result stays', async () => {
  const page = await pageOf(chromium, HALL);
  await page.clock.install();
  await page.goto(`${base}/screen/1`);
  await headline(page, '已公开');
  await page.context().setOffline(true);
  await page.evaluate(() => window.dispatchEvent(new Event('offline')));
  await page.clock.fastForward(60000);
  await page.locator('#link.lost').waitFor();
  assert.match(await page.locator('#link').innerText(), /连接已断/);
  await headline(page, '已公开');
  await page.context().setOffline(false);
  await page.clock.fastForward(10000);
  await page.locator('#link:not(.lost)').waitFor();
});

test('without a stream the screen asks every few seconds', async () => {
  const page = await pageOf(chromium, HALL);
  await page.context().route('**/events', (route) => route.abort());
  await page.goto(`${base}/screen/1`);
  await headline(page, '已公开');
  await page.locator('#link.polling').waitFor();
});
