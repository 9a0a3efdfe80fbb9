// 回执: what a notice's QR holds, checked on this device against the proof of
// its draw.  The proof is fetched for the whole draw; nobody is told which
// firm asks.

import { startVerifier } from './client.js';
import { button, clear, fold, list, make, verdict, whom } from './dom.js';
import { checkHead, placeHead } from './head_check.js';
import { addressOf, load, proofOf } from './site.js';

const COLUMNS = {
  code: '统一社会信用代码', name: '名称', type: '类型', district: '区划',
  kind: '种类',
};
const MANY = 9;

/** The receipt in a text: by itself, or in the fragment of an address. */
function receiptIn(text) {
  const found = /(?:^|#)\s*([A-Za-z0-9_-]{200,})\s*$/.exec(
    text.replace(/\s+/g, ''));
  return found === null ? '' : found[1];
}

/** A long receipt comes as two codes, "1/2 …" and "2/2 …". */
function joined(text) {
  const parts = {};
  const lines = text.split(/\s*\n\s*/).filter((line) => line !== '');
  for (const line of lines) {
    const found = /^([1-9])\/([1-9])[ :]([A-Za-z0-9_-]+)$/.exec(line.trim());
    if (found === null) return text;
    parts[found[1]] = found[3];
  }
  let whole = '';
  for (let i = 1; i <= MANY && parts[i]; i++) whole += parts[i];
  return whole;
}

function rowOf(row) {
  const terms = [];
  for (const column of Object.keys(row || {})) {
    terms.push(make('dt', {}, COLUMNS[column] || column),
      make('dd', {}, make('bdi', {}, row[column])));
  }
  return make('dl', { class: 'facts' }, ...terms);
}

class Receipt {
  constructor(section) {
    this.section = section;
    this.isOffline = section.hasAttribute('data-offline');
    this.verifier = startVerifier(
      section.getAttribute('data-verifier') ||
      addressOf('/static/verifier.js'));
    this.text = make('textarea', { id: 'receipt-text', rows: '4',
      spellcheck: 'false', autocomplete: 'off' });
    this.file = make('input', { id: 'receipt-proof', type: 'file' });
    this.result = make('div', { 'aria-live': 'polite' });
    this.build(section.querySelector('#receipt-panel'));
    this.follow();
  }

  /** Who comes from a code sees what it says, not a form to fill in. */
  follow() {
    const own = receiptIn(location.hash);
    if (own === '') return;
    this.form.open = false;
    this.section.scrollIntoView();
    this.run(own);
  }

  build(place) {
    const run = () => this.run(receiptIn(joined(this.text.value)));
    this.form = fold('输入二维码的内容',
      make('p', {}, make('label', { for: 'receipt-text' },
        '通知书上二维码的内容（两个码就一行一个）')), this.text,
      this.isOffline ? make('p', {}, make('label', { for: 'receipt-proof' },
        '这次抽取的证明文件'), make('br'), this.file) : null,
      make('p', {}, button('核对', run, 'first')));
    this.form.open = true;
    clear(place, this.form, this.result);
  }

  say(kind, say, more, mark = null) {
    const box = verdict(kind, say, more);
    box.setAttribute('data-verdict', kind);
    clear(this.result, mark, box);
  }

  async run(text) {
    const { receipt } = await this.verifier.ask(
      { what: 'receipt', text, check: false });
    if (receipt === null) {
      this.say('bad', '这不是一张回执。',
        '请核对是否复制完整；两个二维码要一行一个都粘进来。');
      return;
    }
    clear(this.result, make('p', {}, '正在取整个抽取的证明并核验……'));
    try {
      await this.judge(text, receipt);
    } catch (error) {
      this.say('wait', '暂不能核验。', `${error.message}。请稍后再试。`);
    }
  }

  /** The proof: a file of this device, or what the site has. */
  sourceOf(receipt) {
    if (!this.isOffline) return proofOf(receipt.draw);
    const [file] = this.file.files;
    if (!file) throw new Error('请先选这次抽取的证明文件');
    return { file };
  }

