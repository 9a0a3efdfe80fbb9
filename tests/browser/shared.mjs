// What the journeys share: ceremonies by the real verbs, a server, a browser.

import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const house = fileURLToPath(new URL('../../', import.meta.url));
const yaohao = join(house, 'build/yaohao');
const lists = join(house, 'tests/vectors/register');
const WAIT_MS = 120000;
const BROWSERS = [process.env.CHROMIUM, '/usr/bin/chromium',
  '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A folder that is gone after the tests. */
export function room() {
  const at = mkdtempSync(join(tmpdir(), 'yaohao-browser-'));
  after(() => rmSync(at, { recursive: true, force: true }));
  return at;
}

export function run(...words) {
  return execFileSync(yaohao, words,
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** `rehearse` in one go; its data directory can be served. */
export function rehearse(at, ...more) {
  const out = join(at, 'out');
  run('rehearse', '--targets', join(lists, 'targets.csv'), '--inspectors',
    join(lists, 'inspectors.csv'), '--rate', '3%', '--team', '2',
    '--out', out, ...more);
  return { out, data: join(out, '.work'), proof: join(out, 'draw.proof.json') };
}

/** A year's six draws with hostile lists; see tests/portal.inc. */
export function portal(at) {
  const script = '. tests/portal.inc; portal_hostile "$1" "$2"';
  execFileSync('sh', ['-c', script, 'sh', join(at, 'data'),
    join(at, 'lists')], { cwd: house, stdio: ['ignore', 'pipe', 'inherit'] });
  return join(at, 'data');
}

const STRATA = [{ name: '全部', class: 'public', take: '3%', least: 0 }];
const iso = (time) => new Date(time * 1000).toISOString()
  .replace('.000Z', 'Z');

/**
 * A draw by the real verbs on a clock of its own: step by step, so that a
 * test can look in between.  `start` is when the directory is made.
 */
export class Ceremony {
  constructor(at, start) {
    this.data = join(at, 'data');
    this.start = start;
    this.t0 = start + 3600;
    this.t1 = this.t0 + 60;
    this.at(start, 'init', '--origin', 'browser.test/rehearsal',
      '--rehearsal');
    for (const list of ['targets', 'inspectors', 'items', 'plan']) {
      this.at(start, 'import', list, join(lists, `${list}.csv`),
        '--accept-warnings');
    }
    this.at(start, 'activate', 'targets', '1');
    this.at(start, 'activate', 'inspectors', '1');
    this.at(start, 'publish', 'items');
    this.at(start, 'publish', 'plan');
    this.room = at;
  }

  at(time, verb, ...words) {
    return run(verb, this.data, ...words, '--now', iso(time));
  }

  announce(more) {
    const file = join(this.room, 'A.json');
    writeFileSync(file, JSON.stringify(Object.assign({ batch: '2027-03',
      t0: this.t0, t1: this.t1, t4: this.t1 + 86400, strata: STRATA }, more)));
    return this.at(this.start + 60, 'announce', file);
  }

  freeze(n = '1') { return this.at(this.t0 - 60, 'freeze', n); }

  reveal(n = '1') { return this.at(this.t0 + 30, 'reveal', n); }

  beacon(n = '1') { return this.at(this.t1 + 10, 'beacon', n); }

  draw(n = '1') { return this.at(this.t1 + 20, 'draw', n); }

  open(n = '1', later = 30) {
    return this.at(this.t1 + later, 'open', n, '--by', '甲', '--by', '乙');
  }

  /** The same directory as it stands now, in a folder of its own. */
  copy(name) {
    const twin = Object.assign(Object.create(Ceremony.prototype), this);
    twin.data = join(this.room, name);
    cpSync(this.data, twin.data, { recursive: true });
    return twin;
  }

  whole(more) {
    this.announce(more);
    for (const step of ['freeze', 'reveal', 'beacon', 'draw']) this[step]();
    return this;
  }
}

function freePort() {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

function start(data, address) {
  const server = spawn(yaohao, ['serve', data, '--listen', address],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  const ready = new Promise((done, failed) => {
    server.stdout.on('data', (text) => {
      if (String(text).includes('ready')) done();
    });
    server.on('exit', (code) => failed(new Error(`serve: exit ${code}`)));
  });
  return { server, ready };
}

/** A server whose data directory can be changed for another: `show(data)`. */
export async function serveIn() {
  const address = `127.0.0.1:${await freePort()}`;
  let server = null;
  const stop = () => new Promise((done) => {
    if (server === null) return done();
    server.once('exit', done);
    server.kill();
    server = null;
    return undefined;
  });
  after(stop);
  const show = async (data) => {
    await stop();
    const started = start(data, address);
    server = started.server;
    await started.ready;
  };
  return { base: `http://${address}`, show };
}

/** Serves a data directory until the tests end; the address. */
export async function serve(data) {
  const { base, show } = await serveIn();
  await show(data);
  return base;
}

/** One browser for a file of tests. */
export async function browser() {
  const executablePath = BROWSERS.find((path) => path && existsSync(path));
  if (executablePath === undefined) throw new Error('no chromium');
  const found = await chromium.launch({ executablePath,
    args: ['--no-sandbox', '--disable-gpu'] });
  after(() => found.close());
  return found;
}

/** A page that fails its test on any error of a script or of the policy. */
export async function pageOf(of, options) {
  const context = await of.newContext(options);
  // A busy machine is no fault of the page.
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  page.wrong = [];
  page.on('pageerror', (error) => page.wrong.push(error.message));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !/Failed to load resource/.test(text)) {
      page.wrong.push(text);
    }
  });
  return page;
}

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong, as sentences. */
export async function axeOf(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.map(({ id, nodes }) =>
    `${id}: ${nodes.map((one) => one.html).join(' | ').slice(0, 400)}`);
}

/** Nothing is wider than the screen. */
export function overflows(page) {
  return page.evaluate(() => document.documentElement.scrollWidth -
    document.documentElement.clientWidth);
}

/** Keeps a picture, of a part where one is named, in the folder PICTURES. */
export async function picture(page, name, part) {
  const { PICTURES } = process.env;
  if (!PICTURES) return;
  const path = join(PICTURES, `${name}.png`);
  if (part) await page.locator(part).screenshot({ path });
  else await page.screenshot({ path, fullPage: true });
}

export function scanFile(path) {
  // It complains of a bus that it does not need.
  return execFileSync('zbarimg', ['--quiet', '--raw', path],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

/** What a scanner reads off a picture of an element. */
export async function scan(locator, at) {
  const path = join(at, 'scan.png');
  await locator.screenshot({ path });
  return scanFile(path);
}
