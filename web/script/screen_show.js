// What a big screen shows at each stage of a draw, from facts that this very
// screen computed from the proof.

import { clock } from '../../audits/js/clock.js';
import { groups, make } from './dom.js';
import { NEVER, isOver } from './over.js';
import { Cards } from './screen_cards.js';

const POSITIONS_A_PAGE = 40;
const TARGETS_A_PAGE = 6;
// An entry made in time may take this long to reach a screen.
const SLACK_S = 60;

const count = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

const isEnded = (facts) => isOver(facts, SLACK_S);

export function strataTable(facts) {
  const isFrozen = facts.entries.freeze !== null;
  const never = isEnded(facts);
  const rows = facts.strata.map(({ name, take, N, k, commitment }) =>
    make('tr', {}, make('th', { scope: 'row' }, name),
      make('td', {}, isFrozen ? `${count(N)} 户` : never ? NEVER : '待封存'),
      make('td', {}, isFrozen ? `${count(k)} 户` : take),
      make('td', { class: 'hex' },
        isFrozen ? groups(commitment) : never ? '—' : '封存时公布')));
  const head = ['层', '名单', '抽取', '名单的封条（散列承诺，可拍照对照）']
    .map((text) => make('th', { scope: 'col' }, text));
  return make('table', {}, make('caption', {}, '封存的名单'),
    make('thead', {}, make('tr', {}, ...head)),
    make('tbody', {}, ...rows));
}

const CAUSES = {
  'freeze-late': '名单没有按时封存',
  'reveal-late': '随机数没有按时揭示',
  'does-not-open': '揭示的数与年初的封条不符',
  'contributor-missing': '参与方的随机数缺失或不符',
};

/** [until or null, headline, what it means] of the stage. */
const STAGES = [
  [(e) => e.annul, (f) => [null, '已撤销',
    `结果已由${f.authority}撤销，号码和证明都留着。`]],
  [(e) => e.void, (f) => [null, '已作废',
    `${CAUSES[f.cause]}。在结果产生之前作废，谁也不知道会抽到谁；号码不消失。`]],
  [(e) => e.opening, () => [null, '抽取结果（已公开）',
    '每一户、每个检查组都与当初封存的一致，由本屏自己算出。']],
  [(e) => e.draw, (f) => [null, '抽取结果', f.mode === 'sealed'
    ? `现在只有号码，没有名称：防止通风报信。${clock(f.t4)} 之前` +
      '全部公开，届时每个号码对应哪一户都能核对。'
    : '结果已经确定，由本屏自己算出。']],
  [(e) => e.beacon, () => [null, '信标已到，正在抽取', '结果已经确定。']],
  [(e, f) => isEnded(f) && e.freeze, () => [null, '失败',
    '揭示期限已过，随机数没有揭示，也没有作废。']],
  [(e, f) => isEnded(f), () => [null, '失败',
    '封存期限已过，名单没有封存，也没有作废。']],
  [(e) => e.reveal, (f) => [f.roundTime, '等待公共信标',
    '名单和随机数都已公布封条，谁也不能再改；信标来自外部。']],
  [(e) => e.freeze, (f) => [f.t1, '名单已封存，等待揭示随机数',
    '下面的封条请拍照：以后改一个字都看得出来。']],
  [() => true, (f) => [f.t0, '已公告，等待封存名单', '']],
];

export function stageOf(facts) {
  const [, tell] = STAGES.find(([has]) => has(facts.entries, facts));
  const [until, headline, meaning] = tell(facts);
  return { until, headline, meaning };
}

/** stratum and position -> 已退出 or 递补, from the replacements. */
function marksOf(facts) {
  const marks = {};
  for (const { kind, stratum, position, reserve } of facts.changes) {
    if (kind !== 'replacement') continue;
    if (reserve !== null) marks[`${stratum} ${reserve}`] = '递补';
    marks[`${stratum} ${position}`] = '已退出';
  }
  return (stratum, position) => marks[`${stratum} ${position}`] || '';
}

function reservesOf(facts, name) {
  return facts.changes.filter(({ kind, stratum, reserve }) =>
    kind === 'replacement' && stratum === name && reserve !== null)
    .map(({ reserve }) => reserve);
}

function positionCards(facts) {
  const cards = [];
  const markOf = marksOf(facts);
  for (const { name, drawn } of facts.strata) {
    for (const position of [...drawn || [], ...reservesOf(facts, name)]) {
      cards.push(make('li', {},
        facts.strata.length > 1 ? make('small', {}, name) : null,
        make('b', {}, `${count(position)} 号`),
        make('small', {}, markOf(name, position))));
    }
  }
  return new Cards(cards, 'positions', POSITIONS_A_PAGE);
}

/** Units and nobody's certificate: the room needs no more. */
function targetCards(facts) {
  const markOf = marksOf(facts);
  const cards = facts.targets.map((one) => {
    const { row, stratum, position, units, changed } = one;
    const mark = markOf(stratum, position);
    const sent = units === null ? '—'
      : units.map((unit) => unit === null ? '空缺' : unit).join('、');
    return make('li', {}, make('b', {}, row.name || row.code),
      make('small', {}, `${count(position)} 号${mark && `，${mark}`}`),
      make('span', {}, `检查单位：${sent}${changed > 0 ? '（已换人）' : ''}`));
  });
  return new Cards(cards, 'targets', TARGETS_A_PAGE);
}

/** The cards of a result, or null where there is none yet. */
export function cardsOf(facts) {
  if (facts.entries.void !== null || facts.entries.draw === null) return null;
  return facts.targets.length > 0 ? targetCards(facts)
    : positionCards(facts);
}

function line(name, entry) {
  return entry === null ? null : make('li', {}, make('b', {}, name), ' ',
    clock(entry.time), ' ',
    make('code', { class: 'hex' }, groups(entry.hash.slice(0, 16)), ' …'));
}

/** What was fixed, and when, in one row. */
export function course(facts) {
  const { entries } = facts;
  return make('ol', { class: 'course' }, line('公告', entries.announcement),
    line('封存', entries.freeze), line('揭示', entries.reveal),
    line('信标', entries.beacon), line('抽取', entries.draw),
    line('公开', entries.opening));
}
