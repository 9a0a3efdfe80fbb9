// Types of values as data, and the one interpreter that checks a value
// against them.  A type is {is: …}; `fits` answers '' or what is wrong.

import { isHex, utf8Length } from './bytes.js';
import { write } from './json.js';

export const MAX = Number.MAX_SAFE_INTEGER;
export const LIST_IN_PLACE = 16384;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const range = (min, max) => ({ is: 'int', min, max });
export const text = (min, max, never) => ({ is: 'string', min, max, never });
export const hexes = (min, max) => ({ is: 'hex', min, max });
export const hex = (n) => hexes(n, n);
export const oneOf = (...of) => ({ is: 'word', of });
export const pattern = (re) => ({ is: 'pattern', re });
export const orNull = (of) => ({ is: 'maybe', of });
export const list = (of) => ({ is: 'list', of });
export const also = (of, test, why) => ({ is: 'also', of, test, why });
/** An object with any keys of a type, all values of another. */
export const mapOf = (key, of) => ({ is: 'map', key, of });
/** keys: name → type, or [type, condition] for a key that may be absent. */
export const object = (keys) => ({ is: 'object', keys });
export const array = (of, min, max) => ({
  is: 'array', of, min: min || 0, max: max === undefined ? Infinity : max,
});

/** An array in which no two elements have the same value of `key`. */
export function unique(type, key) {
  const of = (element) => (key === undefined ? element : element[key]);
  return also(type, (value) => new Set(value.map(of)).size === value.length,
    'an element stands twice');
}

export const int = range(0, MAX);
export const time = int;
export const index = int;
export const name = text(1, 200, /[\0-\x1f\x7f]/);
export const prose = text(0, 4000, /[\0-\x09\x0b-\x1f\x7f]/);
export const note = text(0, 65536);
export const anyText = text(0, Infinity);
export const hash = hex(32);
export const path = array(hash, 0, 64);
export const date = also(pattern(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/), isDay,
  'no such day');
export const take = also(
  pattern(/^((0|[1-9][0-9]{0,8})|(0|[1-9][0-9]{0,2})(\.[0-9]{1,6})?%)$/),
  (value) => !value.endsWith('%') || atMostHundred(value), 'over 100 %');

function atMostHundred(rate) {
  const parts = rate.slice(0, -1).split('.');
  const whole = Number(parts[0]);
  return whole < 100 || (whole === 100 && /^0*$/.test(parts[1] || ''));
}

function isDay(value) {
  const [year, month, day] = value.split('-').map(Number);
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= DAYS[month - 1] + (month === 2 && leap ? 1 : 0);
}

const isObject = (value) => value !== null && typeof value === 'object' &&
  !Array.isArray(value);

/** Whether a text is as long in UTF-8 as a type wants it. */
function hasLength(value, { min, max }) {
  // A unit is one to three bytes, and mostly that says enough.
  if (value.length >= min && 3 * value.length <= max) return true;
  const length = utf8Length(value);
  return length >= min && length <= max;
}

const CHECKS = {
  int(type, value) {
    const good = typeof value === 'number' && value >= type.min &&
      value <= type.max;
    return good ? '' : 'not an integer in range';
  },
  string(type, value) {
    if (typeof value !== 'string') return 'not a string';
    if (type.never !== undefined && type.never.test(value)) {
      return 'a character that may not stand';
    }
    return hasLength(value, type) ? '' : 'length';
  },
  hex(type, value) {
    const good = isHex(value) && value.length >= 2 * type.min &&
      value.length <= 2 * type.max;
    return good ? '' : 'not so many hexadecimal digits';
  },
  word(type, value) {
    return type.of.indexOf(value) >= 0 ? '' : 'not one of the words';
  },
  pattern(type, value) {
    const good = typeof value === 'string' && type.re.test(value);
    return good ? '' : 'not of the form';
  },
  maybe(type, value, env) {
    return value === null ? '' : fits(type.of, value, env);
  },
  also(type, value, env) {
    return fits(type.of, value, env) || (type.test(value) ? '' : type.why);
  },
  array(type, value, env) {
    if (!Array.isArray(value)) return 'not an array';
    if (value.length < type.min || value.length > type.max) return 'count';
    for (let i = 0; i < value.length; i++) {
      const wrong = fits(type.of, value[i], env);
      if (wrong !== '') return `[${i}] ${wrong}`;
    }
    return '';
  },
  map(type, value, env) {
    if (!isObject(value)) return 'not an object';
    for (const key of Object.keys(value)) {
      const wrong = fits(type.key, key, env) || fits(type.of, value[key], env);
      if (wrong !== '') return `${key}: ${wrong}`;
    }
    return '';
  },
  list(type, value, env) {
    return env.list(type, value);
  },
  object(type, value, env) {
    if (!isObject(value)) return 'not an object';
    return objectFits(type.keys, value, env);
  },
};

function objectFits(keys, value, env) {
  let met = 0;
  for (const key of Object.keys(keys)) {
    const rule = keys[key];
    const wanted = !Array.isArray(rule) || env.when(rule[1]);
    if (wanted !== key in value) {
      return wanted ? `${key} is missing` : `${key} may not stand`;
    }
    if (wanted) {
      met++;
      const type = Array.isArray(rule) ? rule[0] : rule;
      const wrong = fits(type, value[key], env);
      if (wrong !== '') return `${key}: ${wrong}`;
    }
  }
  return met === Object.keys(value).length ? '' : 'a key too many';
}

/** '' where the value has the type, else what is wrong with it. */
export function fits(type, value, env) {
  return CHECKS[type.is](type, value, env);
}

const REFERENCE = object({ count: int, sha256: hash });

/** '' where a LIST has its form, in place or by reference (FORMAT 1.2). */
export function listForm(value, env) {
  if (!Array.isArray(value)) return fits(REFERENCE, value, env);
  return utf8Length(write(value)) <= LIST_IN_PLACE ? '' : 'list too long';
}
