// Rule 3.07: the texts that are logged as strings inside entries.

import { toHex } from '../bytes.js';
import { parseRow } from '../json.js';
import {
  WHY, crew as crewType, duty as dutyType, inspectorText,
} from '../tables.js';
import { fits } from '../types.js';
import { need } from './need.js';
import { tryParse } from './form.js';

const FREE = { when: () => true };

function read(text, type, what) {
  const value = tryParse(text);
  const wrong = value === null ? '不是规范 JSON' : fits(type, value, FREE);
  need(wrong === '', `${what}：${wrong}`);
  return value;
}

function readRow(ctx, text) {
  const row = tryParse(text, parseRow);
  const { columns } = ctx.A.v;
  need(row !== null && typeof row === 'object' && !Array.isArray(row),
    '名单行不是规范 JSON');
  const keys = Object.keys(row);
  need(keys.length === columns.length &&
    keys.every((key, i) => key === columns[i]), '名单行的列不符');
  need(keys.every((key) => typeof row[key] === 'string'), '名单行的值不符');
  return row;
}

function readCrew(ctx, text) {
  const { holders } = read(text, crewType, '人员');
  need(holders.length === ctx.seats, '人员数不是席位数');
  return holders;
}

/** A target with its inner texts read. */
function readTarget(ctx, source) {
  const duty = read(source.duty, dutyType, '任务');
  need(duty.posts.length === ctx.seats, '席位数不符');
  return {
    source,
    row: readRow(ctx, source.row),
    duty,
    crew: source.crew === null ? null : readCrew(ctx, source.crew),
    later: source.later.map((one) => ({
      entry: one.entry, text: one.crew, holders: readCrew(ctx, one.crew),
    })),
  };
}

function readInspectors(sources) {
  return sources.map((source) => ({
    source, text: read(source.text, inspectorText, '检查人员'),
  }));
}

function readOpens(ctx, entry) {
  const { opens } = entry.v;
  entry.inspectors = readInspectors(opens.inspectors);
  if (entry.kind === 'stand-in') entry.crew = readCrew(ctx, opens.crew);
  else if (opens.target !== null) entry.target = readTarget(ctx, opens.target);
}

/** A disclosed why may have either form; 4.37 asks for the right one. */
function readDisclosure(source, salted) {
  const value = tryParse(source.why);
  need(value !== null && Object.keys(WHY).some(
    (kind) => fits(WHY[kind], value, FREE) === ''), '理由的形式不符');
  const entry = salted.get(source.entry);
  if (entry !== undefined) entry.why = value;
}

function innerTexts(ctx) {
  ctx.seats = ctx.A.v.departments.reduce((sum, one) => sum + one.seats, 0);
  for (const entry of ctx.later) {
    if ('why' in entry.v) {
      entry.why = read(entry.v.why, WHY[entry.kind], '理由');
    }
    if ('opens' in entry.v) readOpens(ctx, entry);
  }
  if (ctx.opening === null) return;
  const { targets, inspectors, disclosures } = ctx.opening.lists;
  ctx.targets = targets.map((source) => readTarget(ctx, source));
  ctx.inspectors = readInspectors(inspectors);
  const salted = new Map(ctx.later.filter((one) => 'digest' in one.v)
    .map((one) => [toHex(one.hash), one]));
  disclosures.forEach((source) => readDisclosure(source, salted));
}

export const INNER = [
  { id: '3.07', title: '条目内各段文字的形式', run: innerTexts },
];
