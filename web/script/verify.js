// 在本机核验: the panel on a draw's page, and all of the page in the folder
// that opens from a disk.
//
//     <section id="verify" data-draw="3">…<div id="verify-panel"></div>
//
// Without data-draw there is no server: only files that the reader gives.

import { startVerifier } from './client.js';
import { button, clear, groups, make, verdict } from './dom.js';
import { checkHead, placeHead } from './head_check.js';
import { Own } from './own.js';
import { showProof } from './show_proof.js';
import { addressOf, load, proofOf } from './site.js';

const KIB = 1024;

async function fetchServer(draw) {
  try {
    const reply = await load(`/api/v1/draws/${draw}/verdict`);
    return reply.ok ? await reply.json() : null;
  } catch (error) {
    return null;
  }
}

class Panel {
  constructor(section) {
    this.draw = section.getAttribute('data-draw');
    this.result = make('div', { 'aria-live': 'polite' });
    this.progress = make('progress', { max: '1', value: '0',
      'aria-label': '核验进度' });
    this.step = make('p', { class: 'small' });
    this.working = make('div', { hidden: '' }, this.progress, this.step);
    this.digest = make('code', { class: 'hex' }, '正在计算……');
    this.own = new Own();
    this.file = make('input', { id: 'verify-file', type: 'file' });
    this.verifier = startVerifier(
      section.getAttribute('data-verifier') ||
      addressOf('/static/verifier.js'));
    this.build(section.querySelector('#verify-panel'));
  }

  build(place) {
    this.start = button('在本机核验',
      () => this.run(() => proofOf(this.draw), true), 'first');
    this.file.addEventListener('change', () => {
      const [file] = this.file.files;
      if (file) this.run(() => ({ file }), false);
    });
    clear(place,
      this.draw ? make('p', {}, this.start) : null,
      make('p', {}, make('label', { for: 'verify-file' },
        '核验手里的证明文件（文件不离开这台设备）'), make('br'), this.file),
      this.own.element, this.working, this.result,
      make('p', { class: 'small' },
        '核验程序自己的指纹 SHA-256：', this.digest));
    this.verifier.ask({ what: 'digest' }).then(
      (digest) => clear(this.digest, groups(digest)),
      () => clear(this.digest, '核验程序没有下载到'));
  }

  /**
   * find answers {address}, {bytes} or {file}, or a promise of it; isOnline:
   * the server is asked, too.
   */
  async run(find, isOnline) {
    this.working.hidden = false;
    clear(this.result);
    clear(this.step, '正在取证明……');
    this.progress.removeAttribute('value');
    try {
      await this.judge(await find(), isOnline);
    } catch (error) {
      clear(this.result, verdict('wait', '暂不能核验。',
        `${error.message}。请改正或检查网络后再试，或下载证明文件后选它核验。`));
    }
    this.working.hidden = true;
    this.file.value = '';
  }

  onStep({ id, title, number, of }) {
    this.progress.max = of;
    this.progress.value = number;
    clear(this.step, `正在核验 ${id} ${title}（${number + 1}/${of}）`);
  }

  async judge(source, isOnline) {
    const ask = Object.assign({ what: 'proof', options: await this.own.read() },
      source);
    const answer = await this.verifier.ask(ask, (step) => this.onStep(step));
    if (answer === null) throw new Error('这次抽取还没有证明');
    const isOfPage = isOnline && this.draw !== null;
    const server = isOfPage ? await fetchServer(this.draw) : null;
    const box = showProof(answer, server);
    box.setAttribute('data-spent', Math.round(answer.spent_ms));
    clear(this.result, this.wrongDraw(answer, isOfPage), box,
      make('p', { class: 'small' },
        `证明文件 ${Math.ceil(answer.length / KIB)} KiB。`));
    if (answer.facts !== null && isOfPage) {
      placeHead(this.result,
        await checkHead(this.verifier, answer.facts));
    }
  }

  /** A proof that holds, but of another draw, proves nothing here. */
  wrongDraw({ facts }, isOfPage) {
    if (facts === null || !isOfPage || facts.draw === Number(this.draw)) {
      return null;
    }
    return verdict('bad', '服务器给的是另一次抽取的证明。',
      `这是第 ${facts.draw} 号，本页是第 ${this.draw} 号。`);
  }
}

const section = document.getElementById('verify');
if (section !== null) new Panel(section);
