// The report in sentences: the verdict first, then the stage, the checks,
// and what is proved, what is only said, and who has to be trusted.

import { flat, toHex } from './bytes.js';
import { clock } from './clock.js';
import { remarksOf } from './remarks.js';

const STAGES = [
  ['annul', '已撤销'],
  ['voided', '已作废'],
  ['opening', '已公开'],
  ['D', '已抽取，未公开'],
  ['B', '信标已登记，未抽取'],
  ['V', '已揭示，待信标'],
  ['F', '已封存，待揭示'],
  ['A', '已公告，待封存'],
];

function stageOf(ctx) {
  const found = STAGES.find(([key]) => ctx[key]);
  return found === undefined ? '' : found[1];
}

function isRehearsal(ctx) {
  return Boolean(ctx.log && ctx.log.v && ctx.log.v.mode === 'rehearsal');
}

function verdict(ctx, result, failed) {
  if (failed !== null && result.exit === 2) {
    return `这份文件不能用：${failed.why}。`;
  }
  if (failed !== null) {
    const rule = `规则 ${failed.id} ${failed.title}`;
    return `这份证明不成立：${failed.why}（${rule}）。`;
  }
  const draw = `第 ${ctx.draw} 号抽取（批次 ${ctx.A.v.batch}）`;
  if (result.exit === 3) {
    return `${draw}的各项检查都通过，但这是${isRehearsal(ctx)
      ? '演练' : '没有见证人的日志'}，不能当作正式抽查的证明。`;
  }
  return `${draw}的证明成立：${stageOf(ctx)}。`;
}

function proved(ctx) {
  const lines = [`公告于 ${clock(ctx.A.v.time)} 登记，此后未改。`];
  if (ctx.F !== null && ctx.policy.quorum === 'none') {
    lines.push('名单与人员此后未改；是否在期限前封存，无人见证。');
  } else if (ctx.F !== null) {
    lines.push('名单与人员在期限前已经封存，此后未改。');
  }
  if (ctx.D !== null) {
    ctx.strata.forEach(({ name, N, k }) => lines.push(
      `「${name}」${N} 个中抽 ${k} 个，位置由事先承诺的种子与公共信标算出。`));
  }
  if (ctx.opening !== null) {
    lines.push('公开的对象正是所抽的对象，检查人员由同一种子派定。');
  }
  if (ctx.voided !== null) lines.push('作废的原因属实。');
  return lines;
}

function asserted(ctx) {
  const lines = ['名录本身是否齐全真实，只由组织者声明。'];
  if (ctx.later.some((one) => one.kind === 'replacement')) {
    lines.push('对象退出的事实由递补条目声明。');
  }
  return lines;
}

function trusted(ctx) {
  const { witnesses, quorum } = ctx.policy;
  const lines = [];
  if (quorum !== 'none') {
    lines.push(`见证人（${witnesses.map((one) => one.policyName)
      .join('、')}）中的法定数没有串通。`);
  }
  if (ctx.V !== null) {
    lines.push(ctx.A.v.beacon === 'test'
      ? '演练信标只供演练，持钥者可预知。' : 'drand quicknet 的多数没有串通。');
  }
  return lines;
}

function checkLines(checks) {
  return checks.map(({ id, title, holds, why }) =>
    `  ${holds ? '✓' : '✗'} ${id} ${title}${holds ? '' : `：${why}`}`);
}

function section(title, lines) {
  return lines.length === 0 ? []
    : [title].concat(lines.map((line) => `  ${line}`));
}

function foretoldLines(ctx) {
  const all = (ctx.foretold || []).map(({ name, positions }) =>
    positions.map((position) => `${name}\t${position}`));
  return flat(all);
}

function factsOf(ctx) {
  return {
    draw: ctx.draw, A: ctx.A.v, asOf: ctx.asOf,
    strata: ctx.strata || [], foretold: ctx.foretold || [],
    seed: ctx.seed ? toHex(ctx.seed) : '',
    targets: (ctx.targets || []).map(({ id, row, source, crew }) => ({
      id, row, crew, stratum: source.stratum, position: source.position,
    })),
    hashes: ctx.entries.map((entry) => toHex(entry.hash)),
    context: ctx,
  };
}

/** {stage, lines, remarks, facts} of a run. */
export function report(ctx, result, failed) {
  const stage = stageOf(ctx);
  const first = isRehearsal(ctx) ? ['演练，不是正式抽查'] : [];
  const opening = first.concat(verdict(ctx, result, failed));
  if (failed !== null) {
    const lines = opening.concat('检查', checkLines(result.checks),
      `rule ${failed.id}`);
    return { stage, lines, remarks: [], facts: {} };
  }
  const remarks = remarksOf(ctx);
  const until = ctx.asOf === null ? '' : `（截至 ${clock(ctx.asOf)}）`;
  const lines = opening.concat(
    `阶段：${stage}${until}`, '检查', checkLines(result.checks),
    section('已证明', proved(ctx)), section('只是声明', asserted(ctx)),
    section('须信任', trusted(ctx)), section('提示', remarks),
    foretoldLines(ctx));
  return { stage, lines, remarks, facts: factsOf(ctx) };
}
