// What any device does with the other pages: carry a beacon, change a word,
// print; on a slow machine; with long lists.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import {
  axeOf, browser, house, overflows, pageOf, picture, rehearse, room, scan,
  serve,
} from './shared.mjs';
import { MODULE_MM, printed } from './paper.mjs';
import { slow, workerLoop } from './slow.mjs';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const KIB = 1024;

const at = room();
const made = rehearse(at);
const base = await serve(made.data);
const chromium = await browser();
const { rounds } = JSON.parse(readFileSync(join(house,
  'audits/js/test-vectors/drand-quicknet.json'), 'utf8'));
const [{ round, signature, randomness }] = rounds;

const carried = (page) => page.locator('#beacon [data-verdict]');

async function carry(page, text) {
  await page.fill('#beacon-text', text);
  await page.getByRole('button', { name: '核验并生成二维码' }).click();
  await carried(page).waitFor();
  return carried(page).getAttribute('data-verdict');
}

test('a real round in either shape becomes a code for the desk', async () => {
  const shapes = [{ round, randomness, signature, previous_signature: '' },
    { round, signature }];
  for (const where of [`${base}/beacon`,
    `file://${house}build/web/verifier/beacon.html`]) {
    const page = await pageOf(chromium, PHONE);
    await page.goto(where);
    await page.context().setOffline(true);
    for (const shape of shapes) {
      await page.fill('#beacon-text', '');
      assert.equal(await carry(page, JSON.stringify(shape, null, 2)), 'good');
    }
    assert.equal(await scan(page.locator('#beacon .qr'), at),
      `{"chain":"quicknet","round":${round},"signature":"${signature}"}`);
    assert.equal(await overflows(page), 0);
    await picture(page, 'beacon-phone', '#beacon');
    assert.deepEqual(page.wrong, []);
    await page.context().setOffline(false);
    assert.deepEqual(await axeOf(page), []);
  }
});

test('what is no round is refused with what to do', async () => {
  const page = await pageOf(chromium);
  await page.goto(`${base}/beacon`);
  const cases = [['hello', '整段复制'], ['{}', '轮次'],
    [JSON.stringify({ round, signature: 'ab' }), '96 位'],
    [JSON.stringify({ round: round + 1, signature }), '不是 drand quicknet'],
    [JSON.stringify({ round, signature, randomness: signature.slice(32) }),
      '与签名不符']];
  for (const [text, words] of cases) {
    assert.equal(await carry(page, text), 'bad', text);
    assert.ok((await page.locator('#beacon').innerText()).includes(words));
  }
});

test('change a word and see the verdict turn', async () => {
  const page = await pageOf(chromium, PHONE);
  await page.goto(`${base}/how`);
  const press = (name) => page.getByRole('button', { name }).click();
  const verdict = (exit) =>
    page.locator(`#try [data-exit="${exit}"]`).waitFor();
  await press('核验这份副本');
  await verdict(0);
  await press('替我改一个字');
  await press('核验这份副本');
  await verdict(1);
  await picture(page, 'try', '#try');
  await press('恢复原样');
  await press('核验这份副本');
  await verdict(0);
  for (const kind of ['揭示', '信标', '抽取', '公开']) {
    await page.selectOption('#try-entry', { label: kind });
    await press('替我改一个字');
    await press('核验这份副本');
    await verdict(1);
  }
  assert.equal(await overflows(page), 0);
  assert.deepEqual(page.wrong, []);
  assert.deepEqual(await axeOf(page), []);
});

test('a draw prints, without its buttons', async () => {
  const page = await pageOf(chromium);
  await page.goto(`${base}/draws/1`);
  const pdf = await page.pdf({ format: 'A4' });
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('#verify').isVisible(), false);
  assert.equal(await page.locator('h1').isVisible(), true);
  // On paper a rehearsal is marked on every sheet.
  assert.deepEqual(await page.evaluate(() => {
    const mark = getComputedStyle(document.querySelector('.rehearsal'),
      '::after');
    return [mark.position, mark.content];
  }), ['fixed', '"演练"']);
});

