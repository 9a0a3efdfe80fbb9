import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sha256 as ofLibrary } from '@noble/hashes/sha2.js';
import { QUICKNET, timeOf, verifyBeacon } from '../beacon.js';
import {
  concat, equal, flat, fromHex, isHex, rest, toHex, u64be, utf8, utf8Into,
  utf8Length,
} from '../bytes.js';
import { FixedHash, hash, sha256, sha256Of } from '../hash.js';
import {
  Paths, consistent, included, inclusionPath, leafHash, rootFromPath,
  treeRoot,
} from '../merkle.js';
import {
  cosignedMessage, parseCheckpoint, parseNote, verifyLogSignature,
} from '../note.js';
import { pick } from '../pick.js';
import * as seeds from '../seeds.js';
import { assign, certificateHolds } from '../team.js';
import { verifyEd25519 } from '../ed25519.js';
import { parseVkey } from '../vkey.js';

const read = (name) => JSON.parse(readFileSync(
  new URL(`../test-vectors/${name}.json`, import.meta.url), 'utf8'));
const draw = read('draw');

test('HASH', () => {
  const { tag, args_hex: args, hash: wanted } = draw.hash;
  assert.equal(toHex(hash(tag, ...args.map(fromHex))), wanted);
});

test('SHA-256: FIPS 180-4, and the library for every length', () => {
  const wanted = {
    abc: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    '': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq:
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  };
  for (const text of Object.keys(wanted)) {
    assert.equal(toHex(sha256(utf8(text))), wanted[text]);
  }
  const million = new Uint8Array(1000000).fill(97);
  assert.equal(toHex(sha256(million)),
    'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
  const bytes = Uint8Array.from({ length: 2500 }, (unused, i) => i * 7 + 1);
  for (let length = 0; length < 300; length++) {
    // Views that begin within their buffer, as a file's parts do.
    const part = bytes.subarray(3, 3 + length);
    const own = toHex(ofLibrary(part));
    assert.equal(toHex(sha256(part)), own);
    assert.equal(toHex(sha256Of(part.subarray(0, 5), part.subarray(5))), own);
    const fixed = new FixedHash(length);
    fixed.room.set(part);
    assert.equal(toHex(fixed.digest()), own);
    assert.equal(toHex(fixed.digest()), own);
  }
  assert.deepEqual(sha256(bytes), ofLibrary(bytes));
});

test('HASH of a text is that of its UTF-8', () => {
  for (const text of ['', 'a', '运城', 'é😀z', '\ud800', '€'.repeat(2000)]) {
    const bytes = utf8(text);
    assert.equal(utf8Length(text), bytes.length);
    const room = new Uint8Array(3 * text.length);
    assert.deepEqual(room.slice(0, utf8Into(text, room, 0)), bytes);
    const input = concat(Uint8Array.of(3), utf8('x/v'), new Uint8Array(4),
      bytes);
    new DataView(input.buffer).setUint32(4, bytes.length);
    assert.deepEqual(hash('x/v', text), ofLibrary(input));
    assert.deepEqual(hash('x/v', bytes), ofLibrary(input));
  }
});

test('hexadecimal digits', () => {
  for (const text of ['', '00', '0af9']) assert.ok(isHex(text), text);
  for (const text of ['0', '0A', 'gg', '0 ', '\u01300', 7, null, ['00']]) {
    assert.ok(!isHex(text), String(text));
  }
});

test('the rest of a division', () => {
  const most = 2 ** 52;
  for (const n of [1, 2, 3, 7, 255, 40961, 2097151, 2097152, 137438953471]) {
    for (const k of [0, 1, 2, 3, 1023, 65537, Math.floor(most / n) - 1]) {
      for (const x of [k * n - 1, k * n, k * n + 1, most - 1 - k]) {
        if (x < 0 || x >= most) continue;
        assert.equal(rest(x, n), x % n, `${x} mod ${n}`);
      }
    }
  }
});

test('picks', () => {
  for (const { seed, count, take, first, ...rest } of draw.pick) {
    const out = pick(fromHex(seed), count, take);
    assert.deepEqual(out.slice(0, first.length), first);
    assert.equal(toHex(seeds.positionsDigest(out)),
      rest.sha256_of_u64be_positions);
  }
});

test('commitment, sub-seeds and seed', () => {
  const { book_id: book, slot, s, commit } = draw.commit;
  assert.equal(toHex(seeds.slotCommitment(book, slot, fromHex(s))), commit);
  const { seed, name, stratum_seed: sub } = draw.stratum_seed;
  assert.equal(toHex(seeds.stratumSeed(fromHex(seed), name)), sub);
  assert.equal(toHex(seeds.teamSeed(fromHex(draw.team_seed.seed))),
    draw.team_seed.team_seed);
  const v = draw.seed;
  const contributions = v.contributions.map(fromHex);
  assert.equal(toHex(seeds.contributionsHash(contributions)), v.contrib);
  assert.equal(toHex(seeds.drawSeed({
    announcement: fromHex(v.H_A), freeze: fromHex(v.H_F),
    secret: fromHex(v.s), contributions, chain: fromHex(v.chain_hash),
    round: v.round, signature: fromHex(v.signature),
  })), v.seed);
});

test('a leaf of a frame and the frame of this one row', () => {
  const v = draw.frame_leaf;
  const frameKey = fromHex(v.frame_key);
  const order = seeds.orderOf(frameKey, v.id);
  const blind = seeds.blindOf(frameKey, v.id);
  const dblind = seeds.dutyBlindOf(fromHex(v.roster_key), v.id);
  assert.deepEqual([order, blind, dblind].map(toHex),
    [v.order, v.blind, v.dblind]);
  const leaf = seeds.frameLeaf(order, seeds.rowDigest(blind, v.row),
    seeds.dutyDigest(dblind, v.duty));
  assert.equal(toHex(leaf), v.leaf_data);
  assert.equal(toHex(leafHash(leaf)), v.leaf_hash);
  const { stratum, N, committed_root: root } = v.frame_of_this_one_row;
  assert.equal(toHex(seeds.frameCommitment(stratum, N, leafHash(leaf))), root);
});

test('ranks of stand-ins', () => {
  const { team_seed: seed, stratum, position, seat, ranks } = draw.stand_in;
  for (const i of Object.keys(ranks)) {
    assert.equal(toHex(seeds.standInRank(fromHex(seed),
      { stratum, position, seat }, Number(i))), ranks[i]);
  }
});

test('40 team problems', () => {
  const problems = read('team');
  assert.equal(problems.length, 40);
  for (const { seed, problem, answer } of problems) {
    const found = assign(problem, fromHex(seed));
    assert.deepEqual(found, answer);
    for (const open of found.open) {
      assert.ok(certificateHolds(problem, open));
    }
  }
});

test('rounds of the beacon', () => {
  const { rounds, must_be_refused: forged, info } = read('drand-quicknet');
  assert.equal(toHex(QUICKNET.hash), info.chain_hash);
  assert.equal(QUICKNET.key, info.public_key);
  for (const { round, time, signature, randomness } of rounds) {
    assert.ok(verifyBeacon(QUICKNET, round, fromHex(signature)), `${round}`);
    assert.equal(toHex(sha256(fromHex(signature))), randomness);
    assert.equal(timeOf(QUICKNET, round), time);
  }
  for (const { name, round, signature } of forged) {
    assert.ok(!verifyBeacon(QUICKNET, round, fromHex(signature)), name);
  }
});

test('trees: inclusion and consistency', () => {
  for (const one of read('ct8-inclusion')) {
    const path = one.proof.map(fromHex);
    const leaf = fromHex(one.leaf_hash);
    const root = fromHex(one.root);
    assert.ok(included(leaf, one.index, one.size, path, root));
    assert.ok(!included(leaf, one.index, one.size, path.concat([leaf]), root));
    if (path.length > 0) {
      assert.equal(rootFromPath(leaf, one.index, one.size, path.slice(1)),
        null);
    }
  }
  for (const { size1, size2, root1, root2, proof } of read('ct8-consistency')) {
    const roots = { old: fromHex(root1), new: fromHex(root2) };
    const path = proof.map(fromHex);
    assert.ok(consistent(size1, size2, path, roots));
    const more = path.concat([fromHex(root1)]);
    assert.ok(!consistent(size1, size2, more, roots));
  }
});

/** What section 8 takes of the cases: one line of the log, none unknown. */
const STRICT = ['good'];

test('paths of one tree, one after the other', () => {
  for (let size = 1; size <= 33; size++) {
    const leaves = Array.from({ length: size },
      (unused, i) => leafHash(Uint8Array.of(i)));
    const root = treeRoot(leaves);
    const paths = new Paths(size, (bytes) => equal(bytes, root));
    // In order, each twice, and then every other one backwards.
    const order = flat(leaves.map((unused, i) => [i, i]));
    for (let i = size - 1; i >= 0; i -= 2) order.push(i);
    for (const i of order) {
      const path = inclusionPath(leaves, i).map(toHex);
      assert.ok(paths.lead(leaves[i], i, path), `${i} of ${size}`);
      assert.ok(!paths.lead(leaves[i], i, path.concat(path[0] || toHex(root))));
      assert.ok(!paths.lead(leaves[i], size, path));
      assert.ok(!paths.lead(leafHash(Uint8Array.of(99)), i, path));
      path.forEach((one, height) => {
        const other = path.slice();
        other[height] = (one[0] === '0' ? '1' : '0') + one.slice(1);
        assert.ok(!paths.lead(leaves[i], i, other), `${i} of ${size}`);
        other[height] = path[path.length - 1 - height];
        const isSame = other[height] === one;
        assert.equal(paths.lead(leaves[i], i, other), isSame);
        assert.ok(!paths.lead(leaves[i], i ^ 1 << height, path));
      });
      assert.ok(paths.lead(leaves[i], i, path), `${i} of ${size} again`);
    }
  }
});

test('checkpoints', () => {
  const log = parseVkey(read('note-keys').log_vkey);
  const policy = { log, witnesses: [] };
  const taken = read('checkpoint-cases').filter(({ note }) => {
    const found = parseNote(note, policy);
    return found !== null && found.origin === log.name &&
      verifyLogSignature(found, policy);
  });
  assert.deepEqual(taken.map((one) => one.name), STRICT);
});

test('a note with a cosignature', () => {
  const v = read('note-keys');
  const key = parseVkey(v.witness_vkey);
  const policy = {
    log: parseVkey(v.log_vkey), witnesses: [{ policyName: 'w1', key }],
  };
  const note = parseNote(v.signed_note, policy);
  const [cosignature] = note.cosignatures;
  assert.equal(cosignature.time, v.cosignature_timestamp);
  const message = cosignedMessage(cosignature.time, note.text);
  assert.deepEqual(message, utf8(v.cosigned_message));
  assert.ok(verifyEd25519(key.key, message, cosignature.signature));
  assert.ok(parseVkey(v.c2sp_example_vkey) !== null);
  assert.equal(parseCheckpoint('a\n01\nAAAA\n'), null);
  assert.equal(toHex(u64be(v.cosignature_timestamp)), '000000006955b900');
});
