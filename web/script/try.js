// 改一个字试试: a copy of a real proof, one entry of it in a box to change.

import { startVerifier } from './client.js';
import { button, clear, make, verdict } from './dom.js';
import { addressOf, load } from './site.js';

const EXAMPLE = '/static/example.proof.json';
const NAMES = {
  log: '日志', plan: '年度计划', 'seed-book': '种子簿',
  announcement: '公告', freeze: '名单封存', reveal: '揭示', beacon: '信标',
  draw: '抽取', opening: '公开', replacement: '递补', 'stand-in': '顶替',
};

/** The canonical form of a string (FORMAT 1.1). */
function quote(text) {
  return JSON.stringify(text).replace(/\\[nrtbf]/g, (escape) => {
    const code = { n: 10, r: 13, t: 9, b: 8, f: 12 }[escape[1]];
    return `\\u00${code < 16 ? '0' : ''}${code.toString(16)}`;
  });
}

const kindOf = (entry) => JSON.parse(entry.text).kind;

class Trial {
  constructor(place, text) {
    this.text = text;
    this.entries = JSON.parse(text).entries;
    this.choice = make('select', { id: 'try-entry' });
    this.entries.forEach((entry, i) => this.choice.appendChild(
      make('option', { value: i }, NAMES[kindOf(entry)] || kindOf(entry))));
    this.choice.value = this.entries.findIndex(
      (entry) => kindOf(entry) === 'announcement');
    this.box = make('textarea', { id: 'try-text', rows: '8',
      spellcheck: 'false' });
    this.result = make('div', { 'aria-live': 'polite' });
    this.verifier = startVerifier(addressOf('/static/verifier.js'));
    this.choice.addEventListener('change', () => this.restore());
    this.build(place);
    this.restore();
  }

  build(place) {
    clear(place,
      make('p', {}, '这是一次演练的真证明的副本。随便改下面一个字，再核验。'),
      make('p', {}, make('label', { for: 'try-entry' }, '改哪一条：'),
        ' ', this.choice),
      make('label', { for: 'try-text' }, '这一条的原文：'), this.box,
      make('p', {}, button('替我改一个字', () => this.change()),
        button('恢复原样', () => this.restore()),
        button('核验这份副本', () => this.run(), 'first')), this.result);
  }

  restore() {
    this.box.value = this.entries[Number(this.choice.value)].text;
    clear(this.result);
  }

  /** The last digit becomes the next one. */
  change() {
    this.box.value = this.box.value.replace(/[0-9](?=[^0-9]*$)/,
      (digit) => (Number(digit) + 1) % 10);
    clear(this.result);
  }

  changed() {
    const { text } = this.entries[Number(this.choice.value)];
    return this.text.replace(`"text":${quote(text)}`,
      () => `"text":${quote(this.box.value)}`);
  }

  async run() {
    const bytes = new TextEncoder().encode(this.changed()).buffer;
    const answer = await this.verifier.ask({ what: 'proof', bytes,
      options: { rehearsal: true } });
    const box = answer.exit === 0
      ? verdict('good', '核验通过：一个字也没有改。', answer.verdict)
      : verdict('bad', '核验未通过：被看出来了。', answer.verdict);
    box.setAttribute('data-exit', answer.exit);
    box.setAttribute('data-rule', answer.rule);
    clear(this.result, box);
  }
}

async function start(place) {
  const reply = await load(EXAMPLE);
  if (reply.ok) new Trial(place, await reply.text());
}

const place = document.getElementById('try-tamper');
if (place !== null) start(place);
