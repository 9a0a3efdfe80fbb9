// Whoever has the whole register and everything that is served of a sealed
// draw guesses the drawn no better than by chance; who has the frame key
// names every one.  All that is random comes from one fixed seed.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fromHex, toHex } from '../../audits/js/bytes.js';
import { QUICKNET, roundFor, testChain } from '../../audits/js/beacon.js';
import { hash, hashOfText } from '../../audits/js/hash.js';
import { pick } from '../../audits/js/pick.js';
import { drawSeed, frameKeyCommitment, orderOf, stratumSeed }
  from '../../audits/js/seeds.js';
import { AT, BY, Log, register, same, Served } from './served.mjs';

const ROWS = register(600);
const strata = { 1: ['餐饮', '食品销售'], 2: ['甲', '乙', '丙'] };
const value = { 甲: 'A', 乙: 'B', 丙: 'C' };
let log, served;

/** Two draws, one by what the public register shows, one by risk classes. */
before(() => {
  log = new Log(ROWS);
  log.now = AT.announced;
  log.announce({ batch: '2027-1', stratify: 'type', strata: strata[1].map(
    (name) => ({ name, class: 'public', take: '10%', least: 0 })) });
  log.announce({ batch: '2027-2', stratify: 'risk', strata: strata[2].map(
    (name) => ({ name, value: value[name], class: 'internal', take: '10%',
      least: 0 })) });
  for (const number of [1, 2]) log.step('freeze', number);
});
after(async () => {
  await served?.stop();
  log.remove();
});

