// The site as files: on another server under a path of its own, and opened
// from a disk.  A stranger's server answers for files and nothing else.

import assert from 'node:assert/strict';
import {
  existsSync, readFileSync, readdirSync, statSync, writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  Ceremony, axeOf, browser, overflows, pageOf, room, run,
} from './shared.mjs';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const PREFIX = '/zfxxgk/yaohao/';
const TYPES = { '.html': 'text/html', '.js': 'text/javascript',
  '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml' };
const KIND_MAX = 2;

const at = room();
const year = new Date().getUTCFullYear();
const whole = new Ceremony(at, Date.UTC(year, 0, 5) / 1000).whole();
whole.open();
const out = join(at, 'out');
run('export', whole.data, out);
const code = run('receipt', whole.data, '1', drawnCode(out)).trim();
const chromium = await browser();
const asked = [];
const web = `http://127.0.0.1:${await serveFiles(out)}${PREFIX}`;
const disk = `${pathToFileURL(out).href}/`;

function announceAnother(t0) {
  const file = join(at, 'another.json');
  writeFileSync(file, JSON.stringify({ batch: '2027-02', t0, t1: t0 + 60,
    t4: t0 + 86400,
    strata: [{ name: '全部', class: 'public', take: '20', least: 0 }] }));
  whole.at(whole.t1 + 40, 'announce', file);
}

function drawnCode(folder) {
  const text = readFileSync(join(folder, 'draws/1/targets.csv'), 'utf8');
  return /[0-9A-Z]{18}/.exec(text)[0];
}

