// served — a log made by the real verbs and served by the real program, for
// the tests beside this file.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const YAOHAO = process.env.YAOHAO || 'build/yaohao';
export const BY = ['--by', '甲', '--by', '乙'];

export const AT = {
  start: '2027-03-01T08:00:00Z', announced: '2027-03-01T09:00:00Z',
  t0: '2027-03-02T09:00:00Z', t1: '2027-03-02T09:01:00Z',
  drawn: '2027-03-02T09:02:00Z', t4: '2027-04-01T09:00:00Z',
  opened: '2027-03-20T09:00:00Z',
};

/** Rows of a register: code, name, type, risk, tags. */
export function register(count) {
  const types = ['餐饮', '食品销售'], risks = ['A', 'B', 'C'];
  return Array.from({ length: count }, (_, i) => ({
    code: `91140800MA0T${String(i * 7919 % 90000 + 10000)}`,
    name: `运城第${i + 1}试验有限公司`, type: types[i % 2],
    risk: risks[i % 3], tags: i % 5 === 0 ? '重点' : '',
  }));
}

/** A data directory of its own under a folder that is removed at the end. */
export class Log {
  constructor(rows = register(200), batches = 4) {
    this.room = mkdtempSync(join(tmpdir(), 'served-'));
    this.dir = join(this.room, 'data');
    this.rows = rows;
    this.now = AT.start;
    this.steps = 0;
    this.must('init', this.dir, '--origin', 'draw.test/http', '--rehearsal');
    this.#list('targets', ['统一社会信用代码,名称,类型,风险等级,监管标签',
      ...rows.map((r) => [r.code, r.name, r.type, r.risk, r.tags].join())]);
    this.#list('inspectors', ['姓名,执法证号,单位,部门',
      ...[1, 2, 3, 4, 5, 6].map((i) => `张三${i},HF000${i},一科,市场监管局`)]);
    this.#list('items', ['编号,抽查领域,抽查事项,抽查依据,抽查主体,抽查对象,'
      + '类别,抽查方式', '01,餐饮,餐饮检查,食品安全法第一百一十条,'
      + '市场监管局,企业,一般,实地检查']);
    this.#list('plan', ['编号,年度,名称,事项,部门,数量或比例',
      ...Array.from({ length: batches }, (_, i) =>
        `2027-${i + 1},2027,抽查${i + 1},01,市场监管局,10%`)]);
  }

  #list(kind, lines) {
    const file = join(this.room, `${kind}.csv`);
    writeFileSync(file, lines.join('\n') + '\n');
    this.must('import', this.dir, kind, file, '--accept-warnings');
    if (kind === 'items' || kind === 'plan')
      this.must('publish', this.dir, kind);
    else this.must('activate', this.dir, kind, '1');
  }

  /** Random bytes of its own for each step: two that share them share keys. */
  run(...words) {
    const entropy = createHash('sha256').update(`${this.steps++}`)
      .digest('hex');
    return spawnSync(YAOHAO, [...words, '--now', this.now, '--entropy',
      entropy], { encoding: 'utf8' });
  }

  must(...words) {
    const { status, stdout, stderr } = this.run(...words);
    assert.equal(status, 0, `${words.join(' ')}: ${stdout}${stderr}`);
    return stdout;
  }

  /** An announcement; `more` are further members, a batch of the plan. */
  announce(more) {
    const file = join(this.room, 'A.json');
    writeFileSync(file, JSON.stringify({ t0: AT.t0, t1: AT.t1, t4: AT.t4,
      strata: [{ name: '全部', class: 'public', take: '10%', least: 0 }],
      ...more }));
    this.must('announce', this.dir, file);
  }

  step(verb, number, ...more) {
    return this.must(verb, this.dir, String(number), ...more);
  }

  remove() {
    rmSync(this.room, { recursive: true });
  }
}

/** A port that nobody listens at. */
async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** The program, serving; stop() ends it and expects exit 0. */
export class Served {
  static async start(log, host = '127.0.0.1', ...more) {
    const served = new Served();
    served.host = host;
    served.port = await freePort();
    const at = `${host.includes(':') ? `[${host}]` : host}:${served.port}`;
    served.url = `http://${at}`;
    served.child = spawn(YAOHAO, ['serve', log.dir, '--listen', at, ...more],
      { stdio: ['ignore', 'pipe', 'inherit'] });
    served.exit = new Promise((done) => served.child.once('exit', done));
    const line = await new Promise((done, failed) => {
      served.child.stdout.once('data', (data) => done(String(data)));
      served.exit.then((code) => failed(new Error(`exit ${code}`)));
    });
    assert.equal(line, `ready ${served.url}\n`);
    served.agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
    return served;
  }

  async stop() {
    this.agent.destroy();
    this.child.kill('SIGTERM');
    assert.equal(await this.exit, 0);
  }

  /** status, headers (without Date), body of a path taken as it stands. */
  get(path, headers = {}, method = 'GET') {
    return new Promise((done, failed) => {
      const request = http.request({ host: this.host, port: this.port, path,
        method, headers, agent: this.agent }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('error', failed);
        answer.on('end', () => {
          const { date, ...rest } = answer.headers;
          void date;
          done({ status: answer.statusCode, headers: rest,
            body: Buffer.concat(parts) });
        });
      });
      /* The other side may end an idle connection as it is used again. */
      request.on('error', (error) => {
        if (!request.reusedSocket || error.code !== 'ECONNRESET')
          failed(error);
        else this.get(path, headers, method).then(done, failed);
      });
      request.end();
    });
  }

  async json(path) {
    const answer = await this.get(path);
    assert.equal(answer.status, 200, `${path}: ${answer.body}`);
    return JSON.parse(answer.body);
  }

  /** Sends bytes; what comes until the other side closes, or `wait` ms. */
  raw(bytes, wait = 1500) {
    return new Promise((done) => {
      const socket = net.connect(this.port, this.host);
      let text = '';
      const end = () => { socket.destroy(); done(text); };
      const timer = setTimeout(end, wait);
      socket.on('data', (part) => { text += part.toString('latin1'); });
      socket.on('close', () => { clearTimeout(timer); done(text); });
      socket.on('error', () => {});
      socket.write(bytes);
    });
  }
}

/** All but the date of two answers is the same. */
export function same(a, b) {
  return a.status === b.status && a.body.equals(b.body)
    && JSON.stringify(a.headers) === JSON.stringify(b.headers);
}
