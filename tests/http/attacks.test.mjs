// What a hostile reader sends: over raw sockets, byte by byte.

import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { Log, same, Served } from './served.mjs';

let log, served;

before(async () => {
  log = new Log();
  served = await Served.start(log);
  log.now = '2027-03-01T09:00:00Z';
  log.announce({ batch: '2027-1' });
});
after(async () => {
  await served.stop();
  log.remove();
});

const answers = (text) => (text.match(/HTTP\/1\.[01] \d{3}/g) ?? []);
const CLOSE = 'Connection: close\r\n';

test('a request has one length and one host, and no body', async () => {
  const cases = {
    'two hosts': 'Host: a\r\nHost: b\r\n',
    'two hosts that are the same': 'Host: a\r\nhost: a\r\n',
    'two lengths': 'Host: a\r\nContent-Length: 0\r\nContent-Length: 0\r\n',
    'lengths that differ':
      'Host: a\r\nContent-Length: 0\r\nContent-Length: 5\r\n',
    'length and coding':
      'Host: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n',
    'coding and length':
      'Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n',
    'a coding': 'Host: a\r\nTransfer-Encoding: chunked\r\n',
    'a coding that is none': 'Host: a\r\nTransfer-Encoding: xchunked\r\n',
    'a length with a sign': 'Host: a\r\nContent-Length: +0\r\n',
    'a length of lengths': 'Host: a\r\nContent-Length: 0, 0\r\n',
    'no host': '',
  };
  for (const [name, headers] of Object.entries(cases)) {
    const got = answers(await served.raw(
      `GET /healthz HTTP/1.1\r\n${headers}\r\n0\r\n\r\n`, 400));
    assert.match(got[0], / 4\d\d$/, `${name}: ${got}`);
  }
});

