// The stream of a draw's document: who listens is told, and holds up nobody.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { AT, Log, Served } from './served.mjs';

const PATH = '/api/v1/draws/1/events';
let log, served;

before(async () => {
  log = new Log();
  log.now = AT.announced;
  log.announce({ batch: '2027-1' });
  served = await Served.start(log);
});
after(async () => {
  await served.stop();
  log.remove();
});

/** A listener; next() is the next event as { id, data }. */
class Listener {
  static open(headers = {}, path = PATH) {
    return new Promise((done, failed) => {
      const request = http.get({ host: served.host, port: served.port, path,
        headers, agent: false }, (answer) => {
        const one = new Listener();
        Object.assign(one, { request, answer, text: '', wanted: null,
          status: answer.statusCode });
        answer.setEncoding('utf8');
        answer.on('data', (part) => { one.text += part; one.#look(); });
        answer.on('error', () => {});
        done(one);
      });
      request.on('error', failed);
    });
  }

  #look() {
    const found = /event: draw\nid: (.*)\ndata: (.*)\n\n/.exec(this.text);
    if (!this.wanted || !found) return;
    this.text = this.text.slice(found.index + found[0].length);
    const { wanted } = this;
    this.wanted = null;
    wanted({ id: found[1], data: found[2] });
  }

  next() {
    return new Promise((done) => { this.wanted = done; this.#look(); });
  }

  close() { this.request.destroy(); }
}

const open = (count, ...more) => Promise.all(
  Array.from({ length: count }, () => Listener.open(...more)));

test('a draw has a stream, what stands below it has none', async () => {
  const below = ['/proof', '/openings', '/verdict', '/targets/A', '/x'];
  for (const path of [...below.map((one) => `/api/v1/draws/1${one}/events`),
    '/api/v1/draws/x/events', '/api/v1/draws/01/events',
    '/api/v1/draws/9/events']) {
    const text = await served.raw(
      `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    assert.match(text, /^HTTP\/1\.1 (404|200) /, path);
    assert.doesNotMatch(text, /event-stream/, path);
  }
});

test('a proxy in front is told to hold no event back', async () => {
  const one = await Listener.open();
  assert.equal(one.answer.headers['x-accel-buffering'], 'no');
  one.close();
});

test('a listener gets the document, and again when it changes', async () => {
  const one = await Listener.open();
  assert.equal(one.status, 200);
  assert.match(one.answer.headers['content-type'], /^text\/event-stream/);
  assert.equal(one.answer.headers['cache-control'], 'no-store');
  const first = await one.next();
  const answer = await served.get('/api/v1/draws/1');
  assert.equal(first.data, String(answer.body));
  assert.equal(first.id, answer.headers.etag);

  log.step('freeze', 1);
  const second = await one.next();
  assert.equal(JSON.parse(second.data).stage, '已封存');

  const seen = await Listener.open({ 'Last-Event-ID': second.id });
  log.now = AT.t0;
  log.step('reveal', 1);
  const [third, alone] = await Promise.all([one.next(), seen.next()]);
  assert.equal(JSON.parse(third.data).stage, '已揭示');
  assert.deepEqual(alone, third);
  one.close();
  seen.close();
});

test('there is no stream of what is not there', async () => {
  for (const path of ['/api/v1/draws/9/events', '/api/v1/draws/events',
    '/api/v1/draws/1/events/', '/api/v1/draws/01/events', `${PATH}?x=1`]) {
    const one = await Listener.open({}, path);
    assert.equal(one.status, 404, path);
    one.close();
  }
});

test('five hundred listeners take little memory, slow ones no time',
  async () => {
    const all = await open(500);
    const slow = await open(100);
    slow.forEach((one) => one.answer.pause());
    await Promise.all(all.map((one) => one.next()));
    log.now = AT.drawn;
    const told = Promise.all(all.map((one) => one.next()));
    log.step('beacon', 1);
    for (const { data } of await told)
      assert.equal(JSON.parse(data).stage, '信标已到');
    const status = readFileSync(`/proc/${served.child.pid}/status`, 'utf8');
    const kib = Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]);
    console.log(`# 600 listeners: ${kib} KiB`);
    assert.ok(kib <= 64 * 1024, `${kib} KiB`);
    for (const one of [...all, ...slow]) one.close();
  });

test('listeners beyond the limit are told to come later', async () => {
  const all = await open(1100);
  const refused = all.filter((one) => one.status === 503);
  assert.ok(refused.length >= 100, `${refused.length} refused`);
  assert.ok(all.length - refused.length <= 1000);
  assert.equal(refused[0].answer.headers['retry-after'], '5');
  assert.equal((await served.get('/api/v1/draws/1')).status, 200);
  for (const one of all) one.close();
});

test('a stream ends when the program does', async () => {
  const other = await Served.start(log);
  const answer = await new Promise((done) =>
    http.get({ host: other.host, port: other.port, path: PATH,
      agent: false }, done));
  const end = new Promise((done) => answer.once('end', done));
  answer.resume();
  await other.stop();
  await end;
});