/** Files under PREFIX; a folder is its index.html; all else is 404. */
async function serveFiles(folder) {
  const server = createServer((request, reply) => {
    const { pathname } = new URL(request.url, 'http://x');
    const path = decodeURIComponent(pathname);
    let file = join(folder, path.slice(PREFIX.length));
    if (existsSync(file) && statSync(file).isDirectory()) {
      file = join(file, 'index.html');
    }
    const isThere = path.startsWith(PREFIX) && existsSync(file);
    asked.push(`${isThere ? 200 : 404} ${path}`);
    reply.writeHead(isThere ? 200 : 404, {
      'content-type': `${TYPES[extname(file)] || 'text/plain'}; charset=utf-8`,
      'content-security-policy': "default-src 'self'; object-src 'none'" });
    reply.end(isThere ? readFileSync(file) : 'no');
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  after(() => server.close());
  return server.address().port;
}

function filesIn(folder, below = '') {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .flatMap((one) => one.isDirectory()
      ? filesIn(folder, join(below, one.name)) : [join(below, one.name)]);
}

const kindOf = (path) => path.replace(/[?#].*/, '').replace(/[0-9]+/g, '#')
  .replace(/(targets\/).*/, '$1');

/** Opens pages from `base` on, KIND_MAX of a kind; what is wrong. */
async function crawl(page, base) {
  const faults = [];
  const counts = {};
  const seen = new Set();
  const queue = ['index.html', 'screen/1/index.html', 'beacon/index.html',
    'receipt/index.html', 'verifier/index.html'];
  while (queue.length > 0) {
    const path = queue.shift();
    const kind = kindOf(path);
    if (seen.has(path) || (counts[kind] || 0) >= KIND_MAX) continue;
    seen.add(path);
    counts[kind] = (counts[kind] || 0) + 1;
    await page.goto(base + path);
    const links = await page.evaluate(() => Array.from(document.links)
      .map((one) => one.href));
    for (const link of links.map((one) => one.replace(/[?#].*/, ''))) {
      if (/^(tel|mailto):/.test(link)) continue;
      const to = decodeURIComponent(link.slice(base.length));
      if (!link.startsWith(base)) faults.push(`${path}: leaves: ${link}`);
      else if (!existsSync(join(out, to)) ||
        statSync(join(out, to)).isDirectory()) faults.push(`${path}: ${to}`);
      else if (/\.html$/.test(to)) queue.push(to);
    }
    const wide = await overflows(page);
    if (wide > 0) faults.push(`${path}: ${wide} px too wide`);
    for (const one of page.wrong.splice(0)) faults.push(`${path}: ${one}`);
    if (base === disk) continue; // axe would read the style sheets
    for (const one of await axeOf(page)) faults.push(`${path}: ${one}`);
    page.wrong.splice(0);
  }
  return { faults, seen };
}

async function find(page, text) {
  await page.fill('#q', text);
  await page.click('form.search button[type=submit]');
  await page.waitForSelector('#found p:has-text("抽取：")');
  if (text.length > 1) await page.waitForSelector('#found p:has-text("检查对象：")');
  return page.locator('#found').innerText();
}

/** What a citizen does, wherever the copy lies. */
async function journey(page, base, isOnDisk) {
  await page.goto(`${base}index.html`);
  await page.fill('#q', '有限');
  await page.click('form.search button');
  await page.waitForSelector('#found li');
  assert.match(await page.locator('#found').innerText(), /检查对象：\d+ 户/);
  const wanted = drawnCode(out);
  assert.match(await find(page, wanted), new RegExp(wanted));
  assert.match(await find(page, wanted.slice(-5)), new RegExp(wanted));
  assert.match(await find(page, '1'), /第 1 号抽取/);
  assert.match(await find(page, `${year}-01-05`), /第 1 号抽取/);
  assert.match(await find(page, '毫无踪影'), /抽取：没有找到[^]*没有找到/);
  await page.goto(`${base}lists/index.html?q=100%`);
  await page.waitForSelector('#found p:has-text("抽取：")');
  assert.equal(await page.inputValue('#q'), '100%');
  await find(page, wanted);
  assert.equal(await page.locator('#found li a > bdi').count(), 1);
  await page.click('#found li a');
  assert.match(await page.locator('main').innerText(), /被抽中 1 次/);

  await page.click('a:text-is("第 1 号")');
  await page.click('button:text-is("在本机核验")');
  await page.waitForSelector('[data-exit]');
  assert.equal(await page.getAttribute('[data-exit]', 'data-exit'), '3');
  const head = await page.locator('[data-head]').getAttribute('data-head');
  assert.equal(head, isOnDisk ? 'absent' : 'first');
  assert.match(await page.locator('#verify').innerText(), /服务器说/);
  assert.equal(await page.locator('tr.is-refused').count(), 0);

  await page.goto(`${base}how/index.html`);
  await page.click('button:text-is("替我改一个字")');
  await page.click('button:text-is("核验这份副本")');
  await page.waitForSelector('#try [data-exit="1"]');

  await page.goto(`${base}receipt/index.html#${code}`);
  await page.waitForSelector('[data-verdict="good"]');
  assert.match(await page.locator('#receipt').innerText(), /检查事项/);

  await page.goto(`${base}screen/1/index.html`);
  await page.waitForSelector('.cards li');
  assert.match(await page.locator('#link').innerText(), /静态副本，不是实时/);
  assert.equal(await page.locator('#qr svg').count(), isOnDisk ? 0 : 1);

  await page.goto(`${base}log/index.html`);
  assert.match(await page.locator('main').innerText(), /browser\.test/);
  assert.deepEqual(page.wrong, []);
}

for (const [name, base] of [['a path of another server', web],
  ['a disk', disk]]) {
  test(`from ${name} a firm is found, a draw verified, a receipt checked`,
    async () => {
      const page = await pageOf(chromium, PHONE);
      await journey(page, base, base === disk);
    });

  test(`from ${name} every link of every kind of page leads to a file`,
    async (t) => {
      const page = await pageOf(chromium, PHONE);
      const { faults, seen } = await crawl(page, base);
      t.diagnostic(`${seen.size} pages: ${[...seen].join(' ')}`);
      assert.deepEqual(faults, []);
      assert.ok(seen.size > 15, 'the pages lead to one another');
    });
}

test('the stranger\'s server was asked for nothing that is not there', () => {
  assert.deepEqual([...new Set(asked)].filter((one) => /^404/.test(one)
    && !/favicon/.test(one)), []);
});

test('a second run writes what changed and says so', () => {
  const before = filesIn(out).length;
  const same = run('export', whole.data, out);
  assert.match(same, /新增 0，变更 0，删除 0/);
  announceAnother(whole.t1 + 3600);
  const said = run('export', whole.data, out);
  assert.match(said, /新增 [1-9]/);
  const note = readFileSync(join(out, 'delivery.txt'), 'utf8');
  assert.match(note, /新增 {2}[0-9a-f]{64} {2}draws\/2\/index\.html/);
  assert.match(note, /变更 {2}[0-9a-f]{64} {2}find\/draws\.js/);
  assert.doesNotMatch(note, /targets\/9/, 'pages of firms are the same');
  assert.ok(filesIn(out).length > before);
});