  async judge(text, receipt) {
    const proof = await this.verifier.ask(Object.assign(
      { what: 'proof', options: {} }, await this.sourceOf(receipt)));
    if (proof === null) {
      throw new Error(`这里没有第 ${receipt.draw} 号抽取的证明`);
    }
    if (proof.facts === null) {
      this.say('bad', '这次抽取的证明没有通过核验。',
        `${proof.verdict}${whom()}。`);
      return;
    }
    const { receipt: checked, why } = await this.verifier.ask(
      { what: 'receipt', text, check: true });
    this.show(checked, proof, why);
    if (this.isOffline) return;
    placeHead(this.result, await checkHead(this.verifier, proof.facts));
    if (why === '') this.nameItems(proof.facts);
  }

  show(receipt, proof, why) {
    const mark = /\/rehearsal$/.test(receipt.origin)
      ? make('p', { class: 'rehearsal' }, '演练，不是正式抽查') : null;
    if (why !== '') {
      const isOld = why === '已换人';
      const more = isOld ? '这张回执之后检查人员换过。请向机关索取新的回执。'
        : `${why}。请不要凭它让人进门。${whom()}。`;
      this.say(isOld ? 'wait' : 'bad',
        isOld ? '已换人：这张回执过时了。' : '回执不符。', more, mark);
      return;
    }
    const box = this.boxOf(receipt);
    this.items = make('dd', {}, proof.facts.items.join('、'));
    clear(this.result, mark, box, make('h2', {}, '抽中的单位'),
      rowOf(receipt.row), make('dl', { class: 'facts' },
        make('dt', {}, '检查事项'), this.items),
      this.crewOf(receipt), this.caution(),
      fold('证明里没有的', list(proof.sections['只是声明'] || [])));
  }

  boxOf(receipt) {
    const kind = receipt.isDropped ? 'wait' : 'good';
    const place = `第 ${receipt.draw} 号抽取，「${receipt.stratum}」第 ` +
      `${receipt.position} 号，名单封存在前，抽取在后。`;
    const box = receipt.isDropped
      ? verdict(kind, '回执相符，但这一户后来退出了本次抽查，不再检查。',
        `${place}有人凭它上门，请先问清楚。${whom()}。`)
      : verdict(kind, '回执与公开的抽取相符。', place);
    box.setAttribute('data-verdict', kind);
    return box;
  }

  crewOf(receipt) {
    const holders = (receipt.holders || []).filter((one) => one !== null);
    const open = (receipt.holders || []).length - holders.length;
    const rows = holders.map((one) => make('li', {},
      make('bdi', {}, one.unit), ' ',
      make('code', {}, one.certificate)));
    const field = make('input', { id: 'receipt-last', type: 'text',
      maxlength: '2', size: '4', autocomplete: 'off' });
    const said = make('p', { 'aria-live': 'polite', id: 'receipt-said' });
    field.addEventListener('input', () =>
      clear(said, this.fits(holders, field.value)));
    return make('section', {}, make('h2', {}, '检查组'),
      make('ul', {}, ...rows),
      open > 0 ? make('p', {}, `另有 ${open} 个席位空缺，由机关指定。`) : null,
      make('p', {}, make('label', { for: 'receipt-last' },
        '来人执法证号码的最后两位'), ' ', field), said);
  }

  fits(holders, typed) {
    const last = typed.normalize('NFKC').trim().toUpperCase();
    if (Array.from(last).length < 2) return '';
    const isOne = holders.some((one) => {
      const letters = Array.from(one.certificate);
      return letters.length > 2 && letters.slice(-2).join('') === last;
    });
    return isOne ? '✓ 符合：检查组里有这样的号码。' +
      '两位数字不能证明就是本人，请看证件上的照片和单位。'
      : `✗ 不在本次检查组。请不要让人进门，先问清楚。${whom()}。`;
  }

  caution() {
    return make('div', { class: 'note' },
      make('p', {}, '最后两位相符，不能证明来人就是本人。只有印在机关文书' +
        '上的网址才算数；别处来的二维码，内容可能是假的。'),
      make('p', {}, `有疑问：${whom()}。`));
  }

  /** The items' names are only what the server says of their codes. */
  async nameItems(facts) {
    try {
      const reply = await load('/api/v1/items');
      const value = await reply.json();
      const all = Array.isArray(value) ? value : value.list || [];
      const names = facts.items.map((code) => {
        const item = all.find((one) => one.code === code);
        return item ? `${item.name}（${code}）` : code;
      });
      clear(this.items, names.join('、'));
    } catch (error) {
      // The codes stay.
    }
  }
}

const section = document.getElementById('receipt');
if (section !== null) {
  const page = new Receipt(section);
  addEventListener('hashchange', () => page.follow());
}
