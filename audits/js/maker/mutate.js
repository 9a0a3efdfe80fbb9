// Random small changes of proofs, for setting two verifiers side by side.
// Everything follows from a number, so that a finding can be made again.

import { utf8 } from '../bytes.js';
import { CounterHash } from '../hash.js';
import { parse, parseRow, write } from '../json.js';

export class Chance {
  constructor(number) {
    this.hashes = new CounterHash('chance', utf8(String(number)));
    this.at = 0;
  }

  below(n) {
    return this.hashes.below(this.at++, n);
  }

  of(list) {
    return list[this.below(list.length)];
  }
}

const STRINGS = ['', 'x', '全部', '100%', '0%', '0.0%', '7', 'a\u007fb', 'a\nb',
  '\u0000', '2027-02-29', '140800', '注销', '0'.repeat(64), 'w2', 'risk'];
const NUMBERS = [0, 1, 2, -1, 9007199254740991, 3, 64, 366];
const HEX = /^[0-9a-f]+$/;

/** Another string that could well stand there. */
function plausible(text, chance) {
  if (!HEX.test(text)) return chance.of(STRINGS.concat([text + 'x']));
  const at = chance.below(text.length);
  const digit = chance.below(16).toString(16);
  return text.slice(0, at) + digit + text.slice(at + 1);
}

function changeString(text, chance) {
  const at = chance.below(Math.max(1, text.length));
  const digit = chance.of(['0', 'f', 'A', '+', '/']);
  if (chance.below(3) > 0) return plausible(text, chance);
  return chance.of([
    () => text.slice(0, at) + digit + text.slice(at + 1),
    () => text + digit, () => text.slice(0, -1), () => text.toUpperCase(),
    () => 'x'.repeat(201), () => text + ' ', () => null, () => 5,
    () => [text],
  ])();
}

function changeNumber(value, chance) {
  return chance.of([
    () => value + 1, () => value - 1, () => value + 1, () => value - 1,
    () => chance.of(NUMBERS), () => chance.of(NUMBERS), () => null,
    () => String(value),
  ])();
}

function changeArray(list, chance) {
  const at = chance.below(Math.max(1, list.length));
  const copy = list.slice();
  return chance.of([
    () => copy.filter((unused, i) => i !== at),
    () => copy.filter((unused, i) => i !== at),
    () => copy.concat(list.slice(at, at + 1)), () => copy.reverse(),
    () => copy.concat(copy.splice(at, 1)), () => [], () => copy.concat([null]),
    () => null, () => copy.concat([0]),
  ])();
}

function changeObject(value, chance) {
  const copy = Object.assign({}, value);
  const keys = Object.keys(copy);
  return chance.of([
    () => { delete copy[chance.of(keys)]; return copy; },
    () => Object.assign(copy, { extra: 1 }), () => null,
  ])();
}

function changed(value, chance) {
  if (typeof value === 'string') return changeString(value, chance);
  if (typeof value === 'number') return changeNumber(value, chance);
  if (Array.isArray(value)) return changeArray(value, chance);
  return value === null ? chance.of([0, '', [], '0'.repeat(64)])
    : changeObject(value, chance);
}

function innerOf(text) {
  if (typeof text !== 'string' || !/^[{[]/.test(text)) return null;
  try {
    return parseRow(text);
  } catch (error) {
    return null;
  }
}

/** Writes an inner text back; only a row keeps an order of its own. */
function rewrite(value, wasRow) {
  if (!wasRow || value === null || typeof value !== 'object') {
    return write(value);
  }
  const members = Object.keys(value)
    .map((key) => `${write(key)}:${write(value[key])}`);
  return `{${members.join(',')}}`;
}

function isRow(text) {
  try {
    parse(text);
    return false;
  } catch (error) {
    return true;
  }
}

/** A copy of `value` in which one place, deep or not, is different. */
export function mutate(value, chance, skip) {
  const inner = innerOf(value);
  if (inner !== null && chance.below(4) > 0) {
    return rewrite(mutate(inner, chance), isRow(value));
  }
  const deep = value !== null && typeof value === 'object';
  const keys = deep ? Object.keys(value).filter((key) => key !== skip) : [];
  if (keys.length === 0 || chance.below(8) === 0) return changed(value, chance);
  const key = chance.of(keys);
  const copy = Array.isArray(value) ? value.slice()
    : Object.assign({}, value);
  copy[key] = mutate(value[key], chance);
  return copy;
}
