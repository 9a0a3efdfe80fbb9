// What the tests of agreement share: the examples, and both verifiers.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { fromHex } from '../../audits/js/bytes.js';
import { parsePolicyFile } from '../../audits/js/policy.js';
import { verify } from '../../audits/js/verify.js';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const PROOFS = `${ROOT}audits/examples/proofs/`;

export function index() {
  return JSON.parse(readFileSync(`${PROOFS}index.json`, 'utf8'));
}

/** The bytes of an example's proof. */
export function proofOf({ file }) {
  const bytes = readFileSync(PROOFS + file);
  return new Uint8Array(file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
}

const READERS = {
  '--policy': (options, name) => {
    options.filePolicy = parsePolicyFile(readFileSync(PROOFS + name, 'utf8'));
  },
  '--vkey': (options, vkey) => { options.vkey = vkey; },
  '--signature': (options, hex) => { options.signature = fromHex(hex); },
};

/** The options of the command line as verify() takes them. */
export function optionsOf(words) {
  const options = {};
  for (let i = 0; i < words.length; i++) {
    if (words[i] === '--rehearsal') options.rehearsal = true;
    else if (words[i] === '--unwitnessed') options.unwitnessed = true;
    else READERS[words[i]](options, words[++i]);
  }
  return options;
}

/** `exit rule` of the verifier in JavaScript. */
export function here(bytes, options) {
  const { exit, rule } = verify(bytes, options);
  return `${exit} ${rule}`;
}

/** `exit rule` of what a verifier printed. */
export function outcome({ status, stdout, stderr }) {
  const rule = /^rule (\S+)$/m.exec(`${stdout}${stderr}`);
  return `${status} ${rule === null ? '' : rule[1]}`;
}
