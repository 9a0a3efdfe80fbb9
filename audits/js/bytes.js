// Bytes and their text forms.  Every decoder is strict: it takes exactly
// the spelling its encoder writes, because two spellings of one value would
// be two hashes of one fact.

const ENCODER = new TextEncoder();
const DIGITS = '0123456789abcdef';
const ALPHABET =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function utf8(text) {
  return ENCODER.encode(text);
}

/**
 * Writes a text as UTF-8 into `out` from `at` on and answers the end; there
 * must be room for three bytes a unit.  For the short texts that are hashed
 * by the thousand a call of the encoder costs more than the text.
 */
export function utf8Into(text, out, at) {
  let to = at;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) {
      out[to++] = code;
    } else if (code < 0x800) {
      out[to++] = 0xc0 | code >> 6;
      out[to++] = 0x80 | code & 63;
    } else if ((code & 0xf800) === 0xd800) {
      // Beyond the first 65,536 scalar values: the encoder knows how.
      const rest = ENCODER.encode(text.slice(i));
      out.set(rest, to);
      return to + rest.length;
    } else {
      out[to++] = 0xe0 | code >> 12;
      out[to++] = 0x80 | code >> 6 & 63;
      out[to++] = 0x80 | code & 63;
    }
  }
  return to;
}

/** How many bytes a text is as UTF-8. */
export function utf8Length(text) {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    if ((code & 0xf800) === 0xd800) return utf8(text).length;
    length += code < 0x800 ? 1 : 2;
  }
  return length;
}

/** The text of UTF-8 bytes; throws where they are not well formed. */
export function fromUtf8(bytes) {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    .decode(bytes);
}

export function concat(...parts) {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** One list of many: a spread would not bear a hundred thousand. */
export function flat(lists) {
  const out = [];
  for (const list of lists) for (const one of list) out.push(one);
  return out;
}

export function equal(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Order of two byte strings: negative, 0 or positive. */
export function compare(a, b) {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

export function toHex(bytes) {
  let out = '';
  for (let i = 0; i < bytes.length; i++) {
    out += DIGITS[bytes[i] >> 4] + DIGITS[bytes[i] & 15];
  }
  return out;
}

/** The value of each character that is a digit, 255 of every other. */
const VALUES = new Uint8Array(128).fill(255);
for (let i = 0; i < 16; i++) VALUES[DIGITS.charCodeAt(i)] = i;

const valueAt = (text, at) => {
  const code = text.charCodeAt(at);
  return code < 128 ? VALUES[code] : 255;
};

/** Whether a value is a string of pairs of lower-case hexadecimal digits. */
export function isHex(value) {
  if (typeof value !== 'string' || value.length % 2 !== 0) return false;
  let all = 0;
  for (let at = 0; at < value.length; at++) all |= valueAt(value, at);
  return all < 16;
}

/** Bytes of lower-case hexadecimal digits, or null. */
export function fromHex(text) {
  if (typeof text !== 'string' || text.length % 2 !== 0) return null;
  const out = new Uint8Array(text.length / 2);
  for (let i = 0; i < out.length; i++) {
    const high = valueAt(text, 2 * i);
    const low = valueAt(text, 2 * i + 1);
    if ((high | low) > 15) return null;
    out[i] = high * 16 + low;
  }
  return out;
}

export function toBase64(bytes) {
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const three = bytes[i] * 65536 + (left > 1 ? bytes[i + 1] * 256 : 0) +
      (left > 2 ? bytes[i + 2] : 0);
    out += ALPHABET[three >> 18] + ALPHABET[(three >> 12) & 63];
    out += left > 1 ? ALPHABET[(three >> 6) & 63] : '=';
    out += left > 2 ? ALPHABET[three & 63] : '=';
  }
  return out;
}

/** Bytes of standard, padded base64 with zero trailing bits, or null. */
export function fromBase64(text) {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) {
    return null;
  }
  const digits = text.replace(/=+$/, '');
  const out = new Uint8Array(Math.floor(digits.length * 6 / 8));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const digit of digits) {
    bits = (bits * 64 + ALPHABET.indexOf(digit)) % 65536;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out[at++] = (bits >> held) & 255;
    }
  }
  // Encoding back is the simplest proof that the spelling was the only one.
  return toBase64(out) === text ? out : null;
}

export function toBase64url(bytes) {
  return toBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_')
    .replace(/=+$/, '');
}

export function fromBase64url(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return null;
  const padding = '='.repeat((4 - (text.length % 4)) % 4);
  return fromBase64(
    text.replace(/-/g, '+').replace(/_/g, '/') + padding);
}

function bigEndian(value, width) {
  const out = new Uint8Array(width);
  let rest = value;
  for (let i = width - 1; i >= 0; i--) {
    out[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return out;
}

export const u8 = (value) => bigEndian(value, 1);
export const u32be = (value) => bigEndian(value, 4);
export const u64be = (value) => bigEndian(value, 8);

/** The integer of 8 big-endian bytes, or null above 2^53 - 1. */
export function fromU64be(bytes) {
  let value = 0;
  for (const byte of bytes) {
    value = value * 256 + byte;
    if (value > Number.MAX_SAFE_INTEGER) return null;
  }
  return value;
}

/** The integer of big-endian bytes, exact: beyond 2^53 - 1 a BigInt. */
export function fromBigEndian(bytes) {
  const exact = BigInt('0x' + toHex(bytes));
  const short = Number(exact);
  return Number.isSafeInteger(short) ? short : exact;
}

/** One more than the largest integer of 32 bits. */
export const WORD = 4294967296;

/**
 * x modulo n for integers, exact below 2^52: there x / n never rounds up to
 * an integer.  The operator % takes several times as long beyond 31 bits.
 */
export function rest(x, n) {
  return x - Math.floor(x / n) * n;
}

/** Steps of 32 bits stay exact in a double up to n = 2^21. */
function moduloByWords(bytes, n) {
  const wide = WORD % n;
  let rest = 0;
  let i = 0;
  for (; bytes.length - i > 3; i += 4) {
    const word = bytes[i] * 16777216 + (bytes[i + 1] << 16) +
      (bytes[i + 2] << 8) + bytes[i + 3];
    rest = (rest * wide + word) % n;
  }
  for (; i < bytes.length; i++) rest = (rest * 256 + bytes[i]) % n;
  return rest;
}

/**
 * The big-endian integer of bytes, modulo n.  Steps of 16 bits stay exact
 * in a double up to n = 2^37; above that big integers take over.
 */
export function modulo(bytes, n) {
  if (n <= 2097152) return moduloByWords(bytes, n);
  if (n > 137438953472) {
    return Number(BigInt('0x' + toHex(bytes)) % BigInt(n));
  }
  let rest = 0;
  let i = 0;
  if (bytes.length % 2 === 1) rest = bytes[i++] % n;
  for (; i < bytes.length; i += 2) {
    rest = (rest * 65536 + bytes[i] * 256 + bytes[i + 1]) % n;
  }
  return rest;
}
