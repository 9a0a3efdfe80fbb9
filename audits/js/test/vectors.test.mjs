import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { QUICKNET, timeOf, verifyBeacon } from '../beacon.js';
import { fromHex, toHex, utf8, u64be } from '../bytes.js';
import { hash, sha256 } from '../hash.js';
import { consistent, included, leafHash, rootFromPath } from '../merkle.js';
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
