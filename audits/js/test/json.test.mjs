import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concat, fromHex, utf8 } from '../bytes.js';
import { Chance } from '../maker/mutate.js';
import { NotCanonical, parse, parseRow, slowly, write } from '../json.js';

const GOOD = [
  'null', '0', '-1', '9007199254740991', '-9007199254740991', '""', '[]',
  '{}', '"\\""', '"\\\\"', '"\\u000a"', '"\\u001f"', '"/"', '"\u007f"',
  '"运城😀\uffff"', '{"A":1,"a":2,"aa":3,"b":4}', '[[[[[[[[]]]]]]]]',
  '{"__proto__":1,"a":2}',
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

/** The value as text, or that there is none. */
function outcome(read) {
  try {
    return JSON.stringify(read());
  } catch (error) {
    assert.ok(error instanceof NotCanonical, error.stack);
    return 'refused';
  }
}

test('the engine takes nothing that the reader refuses', () => {
  const pieces = ['"', '\\', '\\"', '\\\\', '\\n', '\\u000a', '\\u000A',
    '\\ud800', '\\u001f', '\n', ' ', '[', ']', '{', '}', ',', ':', '-', '0',
    '1', '1.0', '1e2', '9007199254740993', '"a"', '"10"', '"9"', 'null', 'true',
    '"__proto__"', '运', '😀', '\ufeff', '"a":1', '"b":[]', '"":{}'];
  let taken = 0;
  for (let number = 0; number < 20000; number++) {
    const chance = new Chance(`text ${number}`);
    let text = chance.of(GOOD.concat(BAD, '{"a":1,"b":{"c":["x\\"y",null]}}'));
    for (let n = chance.below(3); n > 0; n--) {
      const at = chance.below(text.length + 1);
      text = text.slice(0, at) + chance.of(pieces) +
        text.slice(at + chance.below(2));
    }
    for (const free of [false, true]) {
      const bytes = utf8(text);
      const own = outcome(() => (free ? parseRow : parse)(bytes));
      assert.equal(own, outcome(() => slowly(bytes, free)), text);
      if (own !== 'refused') taken++;
    }
  }
  assert.ok(taken > 1000);
});