test('the record prints a code that a telephone reads', async () => {
  const page = await pageOf(chromium);
  await page.goto(`${base}/draws/1/record`);
  const paper = await printed(page, room());
  assert.match(paper.text, /^第 1 号抽取/);
  assert.ok(paper.module_mm >= MODULE_MM, `${paper.module_mm} mm`);
  assert.ok(paper.sheets <= 2, `${paper.sheets} sheets`);
});

test('find my firm, then verify the draw it was in', async () => {
  const opening = JSON.parse(JSON.parse(readFileSync(made.proof, 'utf8'))
    .entries.pop().text);
  const { name, code } = JSON.parse(opening.targets[0].row);
  const page = await pageOf(chromium, PHONE);
  await page.goto(base);
  const search = page.getByRole('searchbox').or(
    page.locator('input[name="q"]')).first();
  // Full-width letters, as a telephone's keyboard offers them.
  await search.fill(name.slice(0, 10).replace(/[0-9]/g, (digit) =>
    String.fromCharCode(digit.charCodeAt(0) + 0xfee0)));
  await search.press('Enter');
  await page.locator(`main a[href*="${code}"]`).first().click();
  await page.waitForURL(/targets/);
  assert.ok((await page.locator('main').innerText()).includes(name));
  assert.equal(await overflows(page), 0);
  await picture(page, 'firm-phone', 'main');
  await page.locator('main a[href^="/draws/1"]').first().click();
  await page.getByRole('button', { name: '在本机核验' }).click();
  await page.locator('#verify [data-exit="3"]').waitFor();
});

test('the verifier is small', (t) => {
  const file = join(house, 'build/web/static/verifier.js');
  const length = gzipSync(readFileSync(file), { level: 9 }).length;
  t.diagnostic(`verifier.js: ${length} bytes gzipped`);
  assert.ok(length <= 80 * KIB);
});

/** A register of `count` firms, whose check digits are let pass. */
function register(count) {
  const digits = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const rows = ['统一社会信用代码,名称,区划'];
  for (let i = 0; i < count; i++) {
    let code = '';
    for (let rest = i, n = 0; n < 9; n++, rest = Math.floor(rest / 31)) {
      code = digits[rest % 31] + code;
    }
    rows.push(`91140802${code}0,合成第${i}号有限公司,140802`);
  }
  const file = join(at, `register-${count}.csv`);
  writeFileSync(file, `${rows.join('\n')}\n`);
  return file;
}

const panel = `file://${house}build/web/verifier/index.html`;

async function verified(page, proof) {
  await page.evaluate('window.longest = 0');
  await page.setInputFiles('#verify-file', proof);
  const verdict = page.locator('#verify [data-exit]');
  await verdict.waitFor({ timeout: 120000 });
  assert.equal(await verdict.getAttribute('data-exit'), '3');
  const spent_ms = await verdict.getAttribute('data-spent');
  const longest = await page.evaluate('longest');
  return `${spent_ms} ms, longest task of the page ${longest || '< 50'} ms`;
}

/** As it is, or slowed; then how much, as a loop in a worker tells it. */
async function timed(proof, rate) {
  const page = await pageOf(chromium);
  await page.addInitScript(() => {
    window.longest = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((one) => {
      window.longest = Math.max(window.longest, Math.round(one.duration));
    })).observe({ entryTypes: ['longtask'] });
  });
  await page.goto(panel);
  let said = '';
  if (rate === 1) {
    said = await verified(page, proof);
  } else {
    const before_ms = await workerLoop(page);
    const stop = await slow(chromium, rate);
    try {
      const factor = await workerLoop(page) / before_ms;
      said = `${await verified(page, proof)}, a loop in a worker ` +
        `${factor.toFixed(1)} times as long`;
    } finally {
      await stop();
    }
  }
  await page.context().close();
  return said;
}

test('how long opened proofs take', async (t) => {
  const counts = (process.env.TARGETS || '300,5000').split(',').map(Number);
  for (const count of counts) {
    const { proof } = rehearse(room(), '--targets', register(2 * count),
      '--rate', '50%');
    t.diagnostic(`${count} targets: ${await timed(proof, 1)}`);
    if (count > 300) continue;
    t.diagnostic(`${count} targets, run a quarter of the time: ` +
      `${await timed(proof, 4)}`);
  }
});
