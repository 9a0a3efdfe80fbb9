// worked — prints every intermediate value of the worked example, from its
// proof alone:  node audits/examples/worked.mjs > audits/examples/worked.md
import { readFileSync } from 'node:fs';
import { fromHex, toHex, u64be, utf8, concat } from '../js/bytes.js';
import { hash, sha256 } from '../js/hash.js';
import { testChain } from '../js/beacon.js';
import { pick, countOf } from '../js/pick.js';
import * as seeds from '../js/seeds.js';

const file = new URL('worked/draw.proof.json', import.meta.url);
const proof = JSON.parse(readFileSync(file, 'utf8'));
const texts = {};
for (const { text } of proof.entries) texts[JSON.parse(text).kind] = text;
const entry = (kind) => JSON.parse(texts[kind]);
const digest = (text) => sha256(utf8(text));
const list = (value) =>
  Array.isArray(value) ? value : JSON.parse(proof.attachments[value.sha256]);

const lines = [];
const say = (name, value) => lines.push(`    ${name} = ${value}`);
const head = (text) => lines.push('', `## ${text}`, '');

lines.push('# The worked example of FORMAT', '',
  'Proof: `worked/draw.proof.json`, made by `yaohao rehearse --rate 25%` from',
  'the two lists beside it. This page is the output of `worked.mjs`.');

head('Entries');
for (const kind of Object.keys(texts)) say(`H(${kind})`,
  toHex(digest(texts[kind])));

head('Commitment of the seed (4.1)');
const [A, V, B, D] = ['announcement', 'reveal', 'beacon', 'draw'].map(entry);
const book = entry('seed-book');
say('book_id', book.book);
say('slot', A.slot);
say('s', V.secret);
say('HASH("commit/v1", book_id, u32be slot, s)', toHex(
  seeds.slotCommitment(book.book, A.slot, fromHex(V.secret))));
say('in the proof', proof.commitment.commit);

head('Seed (5)');
const chain = testChain(entry('log').beacon);
const chainHash = chain.hash;
const seed = hash('seed/v1', digest(texts.announcement),
  digest(texts.freeze), fromHex(V.secret), new Uint8Array(32), chainHash,
  u64be(B.round), fromHex(B.signature));
say('contrib', '00'.repeat(32));
say('chain hash', toHex(chainHash));
say('R', B.round);
say('signature', B.signature);
say('seed', toHex(seed));
say('team seed', toHex(hash('team/v1', seed)));

head('Picking (5)');
for (const [i, stratum] of A.strata.entries()) {
  const N = entry('freeze').strata[i].count;
  const k = countOf(stratum.take, stratum.least, N);
  const sub = hash('sub/v1', seed, utf8(stratum.name));
  const positions = pick(sub, N, k);
  lines.push(`    stratum ${stratum.name}: N = ${N}, k = ${k}`);
  say('  stratum seed', toHex(sub));
  say('  positions', [...positions].join(' '));
  say('  SHA-256 of u64be', toHex(sha256(concat(
    ...[...positions].map((p) => u64be(p))))));
  say('  in D', D.strata[i].positions);
}

head('Opened rows (4.2 … 4.4)');
const key = fromHex(entry('opening').frame_key);
say('frame key', toHex(key));
for (const target of list(entry('opening').targets)) {
  const id = JSON.parse(target.row).code;
  const blind = seeds.blindOf(key, id);
  lines.push(`    stratum ${target.stratum}, position ${target.position}`);
  say('  row', target.row);
  say('  order', toHex(seeds.orderOf(key, id)));
  say('  blind', toHex(blind));
  say('  HASH("row/v1", blind, row)', toHex(
    seeds.rowDigest(blind, target.row)));
  say('  duty', target.duty);
  say('  dblind', target.dblind);
  say('  HASH("duty/v1", dblind, duty)', toHex(
    seeds.dutyDigest(fromHex(target.dblind), target.duty)));
  say('  crew', target.crew);
  say('  crew digest', toHex(
    seeds.crewDigest(fromHex(target.crew_blind), target.crew)));
}
console.log(lines.join('\n'));
