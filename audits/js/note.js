// Checkpoints as signed notes, in the strict form a proof holds (FORMAT 8).

import { equal, fromBase64, fromBigEndian, utf8 } from './bytes.js';
import { verifyEd25519 } from './ed25519.js';

const SIZE = /^[1-9][0-9]{0,15}$/;
const DASH = '\u2014 ';

/** {origin, size, root, text} of a checkpoint's text, or null. */
export function parseCheckpoint(text) {
  const lines = text.split('\n');
  if (lines.length !== 4 || lines[3] !== '') return null;
  const size = SIZE.test(lines[1]) ? Number(lines[1]) : 0;
  const root = fromBase64(lines[2]);
  if (lines[0] === '' || !Number.isSafeInteger(size) || size < 1) return null;
  if (root === null || root.length !== 32) return null;
  return { origin: lines[0], size, root, text };
}

/** The bytes after the key id of a line by this key, or null. */
function signatureBy(line, key, length) {
  const start = `${DASH}${key.name} `;
  if (!line.startsWith(start)) return null;
  const bytes = fromBase64(line.slice(start.length));
  if (bytes === null || bytes.length !== 4 + length) return null;
  return equal(bytes.slice(0, 4), key.id) ? bytes.slice(4) : null;
}

function readCosignatures(lines, policy) {
  const found = [];
  let next = 0;
  for (const line of lines) {
    let bytes = null;
    while (bytes === null && next < policy.witnesses.length) {
      bytes = signatureBy(line, policy.witnesses[next++].key, 72);
    }
    // A time is at most 2^63 - 1.
    if (bytes === null || bytes[0] > 127) return null;
    found.push({
      witness: policy.witnesses[next - 1],
      time: fromBigEndian(bytes.slice(0, 8)),
      signature: bytes.slice(8),
    });
  }
  return found;
}

/**
 * A note in the form of section 8: the checkpoint, the log's line, then
 * lines of the policy's witnesses in its order.  Null where it is not.
 */
export function parseNote(text, policy) {
  const end = text.indexOf('\n\n');
  if (end < 0 || !text.endsWith('\n')) return null;
  const checkpoint = parseCheckpoint(text.slice(0, end + 1));
  if (checkpoint === null) return null;
  const lines = text.slice(end + 2, -1).split('\n');
  const logSignature = signatureBy(lines[0], policy.log, 64);
  if (logSignature === null) return null;
  const cosignatures = readCosignatures(lines.slice(1), policy);
  if (cosignatures === null) return null;
  return Object.assign(checkpoint, { logSignature, cosignatures });
}

export function verifyLogSignature(note, policy) {
  return verifyEd25519(policy.log.key, utf8(note.text), note.logSignature);
}

/** What a witness signs: a time and the checkpoint's text. */
export function cosignedMessage(time, text) {
  return utf8(`cosignature/v1\ntime ${time}\n${text}`);
}

export function verifyCosignature(note, cosignature) {
  return verifyEd25519(cosignature.witness.key.key,
    cosignedMessage(cosignature.time, note.text), cosignature.signature);
}