/** The patterns of the program's own table: # a number, * the rest. */
const ROUTES = [...readFileSync(new URL(
  '../../service/http/route_table.c', import.meta.url), 'utf8')
  .matchAll(/^ {4}\{ "(\/[^"]*)"/gm)].map(([, pattern]) => pattern);

/** Those of the patterns that none of the paths belongs to. */
const missed = (patterns, paths) => patterns.filter((pattern) => {
  const words = pattern.replace('.', '\\.').replace('*', '.+')
    .replace('#', '[1-9]\\d*');
  const fits = new RegExp(`^${words}$`);
  return !paths.some((path) => fits.test(path.split('?')[0]));
});

/** Everything that can be had: what is linked, listed, or named by a hash. */
async function harvest() {
  const seen = new Map();
  const todo = ['/', '/healthz', '/log/checkpoint', '/api/v1/items',
    '/api/v1/plans', '/api/v1/draws', '/api/v1/log', '/draws', '/items',
    '/plans', '/statistics', '/search', '/feed.atom', '/draws.ics',
    '/sitemap.xml', '/robots.txt', '/.well-known/security.txt', '/log',
    '/how', '/en', '/receipt', '/beacon', '/api/v1/openapi.json',
    '/api/v1/items/versions', '/api/v1/plans/years', '/api/v1/statistics',
    '/api/v1/summary', '/api/v1/events', '/search?q=2027', '/search?q=1'];
  for (const number of [1, 2]) {
    const draw = `/api/v1/draws/${number}`;
    for (const path of ['', '/proof', '/openings', '/verdict', '/verdict/1'])
      todo.push(draw + path);
    for (const path of ['', '/record', '/page/1', '/targets.csv',
      '/targets.xlsx', '/qr.svg'])
      todo.push(`/draws/${number}${path}`);
    todo.push(`/screen/${number}`);
  }
  for (const pattern of ROUTES.filter((one) => !one.includes('*')))
    for (const number of ['1', '2']) todo.push(pattern.replace('#', number));
  for (const [path, word] of [['/api/v1/targets/', '91140800MA0ZZZZ00'],
    ['/targets/', '91140800MA0ZZZZ00'], ['/lists/', 'other'],
    ['/api/v1/lists/', 'other'], ['/api/v1/draws/1/targets/', 'X']])
    todo.push(path + word);
  const { size } = await served.json('/healthz');
  for (let width = 1; width <= size; width++)
    todo.push(`/log/heads/${width}`, `/log/tile/0/000.p/${width}`,
      `/log/tile/entries/000.p/${width}`);
  while (todo.length > 0) {
    const path = todo.pop();
    if (seen.has(path)) continue;
    const answer = await served.get(path);
    const text = answer.body.toString('latin1');
    seen.set(path, answer);
    if (answer.status !== 200 || path.startsWith('/static/')) continue;
    for (const [digest] of text.matchAll(/\b[0-9a-f]{64}\b/g))
      todo.push(`/log/files/${digest}`);
    for (const [, link] of text.matchAll(
      /(?:href|src|action|content)="(\/[^"#]*)/g))
      todo.push(link.replaceAll('&amp;', '&'));
  }
  const paths = [...seen.keys()];
  assert.ok(ROUTES.length > 40, `${ROUTES.length} routes`);
  assert.deepEqual(missed(ROUTES, paths), []);
  for (const route of ['/', '/draws/#/record', '/targets/*'])
    assert.deepEqual(missed([route], paths.filter((path) =>
      missed([route], [path]).length === 1)), [route]);
  return [...seen].filter(([, answer]) => answer.status === 200);
}

/** A stratum's rows as the whole register shows them. */
const members = (number, name) => ROWS.filter((row) => (number === 1
  ? row.type === name : row.risk === value[name]));

/** The positions, which anybody may compute, from the draw's entries. */
function positionsOf(number, entries) {
  const of = (kind) => entries.find((text) => {
    const entry = JSON.parse(text);
    return entry.kind === kind && [0, number].includes(entry.draw);
  });
  const [A, F, V, B, first] = ['announcement', 'freeze', 'reveal', 'beacon',
    'log'].map(of);
  const chain = testChain(JSON.parse(first).beacon);
  assert.notEqual(chain, QUICKNET);
  const round = JSON.parse(B).round;
  assert.equal(round, roundFor(chain, JSON.parse(A).t1, 3));
  const seed = drawSeed({ announcement: hashOfText(A), freeze: hashOfText(F),
    secret: fromHex(JSON.parse(V).secret), contributions: [],
    chain: chain.hash, round, signature: fromHex(JSON.parse(B).signature) });
  return { freeze: JSON.parse(F), strata: Object.fromEntries(
    JSON.parse(F).strata.map(({ name, count }) => [name,
      pick(stratumSeed(seed, name), count, Math.ceil(count / 10))])) };
}

/** The codes at these positions under a key. */
function nameThem(key, rows, positions) {
  const ordered = rows.map(({ code }) => [toHex(orderOf(key, code)), code])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return positions.map((position) => ordered[position][1]);
}

/** The first `count` codes by a score. */
const best = (rows, count, score) => rows
  .map((row) => [score(row), row.code])
  .sort(([a, c], [b, d]) => b - a || (c < d ? -1 : 1))
  .slice(0, count).map(([, code]) => code);

/**
 * Guesses for one stratum, as many codes as were drawn, each by another
 * thought: a key found in the open, traces of a row in what is served.
 */
function guesses({ keys, texts, whole }, rows, positions, opens) {
  const count = positions.length;
  const made = [];
  const key = keys.find(opens);
  if (key) made.push(['the key', nameThem(key, rows, positions)]);
  for (const one of keys)
    made.push(['a hash as the key', nameThem(one, rows, positions)]);
  const sorted = [...rows].sort((a, b) => (a.code < b.code ? -1 : 1));
  made.push(['sorted', positions.map((at) => sorted[at].code)]);
  made.push(['as imported', positions.map((at) => rows[at].code)]);
  made.push(['named', best(rows, count, (row) => texts.filter((text) =>
    text.includes(row.code) || text.includes(row.name)).length)]);
  made.push(['hashed', best(rows, count, (row) =>
    [hashOfText(row.code), hashOfText(row.name), hash('row/v1',
      new Uint8Array(32), new TextEncoder().encode(row.code))]
      .filter((digest) => whole.has(toHex(digest))).length)]);
  return made;
}

const choose = (n, k) => {
  let sum = 0;
  for (let i = 0; i < k; i++) sum += Math.log((n - i) / (i + 1));
  return sum;
};

/** P(at least `hits` of k guesses among k drawn of N). */
function chance(N, k, hits) {
  let p = 0;
  for (let h = hits; h <= k; h++)
    p += Math.exp(choose(k, h) + choose(N - k, k - h) - choose(N, k));
  return p;
}

let material, positions;

test('what is served of a sealed draw betrays nothing', async () => {
  log.now = AT.t0;
  for (const number of [1, 2]) log.step('reveal', number);
  log.now = AT.drawn;
  for (const verb of ['beacon', 'draw'])
    for (const number of [1, 2]) log.step(verb, number);
  served = await Served.start(log);
  const found = await harvest();
  assert.ok(found.length > 20, `${found.length} answers`);
  const texts = found.map(([path, { headers, body }]) =>
    `${path}\n${JSON.stringify(headers)}\n${body}`);
  const whole = new Set(texts.flatMap((text) =>
    text.match(/\b[0-9a-f]{64}\b/g) ?? []));
  material = { texts, whole, keys: [...whole].map(fromHex) };
  console.log(`# ${found.length} answers, ${whole.size} hashes`);

  const { body } = await served.get('/api/v1/draws/1/proof');
  const other = await served.get('/api/v1/draws/2/proof');
  positions = [body, other.body].map((text, i) => positionsOf(i + 1,
    JSON.parse(text).entries.map((entry) => entry.text)));
  for (const text of texts)
    for (const { code, name } of ROWS)
      assert.ok(!text.includes(code) && !text.includes(name),
        `${code} in ${text.slice(0, 60)}`);
});

/** The whole register, code by code: one answer, but for the date. */
test('every code of the register gets the same bytes', async () => {
  for (const path of ['/api/v1/draws/1/targets/', '/api/v1/draws/2/targets/'])
    for (let i = 0, first; i < ROWS.length; i += 16) {
      const codes = [...ROWS.slice(i, i + 16).map((row) => row.code),
        `9114080${i}WRONG`];
      const got = await Promise.all(codes.map((code) =>
        served.get(path + code)));
      first ??= got[0];
      assert.equal(first.status, 200);
      got.forEach((one, j) => assert.ok(same(first, one), codes[j]));
    }
});

/** Pages that repeat what was asked: the same but for that. */
test('no page about a code depends on more than its letters', async () => {
  const ask = async (path, word) => {
    const { status, headers, body } = await served.get(
      path + encodeURIComponent(word));
    const { etag, 'content-length': length, ...rest } = headers;
    assert.equal(status === 200, etag !== undefined && length > 0);
    return JSON.stringify([status, rest, String(body)
      .replaceAll(encodeURIComponent(word), '?').replaceAll(word, '?')]);
  };
  for (const path of ['/targets/', '/api/v1/targets/', '/search?q=',
    '/api/v1/search?q='])
    for (let i = 0, first; i < ROWS.length; i += 16) {
      const words = [...ROWS.slice(i, i + 16).map((row) => row.code),
        `9114080${10000000000 + i}`];
      const got = await Promise.all(words.map((word) => ask(path, word)));
      first ??= got[0];
      got.forEach((one, j) => assert.equal(one, first, path + words[j]));
    }
});

test('guesses are no better than chance, and with the key all are right',
  async () => {
    log.now = AT.opened;
    for (const number of [1, 2]) log.step('open', number, ...BY);
    let tried = 0;
    for (const number of [1, 2]) {
      const [opening] = await served.json(
        `/api/v1/draws/${number}/openings`);
      const targets = Array.isArray(opening.targets) ? opening.targets
        : await served.json(`/log/files/${opening.targets.sha256}`);
      const { freeze, strata: drawnAt } = positions[number - 1];
      const opens = (key) =>
        toHex(frameKeyCommitment(number, key)) === freeze.frame_key;
      for (const name of strata[number]) {
        const truth = new Set(targets.filter((one) => one.stratum === name)
          .map((one) => JSON.parse(one.row).code));
        const rows = members(number, name);
        const at = drawnAt[name];
        assert.equal(truth.size, at.length);
        const made = guesses(material, rows, at, opens);
        const limit = 1e-6 / made.length;
        for (const [thought, codes] of made) {
          const hits = codes.filter((code) => truth.has(code)).length;
          assert.ok(chance(rows.length, at.length, hits) > limit,
            `${thought}: ${hits} of ${at.length} in ${name}`);
          tried++;
        }
        if (number !== 1) continue;
        const key = fromHex(opening.frame_key);
        const known = guesses({ ...material, keys: [...material.keys, key] },
          rows, at, opens);
        assert.equal(known[0][0], 'the key');
        assert.deepEqual(new Set(known[0][1]), truth);
        assert.ok(chance(rows.length, at.length, at.length) < limit);
      }
    }
    console.log(`# ${tried} guesses`);
  });