test('behind a refused request nothing else is answered', async () => {
  const hidden = 'GET /api/v1/draws HTTP/1.1\r\nHost: a\r\n\r\n';
  const cases = [
    `Content-Length: ${hidden.length}\r\nTransfer-Encoding: chunked\r\n\r\n`
      + `0\r\n\r\n${hidden}`,
    `Content-Length: 4\r\nContent-Length: 0\r\n\r\n${hidden}`,
    `Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `Content-Length: ${hidden.length}\r\n\r\n${hidden}`,
  ];
  for (const rest of cases) {
    const text = await served.raw(
      `GET /healthz HTTP/1.1\r\nHost: a\r\n${rest}`, 600);
    assert.doesNotMatch(text, /已公告/, rest);
    assert.ok(answers(text).length <= 1, `${rest}: ${text}`);
    assert.doesNotMatch(text, /HTTP\/1\.1 200/, rest);
  }
});

test('requests in one packet are answered in order', async () => {
  const one = 'GET /api/v1/draws/1 HTTP/1.1\r\nHost: a\r\n';
  const text = await served.raw(
    `${one}\r\n${one}\r\nGET /x HTTP/1.1\r\nHost: a\r\n${CLOSE}\r\n`);
  assert.deepEqual(answers(text).map((line) => line.slice(-3)),
    ['200', '200', '404']);
});

test('an address has one spelling', async () => {
  const paths = ['//', '/.', '/..', '/../etc/passwd', '/log/../../etc/passwd',
    '/log/files/../../yaohao.db', '/log/files/..%2f..%2fyaohao.db',
    '/%2e%2e/%2e%2e/etc/passwd', '/log/files/%00', '/static/../asset.sh',
    '/static/%2e%2e/x', '/static/..\\x', '/log//checkpoint', '/log/./heads/1',
    '/log/checkpoint/', '/log/checkpoint%20', '/log/checkpoint?', '/healthz?x',
    '/log/checkpoint#x', '/LOG/checkpoint', '/log/tile/0/0', '/log/heads/01',
    '/log/heads/18446744073709551617', '/api/v1/draws/01', '/api/v1/draws/0',
    '/api/v1/draws/-1', '/api/v1/draws/1e0', '/api/v1/draws/%31',
    '/api/v1/draws/9007199254740993', '/api/v1/draws/1/', '*', 'healthz',
    'http://127.0.0.1/healthz', '/api/v1/draws/1/targets/%',
    '/api/v1/draws/1/targets/%ZZ', '/api/v1/draws/1/targets/%ff',
    '/api/v1/draws/1/targets/%c0%af', '/api/v1/draws/1/targets/%ed%a0%80',
    '/api/v1/draws/1/targets/%00', '/api/v1/draws/1/targets/a%0d%0aX:y',
    `/${'a'.repeat(3000)}`, `/healthz?${'a'.repeat(3000)}`,
    `/api/v1/draws/1/targets/${'a'.repeat(300)}`];
  for (const path of paths) {
    const text = await served.raw(
      `GET ${path} HTTP/1.1\r\nHost: a\r\n${CLOSE}\r\n`);
    assert.match(text, /^HTTP\/1\.1 4(00|04|14) /, path);
    assert.doesNotMatch(text, /root:|SQLite format|Location:/i, path);
    assert.match(text, /Cache-Control: no-store/i, path);
  }
});

test('NUL and other bytes that do not belong are no way in', async () => {
  const good = String((await served.get('/healthz')).body);
  const cases = [
    'GET /healthz\0 HTTP/1.1\r\nHost: a\r\n', 'GET \0 HTTP/1.1\r\nHost: a\r\n',
    'GET /log/files/\0 HTTP/1.1\r\nHost: a\r\n',
    'GET /healthz HTTP/1.1\r\nHost: a\r\nX: \x01\r\n',
    'GET /healthz HTTP/1.1\r\nHost: a\r\nX\0: b\r\n',
    'GET /health\x7fz HTTP/1.1\r\nHost: a\r\n',
    'GET /health\xffz HTTP/1.1\r\nHost: a\r\n',
    'GET /a b HTTP/1.1\r\nHost: a\r\n', 'GET\t/x HTTP/1.1\r\nHost: a\r\n',
    'G\0T /healthz HTTP/1.1\r\nHost: a\r\n', '\x16\x03\x01\x02\0\x01\0\x01',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n', 'GET /healthz\r\n',
  ];
  for (const head of cases) {
    const text = await served.raw(
      Buffer.from(`${head}${CLOSE}\r\n`, 'latin1'), 400);
    const got = answers(text);
    const name = JSON.stringify(head);
    assert.ok(got.length === 0 || / [45]\d\d$/.test(got[0])
      || text.endsWith(good), `${name}: ${text}`);
    assert.ok(got.length <= 1, name);
  }
  assert.equal(String((await served.get('/healthz')).body), good);
});

test('headers have limits', async () => {
  const ask = async (headers) => answers(await served.raw(
    `GET /healthz HTTP/1.1\r\nHost: a\r\n${CLOSE}${headers}\r\n`))[0];
  const many = (count) => 'X: y\r\n'.repeat(count);
  assert.match(await ask(many(60)), / 200$/);
  assert.match(await ask(many(70)), / 431$/);
  assert.match(await ask(`X: ${'y'.repeat(3000)}\r\n`), / 200$/);
  assert.match(await ask(`X: ${'y'.repeat(5000)}\r\n`), / 431$/);
  assert.match(await ask(`X: ${'y'.repeat(1 << 20)}\r\n`), / (400|413|431)$/);
});

test('only reading, and only of what is asked', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE',
    'PROPFIND', 'get']) {
    const text = await served.raw(
      `${method} /healthz HTTP/1.1\r\nHost: a\r\n${CLOSE}\r\n`);
    assert.match(text, /^HTTP\/1\.1 405 /, method);
    assert.match(text, /Allow: GET, HEAD/, method);
  }
});

test('what a header says changes no kept answer', async () => {
  const path = '/api/v1/plans';
  for (const headers of [
    { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' },
    { 'X-Original-URL': '/log/checkpoint', 'X-Rewrite-URL': '/x' },
    { Range: 'bytes=0-3' }, { Accept: 'text/html' }, { Cookie: 'a=b' },
    { 'Accept-Encoding': 'gzip"<script>' }, { 'Accept-Language': 'xx' },
    { 'If-None-Match': '"x' }, { 'X-HTTP-Method-Override': 'POST' },
  ]) {
    const first = await served.get(path, headers);
    const second = await served.get(path);
    assert.ok(same(first, second), JSON.stringify(headers));
    assert.doesNotMatch(String(first.body), /evil/);
  }
  const head = await served.get('/api/v1/items', {}, 'HEAD');
  const body = await served.get('/api/v1/items');
  assert.equal(Number(head.headers['content-length']), body.body.length);
});

/** `count` sockets that have sent `text`. */
async function open(count, text) {
  const sockets = Array.from({ length: count }, () => {
    const socket = net.connect(served.port, '127.0.0.1');
    socket.on('error', () => {});
    if (text !== '') socket.write(text);
    return socket;
  });
  await Promise.all(sockets.map((one) =>
    new Promise((done) => { one.once('connect', done); })));
  return sockets;
}

test('a thousand idle and a hundred slow readers stop nobody', async () => {
  const idle = await open(1000, '');
  const slow = await open(100,
    'GET /api/v1/draws/1/proof HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(20));
  slow.forEach((one) => one.pause());
  for (let i = 0; i < 50; i++) {
    const answer = await served.get('/api/v1/draws/1');
    assert.equal(answer.status, 200);
  }
  for (const one of [...idle, ...slow]) one.destroy();
});

test('who sends his request too slowly is sent away', async () => {
  const slow = await open(50, 'GET /healthz HTTP/1.1\r\nHost: a\r\n');
  const gone = slow.map((one) =>
    new Promise((done) => { one.once('close', done); one.resume(); }));
  const drip = setInterval(() => {
    for (const one of slow) if (!one.destroyed) one.write('X: y\r\n');
  }, 1000);
  for (let i = 0; i < 10; i++)
    assert.equal((await served.get('/healthz')).status, 200);
  await Promise.all(gone);
  clearInterval(drip);
});
