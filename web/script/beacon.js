// 信标搬运: what a relay shows, checked here, carried to the desk as a QR.

import { clock } from '../../audits/js/clock.js';
import { startVerifier } from './client.js';
import { button, clear, groups, make, verdict } from './dom.js';
import { qr } from './qr.js';
import { addressOf } from './site.js';

function shown(found) {
  return [
    verdict('good', `是 drand quicknet 第 ${found.round} 轮的真签名。`,
      `这一轮的时间是 ${clock(found.time)}（北京时间）。`),
    make('p', {}, '把这个二维码拿给台前扫，或抄下面的签名：'),
    qr(found.text, `第 ${found.round} 轮信标的二维码`),
    make('p', {}, make('code', { class: 'hex' }, groups(found.signature))),
    make('p', { class: 'small' }, '台前：yaohao beacon 目录 抽取号 --signature ',
      make('code', {}, found.signature)),
    make('p', { class: 'small' }, '二维码内容：', make('code', {}, found.text)),
  ];
}

function start(section) {
  const verifier = startVerifier(
    section.getAttribute('data-verifier') ||
      addressOf('/static/verifier.js'));
  const text = make('textarea', { id: 'beacon-text', rows: '5',
    spellcheck: 'false', autocomplete: 'off' });
  const result = make('div', { 'aria-live': 'polite' });
  const run = async () => {
    clear(result, make('p', {}, '正在核验签名……'));
    const found = await verifier.ask({ what: 'beacon', text: text.value });
    const parts = found.holds ? shown(found)
      : [verdict('bad', '不能用。', `${found.why}。`)];
    parts[0].setAttribute('data-verdict', found.holds ? 'good' : 'bad');
    clear(result, ...parts);
  };
  clear(section.querySelector('#beacon-panel'),
    make('p', {}, make('label', { for: 'beacon-text' },
      '信标中继显示的内容（JSON）')), text,
    make('p', {}, button('核验并生成二维码', run, 'first')), result);
}

const section = document.getElementById('beacon');
if (section !== null) start(section);
