// What the tests of agreement share: the examples, and both verifiers.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
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

/** peer.c as a process that answers one question after the other. */
export class Peer {
  constructor() {
    const made = spawnSync('make', ['-s', 'build/tests/agree/peer'],
      { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
    if (made.status !== 0) throw new Error('peer.c does not build');
    this.process = spawn(`${ROOT}build/tests/agree/peer`,
      { stdio: ['pipe', 'pipe', 'inherit'] });
    this.waiting = [];
    createInterface({ input: this.process.stdout }).on('line',
      (line) => this.waiting.shift().resolve(line));
    this.process.on('exit', (code) => this.waiting.splice(0).forEach(
      ({ reject }) => reject(new Error(`peer ended with ${code}`))));
  }

  /** The answer to a question about bytes (or a text). */
  ask(words, body) {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.process.stdin.write(`${words} ${bytes.length}\n`);
      this.process.stdin.write(bytes);
    });
  }

  async end() {
    const gone = once(this.process, 'exit');
    this.process.stdin.end();
    const [code] = await gone;
    if (code !== 0) throw new Error(`peer ended with ${code}`);
  }
}
