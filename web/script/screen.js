// 摇号大屏: one draw, from its announcement to its result, in a room.  It
// only shows: nothing on it can move the draw.

import { startVerifier } from './client.js';
import { clear, make } from './dom.js';
import { qr } from './qr.js';
import { addressOf, isCopy, isOnDisk, proofOf } from './site.js';
import { follow } from './screen_live.js';
import {
  cardsOf, course, stageOf, strataTable,
} from './screen_show.js';

const LINK = {
  live: '● 已连接，实时', polling: '◐ 已连接，每 3 秒一次',
  lost: '✗ 连接已断，画面可能不是最新的',
  still: '■ 静态副本，不是实时：只显示导出时的情况',
};

function left(seconds) {
  const two = (n) => (n < 10 ? `0${n}` : String(n));
  const days = Math.floor(seconds / 86400);
  const rest = [Math.floor(seconds % 86400 / 3600),
    Math.floor(seconds % 3600 / 60), seconds % 60].map(two).join(':');
  return days > 0 ? `${days} 天 ${rest}` : rest;
}

class Screen {
  constructor(body) {
    this.draw = body.getAttribute('data-draw');
    this.main = document.getElementById('stage');
    this.link = document.getElementById('link');
    this.time = make('p', { id: 'left', role: 'timer' });
    this.verifier = startVerifier(addressOf('/static/verifier.js'));
    this.until = null;
    this.cards = null;
    this.stage = '';
    this.isBusy = false;
    // An address on this disk is of no use to a telephone.
    if (!isOnDisk) this.showCode(addressOf(`/draws/${this.draw}`));
    if (isCopy) {
      this.say('still');
      this.refresh();
      return;
    }
    setInterval(() => this.tick(), 250);
    follow(this.draw, () => this.refresh(), (state) => this.say(state));
  }

  showCode(address) {
    clear(document.getElementById('qr'),
      qr(address, '扫码用自己的手机核验'),
      make('p', {}, '扫码，用自己的手机核验'));
  }

  say(state) {
    this.link.className = state;
    clear(this.link, LINK[state]);
  }

  tick() {
    if (this.until === null) return;
    const seconds = Math.ceil(this.until - Date.now() / 1000);
    clear(this.time, seconds > 0 ? left(seconds) : '时间已到，请稍候');
    // Nothing is logged when a deadline passes unmet.
    if (stageOf(this.facts).headline !== this.stage) this.show(this.facts);
  }

  /** One at a time; what changed meanwhile is looked at afterwards. */
  async refresh() {
    if (this.isBusy) {
      this.isStale = true;
      return;
    }
    this.isBusy = true;
    try {
      await this.look();
    } catch (error) {
      clear(this.main, make('h2', {}, '暂时取不到这次抽取'),
        make('p', {}, isCopy
          ? '请用浏览器重新打开本页。' : '连上以后会自动更新。'));
      this.stage = '';
    }
    this.isBusy = false;
    if (!this.isStale) return;
    this.isStale = false;
    this.refresh();
  }

  async look() {
    const answer = await this.verifier.ask(Object.assign({ what: 'proof',
      options: {}, wantsTargets: true }, await proofOf(this.draw)));
    if (answer === null) {
      clear(this.main, make('h2', {}, `第 ${this.draw} 号尚未公告`));
    } else if (answer.facts === null) this.refuse(answer);
    else this.show(answer.facts);
  }

  refuse(answer) {
    this.until = null;
    clear(this.main, make('h2', { class: 'bad' }, '✗ 证明没有通过本屏的核验'),
      make('p', {}, answer.verdict));
  }

  show(facts) {
    const { until, headline, meaning } = stageOf(facts);
    this.facts = facts;
    const isFirst = this.stage === '';
    const isNew = this.stage !== headline;
    this.stage = headline;
    this.until = isCopy ? null : until;
    document.getElementById('batch').textContent =
      `${facts.batchName}（批次 ${facts.batch}）`;
    if (this.cards !== null) this.cards.stop();
    this.cards = cardsOf(facts);
    clear(this.main, make('h2', {}, headline),
      this.until === null ? null : this.time,
      meaning === '' ? null : make('p', { class: 'meaning' }, meaning),
      this.cards === null ? null : this.cards.element,
      this.cards === null ? strataTable(facts) : null, course(facts));
    if (this.cards !== null) this.cards.draw(); // now that it has a place
    this.tick();
    // Who comes later sees the result at once.
    if (this.cards !== null && isNew && !isFirst) this.cards.unfold();
  }
}

if (document.body.hasAttribute('data-draw')) new Screen(document.body);
