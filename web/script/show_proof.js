// A verified proof as a page shows it: the verdict first, then what this
// device computed beside what the server says, then every check.

import { clock } from '../../audits/js/clock.js';
import { fold, groups, list, make, verdict } from './dom.js';
import { NEVER, isOver } from './over.js';

const KIND = ['good', 'bad', 'wait', 'wait'];
const SAY = ['核验通过', '核验未通过', '暂不能核验',
  '各项检查都通过，但不是正式抽查的证明'];

function checkRow({ id, title, holds, why }) {
  return make('li', { class: holds ? 'is-held' : 'is-refused' },
    make('b', { 'aria-hidden': 'true' }, holds ? '✓ ' : '✗ '),
    make('code', {}, id), ` ${title}`, holds ? '：成立' : `：不成立，${why}`);
}

function checksOf(answer) {
  const { checks } = answer;
  const held = checks.filter((one) => one.holds).length;
  return fold(`逐项检查：${held} 项成立${held < checks.length
    ? '，1 项不成立' : ''}`, make('ol', { class: 'checks' },
    ...checks.map(checkRow)));
}

function positionsOf({ drawn, k }, later) {
  if (!drawn) return later;
  if (k === 0) return '不抽';
  // Places in the frozen list are counted from 0 in the log.
  const shown = drawn.slice(0, 60).map((one) => `第\u00a0${one}\u00a0号`).join('、');
  return drawn.length > 60 ? `${shown}……共 ${drawn.length} 个` : shown;
}

function strataTable(facts) {
  const later = (text) => isOver(facts) ? NEVER : text;
  const rows = facts.strata.map((one) => make('tr', {},
    make('th', { scope: 'row' }, one.name),
    make('td', { 'data-name': '名单' },
      one.N === undefined ? later('尚未封存') : `${one.N} 户`),
    make('td', { 'data-name': '抽取' },
      one.k === undefined ? one.take : `${one.k} 户`),
    make('td', { 'data-name': '本机算出的位置' },
      positionsOf(one, later('尚未抽取')))));
  const head = ['层', '名单', '抽取', '本机算出的位置（从 0 数起）'].map((text) =>
    make('th', { scope: 'col' }, text));
  return make('div', { class: 'scroll', tabindex: '0', role: 'region',
    'aria-label': '本机算出的位置' },
  make('table', { class: 'stack' }, make('caption', {}, '本机算出的位置'),
    make('thead', {}, make('tr', {}, ...head)),
    make('tbody', {}, ...rows)));
}

/** [what, by the server, by this device, how it is said]. */
function pairs(facts, server) {
  const { about } = server;
  const own = [
    ['封存期限 T0', about.t0, facts.t0, clock],
    ['揭示期限 T1', about.t1, facts.t1, clock],
    ['公开期限 T4', about.t4, facts.t4, clock],
    ['信标的时间', about.round_time, facts.roundTime, clock],
  ];
  (server.strata || []).forEach((said, i) => {
    const found = facts.strata[i] || {};
    own.push([`「${said.name}」名单`, said.count, found.N, String],
      [`「${said.name}」抽中`, said.take, found.k, String]);
  });
  return own.filter(([, said, found]) => typeof said === 'number' &&
    typeof found === 'number');
}

function comparison(facts, server) {
  if (!server || !server.about) return null;
  const rows = pairs(facts, server).map(([what, said, found, text]) => {
    const isSame = said === found;
    return make('tr', { class: isSame ? '' : 'is-refused' },
      make('th', { scope: 'row' }, what),
      make('td', { 'data-name': '服务器说' }, text(said)),
      make('td', { 'data-name': '本机算出' }, text(found)),
      make('td', {}, isSame ? '✓ 一致' : '✗ 不一致'));
  });
  const head = ['', '服务器说', '本机算出', ''].map((text) => text === ''
    ? make('td', {}) : make('th', { scope: 'col' }, text));
  return make('div', { class: 'scroll', tabindex: '0', role: 'region',
    'aria-label': '服务器说的与本机算出的' },
  make('table', { class: 'stack' },
    make('caption', {}, '服务器说的，与本机算出的'),
    make('thead', {}, make('tr', {}, ...head)),
    make('tbody', {}, ...rows)));
}

function courseOf(facts) {
  const { entries } = facts;
  const steps = [['公告', entries.announcement], ['名单封存', entries.freeze],
    ['揭示', entries.reveal], ['信标', entries.beacon],
    ['抽取', entries.draw], ['公开', entries.opening],
    ['作废', entries.void], ['撤销', entries.annul]];
  return make('ol', { class: 'checks' }, ...steps
    .filter(([, entry]) => entry !== null)
    .map(([name, entry]) => make('li', {}, make('b', {}, name),
      ` ${clock(entry.time)}，日志第 ${entry.index} 条，`,
      make('code', { class: 'hex' }, groups(entry.hash)))));
}

function factsFold(facts) {
  return fold('条目、散列与种子', courseOf(facts),
    facts.seed === '' ? null : make('p', {}, '种子 ',
      make('code', { class: 'hex' }, groups(facts.seed))),
    facts.round === null ? null : make('p', {}, '信标 ',
      `${facts.beacon} 第 ${facts.round} 轮（${clock(facts.roundTime)}）`),
    make('p', {}, '日志公钥 ', make('code', {}, facts.vkey)));
}

function sectionFold(answer, heading, title) {
  const lines = answer.sections[heading] || [];
  return lines.length === 0 ? null
    : make('section', {}, make('h3', {}, title), list(lines));
}

/**
 * answer: of ask proof; server: what /api/v1/draws/#/verdict says, or null.
 * The elements to show.
 */
export function showProof(answer, server) {
  const { exit, facts, basis } = answer;
  const mark = answer.isRehearsal
    ? make('p', { class: 'rehearsal' }, '演练，不是正式抽查') : null;
  const hint = exit === 2
    ? '请选从网站下载的证明文件，名字像 draw-1.proof.json。' : '';
  const box = make('div', { 'data-exit': exit, 'data-rule': answer.rule },
    mark, verdict(KIND[exit], `${SAY[exit]}。`, answer.verdict + hint),
    make('p', { class: 'small' },
      `本机用 ${(answer.spent_ms / 1000).toFixed(1)} 秒自己重算，没有问别人。`),
    basis.length === 0 ? null : make('section', { class: 'basis' },
      make('h3', {}, '这个结论依据'), list(basis)));
  if (facts !== null) {
    box.appendChild(strataTable(facts));
    const beside = comparison(facts, server);
    if (beside !== null) box.appendChild(beside);
  }
  for (const part of [
    sectionFold(answer, '提示', '请注意'),
    sectionFold(answer, '已证明', '本机证明了'),
    sectionFold(answer, '只是声明', '没有证明，只是组织者声明'),
    sectionFold(answer, '须信任', '还须相信'),
    checksOf(answer), facts === null ? null : factsFold(facts),
  ]) if (part !== null) box.appendChild(part);
  return box;
}
