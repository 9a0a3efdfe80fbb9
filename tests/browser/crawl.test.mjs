// Every page that can be reached: on a telephone, for those who do not see,
// without JavaScript.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  axeOf, browser, overflows, pageOf, rehearse, room, serve,
} from './shared.mjs';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const FIRST = ['/', '/draws/1', '/receipt', '/beacon', '/screen/1', '/en',
  '/draws/99', '/no-such-page', '/search?q=%E9%A3%9F%E5%93%81'];
// One of a kind is as good as all of them.
const KIND_MAX = 2;

const WIDTHS = [360, 390];
const OFFICE = { name: '示范市市场监督管理局双随机办公室',
  telephone: '0359-2026 2027', hours: '工作日 8:30–17:30',
  supervisor: '示范市纪委监委驻局组', supervisor_telephone: '0359-2026 2028' };

const { data } = rehearse(room());
writeFileSync(join(data, 'office.json'), JSON.stringify(OFFICE));
const base = await serve(data);
const chromium = await browser();

/** The kind of a page: its address without what tells one from another. */
const kindOf = (path) => path.replace(/\?.*/, '?').replace(/[0-9]+/g, '#')
  .replace(/(\/targets\/).*/, '$1');

function linksOf(page) {
  return page.evaluate(() => Array.from(document.links)
    .filter((link) => link.origin === location.origin && !link.download)
    .map((link) => link.pathname + link.search));
}

const isPage = (path) =>
  !/^\/(api|log\/|static|healthz|files)|\.[a-z]+$|\/[a-z]+\.[a-z]+/.test(path);

/** Telephones, codes and numbers of draws that stand on two lines. */
function broken(page) {
  return page.evaluate(() => {
    const whole = /第\s[\d,]+\s号|[0-9A-Z]{15,18}|\d{4}-\d{4} \d{4}/g;
    const texts = document.createTreeWalker(document.body, 4);
    const found = [];
    while (texts.nextNode() !== null) {
      const node = texts.currentNode;
      for (const { 0: text, index } of node.data.matchAll(whole)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + text.length);
        const tops = Array.from(range.getClientRects(), ({ top }) =>
          Math.round(top));
        if (new Set(tops).size > 1) found.push(`in two: ${text}`);
      }
    }
    return found;
  });
}

/** Calls `look` on each kind of page, KIND_MAX of each. */
async function crawl(page, look) {
  const seen = new Set();
  const counts = {};
  const queue = FIRST.slice();
  while (queue.length > 0) {
    const path = queue.shift();
    const kind = kindOf(path);
    if (seen.has(path) || (counts[kind] || 0) >= KIND_MAX) continue;
    seen.add(path);
    const reply = await page.goto(base + path);
    if (!/html/.test(reply.headers()['content-type'])) continue;
    counts[kind] = (counts[kind] || 0) + 1;
    await look(path, reply);
    queue.push(...(await linksOf(page)).filter(isPage));
  }
  return seen;
}

test('no page is wider than a telephone or has a fault axe finds',
  async (t) => {
    const page = await pageOf(chromium, PHONE);
    const faults = [];
    const seen = await crawl(page, async (path, reply) => {
      const expected = /99|no-such/.test(path) ? 404 : 200;
      if (reply.status() !== expected) faults.push(`${path}: ${reply.status()}`);
      for (const one of page.wrong.splice(0)) faults.push(`${path}: ${one}`);
      const wide = await overflows(page);
      if (wide > 0) faults.push(`${path}: ${wide} px too wide`);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 });
        for (const one of await broken(page)) faults.push(`${path}: ${one}`);
      }
      for (const one of await axeOf(page)) faults.push(`${path}: ${one}`);
      page.wrong.splice(0);
    });
    t.diagnostic(`${seen.size} pages: ${[...seen].join(' ')}`);
    assert.deepEqual(faults, []);
    assert.ok(seen.size > 12, 'the pages lead to one another');
  });

test('without JavaScript every page says what it has to say', async () => {
  const page = await pageOf(chromium,
    Object.assign({ javaScriptEnabled: false }, PHONE));
  for (const path of FIRST) {
    await page.goto(base + path);
    const text = await page.locator('body').innerText();
    assert.ok(text.length > 60, path);
    assert.ok(/演练/.test(text), `${path}: a rehearsal is marked`);
  }
});
