// Every route at every stage of a draw, the server started once: what is
// logged is seen, what is sealed is not.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { AT, BY, Log, same, Served, YAOHAO } from './served.mjs';

const SEALED = '{"draw":1,"text":"名单已封存，T4 后可查"}';
let log, served;

before(async () => {
  log = new Log();
  served = await Served.start(log);
});
after(async () => {
  await served.stop();
  log.remove();
});

const status = async (path) => (await served.get(path)).status;
const text = async (path) => String((await served.get(path)).body);

/** What holds at every stage; `size` is the log's. */
async function everything(size, stage) {
  const health = await served.json('/healthz');
  assert.deepEqual(health, { size, status: 'ok' });
  const note = await served.get('/log/checkpoint');
  assert.equal(String(note.body).split('\n')[1], String(size));
  assert.equal(note.headers['cache-control'], 'no-cache');
  assert.equal(await text(`/log/heads/${size}`), String(note.body));
  const tile = await served.get(`/log/tile/0/000.p/${size}`);
  assert.equal(tile.body.length, 32 * size);
  assert.match(tile.headers['cache-control'], /immutable/);
  assert.equal(await status(`/log/tile/0/000.p/${size + 1}`), 404);
  assert.equal(await status(`/log/tile/entries/000.p/${size}`), 200);
  const draws = await served.json('/api/v1/draws');
  const first = await served.json('/api/v1/draws/1');
  assert.equal(first.stage, stage);
  assert.deepEqual(draws.find((one) => one.draw === 1), first);

  const proof = join(log.room, 'proof.json');
  writeFileSync(proof, (await served.get('/api/v1/draws/1/proof')).body);
  const verdict = spawnSync(YAOHAO, ['verify', proof, '--rehearsal'],
    { encoding: 'utf8' });
  assert.equal(verdict.status, 0, verdict.stdout);
}

/** Codes in and out, spelled in every way, get the same bytes. */
async function uniform() {
  const path = '/api/v1/draws/1/targets/';
  const first = await served.get(path + log.rows[0].code);
  assert.equal(first.status, 200);
  assert.equal(String(first.body), SEALED);
  const { code } = log.rows[1];
  const others = [code, code.toLowerCase(), '91140800MA0TE5T162', 'x',
    `%20${code}%20`, code.replace('9', '%39'), `${code}/x`, '%E8%BF%90',
    code.replace('9', '%EF%BC%99'), '0'.repeat(200)];
  for (const other of others)
    assert.ok(same(first, await served.get(path + other)), other);
  assert.deepEqual(await served.json('/api/v1/draws/1/openings'), []);
}

test('a draw is seen step by step, and sealed until it is opened',
  async () => {
    assert.equal(await status('/api/v1/draws/1'), 404);
    assert.equal(await status('/api/v1/draws/1/proof'), 404);
    assert.equal(await status('/api/v1/draws/1/openings'), 404);
    assert.equal(await status(
      `/api/v1/draws/1/targets/${log.rows[0].code}`), 404);
    assert.deepEqual(await served.json('/api/v1/draws'), []);
    log.now = AT.announced;
    log.announce({ batch: '2027-1' });
    await everything(5, '已公告');
    await uniform();
    log.step('freeze', 1);
    await everything(6, '已封存');
    await uniform();
    log.now = AT.t0;
    log.step('reveal', 1);
    await everything(7, '已揭示');
    await uniform();
    log.now = AT.drawn;
    log.step('beacon', 1);
    await everything(8, '信标已到');
    await uniform();
    log.step('draw', 1);
    await everything(9, '已抽取');
    await uniform();
  });

test('when it is opened, a code has an answer in any spelling', async () => {
  log.now = AT.opened;
  log.step('open', 1, ...BY);
  await everything(10, '已公开');
  const [opening] = await served.json('/api/v1/draws/1/openings');
  assert.equal(opening.kind, 'opening');
  let drawn = 0;
  for (const { code } of log.rows) {
    const path = `/api/v1/draws/1/targets/${code}`;
    const answer = await served.json(path);
    assert.equal(answer.code, code);
    const spelled = code.toLowerCase().replace('9', ' %EF%BC%99 ')
      .replaceAll(' ', '%20');
    assert.ok(same(await served.get(path),
      await served.get(`/api/v1/draws/1/targets/${spelled}`)));
    drawn += answer.drawn;
  }
  assert.equal(drawn, 20);
  const absent = await served.json('/api/v1/draws/1/targets/NOBODY');
  assert.equal(absent.drawn, 0);
});

