import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concat, fromHex, fromUtf8, utf8 } from '../bytes.js';
import { Chance } from '../maker/mutate.js';
import {
  MAX_DEPTH, NotCanonical, parse, parseRow, write, writeRow,
} from '../json.js';

const GOOD = [
  'null', '0', '-1', '9007199254740991', '-9007199254740991', '""', '[]',
  '{}', '"\\""', '"\\\\"', '"\\u000a"', '"\\u001f"', '"/"', '"\u007f"',
  '"运城😀\uffff"', '{"A":1,"a":2,"aa":3,"b":4}', '[[[[[[[[]]]]]]]]',
  '{"__proto__":1,"a":2}', '["é运😀",null,-12,"\\u000aé","é\\"",0,"\ufffd",{}]',
  `"${'运'.repeat(2000)}"`,
];

const BAD = [
  '', ' 1', '1 ', '[1, 2]', '[1,]', '[,1]', '{"a":1,}', '01', '-0', '-01',
  '1.0', '1e3', '+1', '-', '9007199254740992', '-9007199254740992',
  '99999999999999999', 'true', 'false', 'nul', '"a', '"\n"', '"\\n"', '"\\/"',
  '"\\u000A"', '"\\u0020"', '"\\u0041"', '"\\ud83d\\ude00"', '"\\u00e9"',
  '{"b":1,"a":2}', '{"a":1,"a":2}', '{"é":1}', '{a:1}', '{"a" :1}', '[1]x',
  '[[[[[[[[[]]]]]]]]]', '[1}', '{"a"}', '\ufeff1',
];

test('canonical values are read and written back', () => {
  for (const text of GOOD) assert.equal(write(parse(text)), text);
});

test('every other form is refused', () => {
  for (const text of BAD) {
    assert.throws(() => parse(text), NotCanonical, text);
  }
});

test('strings that are not UTF-8 are refused', () => {
  // Overlong, a surrogate, a lone continuation, beyond U+10FFFF.
  for (const hex of ['c0af', 'e08080', 'eda080', '80', 'f4908080', 'c3']) {
    const quote = utf8('"');
    assert.throws(() => parse(concat(quote, fromHex(hex), quote)),
      NotCanonical, hex);
  }
});

test('a row keeps its order; what is inside it does not', () => {
  assert.deepEqual(Object.keys(parseRow('{"b":"1","a":"2"}')), ['b', 'a']);
  assert.throws(() => parseRow('{"b":1,"b":2}'), NotCanonical);
  assert.throws(() => parseRow('{"b":{"d":1,"c":2}}'), NotCanonical);
});

/** The value, or undefined where the reader refuses it. */
function taken(read) {
  try {
    return read();
  } catch (error) {
    assert.ok(error instanceof NotCanonical, error.stack);
    return undefined;
  }
}

/** Whether a value is of the kinds that FORMAT 1.1 knows. */
function isOurs(value, depth) {
  if (value === null || typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isSafeInteger(value);
  return typeof value === 'object' && depth < MAX_DEPTH &&
    Object.keys(value).every((key) => /^[\0-\x7f]*$/.test(key) &&
      isOurs(value[key], depth + 1));
}

/** What the engine reads and the writer writes back, or undefined. */
function oracle(text, free) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return undefined;
  }
  if (!isOurs(value, 0)) return undefined;
  const isRow = free && value !== null && typeof value === 'object' &&
    !Array.isArray(value);
  const own = isRow ? writeRow(value, Object.keys(value)) : write(value);
  return own === text ? value : undefined;
}

// The engine puts keys that are numbers first, so of a row with such keys
// the oracle cannot tell the order.
const isTold = (text, free) => !free || !/"[0-9]+":/.test(text);

test('the reader takes exactly what the writer would write', () => {
  const pieces = ['"', '\\', '\\"', '\\\\', '\\n', '\\u000a', '\\u000A',
    '\\ud800', '\\u001f', '\n', ' ', '[', ']', '{', '}', ',', ':', '-', '0',
    '1', '1.0', '1e2', '9007199254740993', '"a"', '"10"', '"9"', 'null', 'true',
    '"__proto__"', '运', '😀', '\ufeff', '"a":1', '"b":[]', '"":{}'];
  let count = 0;
  for (let number = 0; number < 20000; number++) {
    const chance = new Chance(`text ${number}`);
    let text = chance.of(GOOD.concat(BAD, '{"a":1,"b":{"c":["x\\"y",null]}}'));
    for (let n = chance.below(3); n > 0; n--) {
      const at = chance.below(text.length + 1);
      text = text.slice(0, at) + chance.of(pieces) +
        text.slice(at + chance.below(2));
    }
    const bytes = utf8(text);
    for (const free of [false, true]) {
      const read = free ? parseRow : parse;
      const value = taken(() => read(bytes));
      assert.deepEqual(taken(() => read(fromUtf8(bytes))), value, text);
      if (!isTold(text, free)) continue;
      assert.deepEqual(value, oracle(fromUtf8(bytes), free), text);
      if (value !== undefined) count++;
    }
  }
  assert.ok(count > 1000);
});

test('half a character beyond U+FFFF is refused', () => {
  for (const text of ['"\ud800"', '"\udc00"', '"\ud800a"', '"\udc00\ud800"',
    '"\ufffd\ud800"', '"运\udc00\ufffd"', `"${'运'.repeat(2000)}\ud800"`]) {
    assert.throws(() => parse(text), NotCanonical);
  }
});
