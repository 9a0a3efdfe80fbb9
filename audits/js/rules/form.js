// Part 3: the form of entries and attachments (3.01 … 3.06).

import { parse, parseText, NotCanonical } from '../json.js';
import { ENTRY_KINDS, entryType } from '../tables.js';
import { LIST_IN_PLACE, fits, listForm } from '../types.js';
import { need } from './need.js';

const MAX_ENTRY = 65535;
const HEAD = ['log', 'plan', 'seed-book', 'announcement'];
const COURSE = ['freeze', 'reveal', 'beacon', 'draw'];
const AFTER_DRAW = ['opening', 'replacement', 'stand-in', 'direct', 'annul'];
// A void may follow the announcement, the freeze or the reveal.
const MAY_BE_VOID = 2;
const PLACES = {
  log: 'log', plan: 'plan', 'seed-book': 'book', announcement: 'A',
  freeze: 'F', reveal: 'V', beacon: 'B', draw: 'D', void: 'voided',
  opening: 'opening', annul: 'annul',
};

/** Canonical JSON, or null. */
export function tryParse(input, parser) {
  try {
    return (parser || parse)(input);
  } catch (error) {
    if (!(error instanceof NotCanonical)) throw error;
    return null;
  }
}

function entryTexts(ctx) {
  for (const entry of ctx.entries) {
    need(entry.bytes.length <= MAX_ENTRY, `条目 ${entry.index} 太长`);
    const value = tryParse(entry.bytes);
    need(value !== null && typeof value === 'object' && !Array.isArray(value),
      `条目 ${entry.index} 不是规范 JSON 对象`);
    need(typeof value.kind === 'string', `条目 ${entry.index} 没有 kind`);
    entry.v = value;
    entry.kind = value.kind;
  }
}

function afterDraw(kinds) {
  kinds.forEach((kind, i) => {
    need(AFTER_DRAW.indexOf(kind) >= 0, `抽取之后不能有 ${kind}`);
    need(kind !== 'opening' || kinds.indexOf(kind) === i, '两次公开');
    need(kind !== 'annul' || i === kinds.length - 1, '撤销不是最后一条');
  });
}

function order(ctx) {
  const kinds = ctx.entries.map((entry) => entry.kind);
  need(kinds.every((kind) => ENTRY_KINDS.indexOf(kind) >= 0),
    '有证明里不能有的条目');
  need(HEAD.every((kind, i) => kinds[i] === kind), '开头的条目不合次序');
  const rest = kinds.slice(HEAD.length);
  let come = 0;
  while (come < COURSE.length && rest[come] === COURSE[come]) come++;
  if (come === COURSE.length) {
    afterDraw(rest.slice(come));
  } else if (rest.length > come) {
    need(rest.length === come + 1 && rest[come] === 'void' &&
      come <= MAY_BE_VOID, '条目不合次序');
  }
  place(ctx, kinds);
}

/** Names the entries of the draw, as the rules speak of them. */
function place(ctx, kinds) {
  ctx.later = [];
  ctx.entries.forEach((entry, at) => {
    entry.at = at;
    const key = PLACES[kinds[at]];
    if (key !== undefined) ctx[key] = entry;
    if (AFTER_DRAW.indexOf(kinds[at]) >= 0) ctx.later.push(entry);
  });
  for (const key of Object.keys(PLACES)) {
    if (!(PLACES[key] in ctx)) ctx[PLACES[key]] = null;
  }
}

const isOpened = (ctx, entry) => ctx.opening !== null &&
  entry.at > ctx.opening.at;

/** The conditions of the tables, answered from the entries before. */
const CONDITIONS = {
  rehearsal: (ctx, entry) => entry.v.mode === 'rehearsal',
  custodian: (ctx) => ctx.A.v.custodian !== null,
  open: (ctx) => ctx.A.v.mode === 'open',
  framesOpen: (ctx) => ctx.A.v.strata.every((s) => s.class === 'public'),
  framesClosed: (ctx) => !CONDITIONS.framesOpen(ctx),
  opened: isOpened,
  salted: (ctx, entry) => ctx.A.v.mode === 'sealed' && !isOpened(ctx, entry),
  plain: (ctx, entry) => !CONDITIONS.salted(ctx, entry),
};

function environment(ctx, entry) {
  return {
    when: (condition) => CONDITIONS[condition](ctx, entry),
    list: (type, value) => {
      const wrong = listForm(value, {});
      if (wrong !== '') return wrong;
      if (!Array.isArray(value) && !ctx.attachments.has(value.sha256)) {
        return 'the attachment is not present';
      }
      ctx.lists.push({ entry, type, value });
      return '';
    },
  };
}

function tables(ctx) {
  ctx.lists = [];
  for (const entry of ctx.entries) {
    const wrong = fits(entryType(entry.kind), entry.v,
      environment(ctx, entry));
    need(wrong === '', `条目 ${entry.index}（${entry.kind}）：${wrong}`);
  }
}

function attachmentTexts(ctx) {
  for (const one of ctx.lists) {
    if (Array.isArray(one.value)) continue;
    const attachment = ctx.attachments.get(one.value.sha256);
    attachment.named = true;
    need(attachment.bytes.length > LIST_IN_PLACE, '附件短得应当写在条目里');
    if (attachment.value === undefined) {
      attachment.value = tryParse(attachment.text,
        (text) => parseText(text, attachment.bytes));
    }
    need(Array.isArray(attachment.value), '附件不是规范 JSON 数组');
    need(attachment.value.length === one.value.count, '附件的个数不符');
  }
  ctx.attachments.forEach((attachment, key) => {
    need(attachment.named, `附件 ${key} 没有条目引用`);
    // Megabytes that nothing asks for any more.
    attachment.bytes = null;
  });
}

function elements(ctx) {
  for (const one of ctx.lists) {
    const all = Array.isArray(one.value)
      ? one.value : ctx.attachments.get(one.value.sha256).value;
    const env = environment(ctx, one.entry);
    all.forEach((element, i) => {
      const wrong = fits(one.type.of, element, env);
      need(wrong === '', `条目 ${one.entry.index} 的清单 [${i}]：${wrong}`);
    });
    const key = Object.keys(one.entry.v)
      .find((name) => one.entry.v[name] === one.value);
    one.entry.lists[key] = all;
  }
}

function headsPresent(ctx) {
  const { heads } = ctx.proof;
  need(('frozen' in heads) === (ctx.F !== null), 'frozen 与封存条目不相应');
  need(('revealed' in heads) === (ctx.V !== null), 'revealed 与揭示不相应');
  const late = ctx.voided !== null && ctx.voided.v.head !== '';
  need(('late' in heads) === late, 'late 与作废条目不相应');
}

export const FORM = [
  { id: '3.01', title: '条目是规范 JSON', run: entryTexts },
  { id: '3.02', title: '条目的次序', run: order },
  { id: '3.03', title: '条目的各项', run: tables },
  { id: '3.04', title: '附件的形式', run: attachmentTexts },
  { id: '3.05', title: '清单的各个成员', run: elements },
  { id: '3.06', title: '所附的树头', run: headsPresent },
];