test('a void draw keeps the sealed answer', async () => {
  log.now = AT.announced;
  const late = new Log();
  late.now = AT.announced;
  late.announce({ batch: '2027-1' });
  late.now = AT.t1;
  late.step('void', 1, '--cause', 'freeze-late', '--reason', '名单有误',
    ...BY);
  const other = await Served.start(late);
  const paths = late.rows.slice(0, 5).map(
    (row) => `/api/v1/draws/1/targets/${row.code}`);
  for (const path of paths)
    assert.equal(String((await other.get(path)).body), SEALED);
  assert.equal((await other.json('/api/v1/draws/1')).stage, '已作废');
  await other.stop();
  late.remove();
});

test('only files that the log names are served', async () => {
  const bundle = await served.get('/log/tile/entries/000.p/10');
  const named = new Set(String(bundle.body).match(/[0-9a-f]{64}/g));
  let found = 0;
  for (const digest of named) {
    const answer = await served.get(`/log/files/${digest}`);
    if (answer.status === 404) continue;
    assert.equal(createHash('sha256').update(answer.body).digest('hex'),
      digest);
    assert.match(answer.headers['cache-control'], /immutable/);
    found++;
  }
  assert.ok(found >= 3, `${found} files`);

  const secret = '不在日志里';
  const digest = createHash('sha256').update(secret).digest('hex');
  writeFileSync(join(log.dir, 'files', digest), secret);
  assert.equal(await status(`/log/files/${digest}`), 404);
  assert.equal(await status('/log/files/../log.vkey'), 400);
  assert.equal(await status(`/log/files/${digest.toUpperCase()}`), 404);
});

test('answers say how they may be kept, and are not sent twice', async () => {
  const path = '/api/v1/items';
  const plain = await served.get(path);
  const tag = plain.headers.etag;
  assert.match(tag, /^"[0-9a-f]{32}"$/);
  assert.equal(plain.headers.vary, 'Accept-Encoding');
  assert.equal(plain.headers['referrer-policy'], 'no-referrer');
  assert.equal(plain.headers['x-content-type-options'], 'nosniff');
  const policy = plain.headers['content-security-policy'];
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);

  for (const has of [tag, `W/${tag}`, `"x", ${tag}`, `"x",W/${tag} , "y"`,
    '*']) {
    const answer = await served.get(path, { 'If-None-Match': has });
    assert.equal(answer.status, 304, has);
    assert.equal(answer.body.length, 0);
    assert.equal(answer.headers.etag, tag);
  }
  for (const has of ['"x"', tag.slice(0, -2), `x${tag}`]) {
    const answer = await served.get(path, { 'If-None-Match': has });
    assert.equal(answer.status, 200, has);
  }

  const head = await served.get(path, {}, 'HEAD');
  assert.equal(head.body.length, 0);
  assert.deepEqual(head.headers, plain.headers);
});

test('long texts are sent as gzip to those who take it', async () => {
  const path = '/api/v1/draws/1/proof';
  const plain = await served.get(path);
  for (const takes of ['gzip', 'br, gzip;q=0.5', '*', 'GZIP']) {
    const packed = await served.get(path, { 'Accept-Encoding': takes });
    assert.equal(packed.headers['content-encoding'], 'gzip', takes);
    assert.notEqual(packed.headers.etag, plain.headers.etag);
    assert.ok(gunzipSync(packed.body).equals(plain.body));
    const again = await served.get(path, { 'Accept-Encoding': takes,
      'If-None-Match': packed.headers.etag });
    assert.equal(again.status, 304);
  }
  for (const takes of ['identity', 'gzip;q=0', 'gzip;q=0.000, *', 'xgzip']) {
    const answer = await served.get(path, { 'Accept-Encoding': takes });
    assert.equal(answer.headers['content-encoding'], undefined, takes);
    assert.ok(answer.body.equals(plain.body));
  }
  const tile = await served.get('/log/tile/0/000.p/10',
    { 'Accept-Encoding': 'gzip' });
  assert.equal(tile.headers['content-encoding'], undefined);
});

test('it listens at an IPv6 address too', async () => {
  const six = await Served.start(log, '::1');
  assert.equal((await six.json('/healthz')).status, 'ok');
  await six.stop();
});
