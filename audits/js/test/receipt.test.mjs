import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concat, fromHex, toBase64url, u64be, utf8 } from '../bytes.js';
import { bytesOfProof, make } from '../maker/make.js';
import { keyOf, placeOf } from '../maker/draw.js';
import { checkReceipt, parseReceipt } from '../receipt.js';
import { dutyDigest } from '../seeds.js';
import { verify } from '../verify.js';

const str = (text) => {
  const bytes = utf8(text);
  return concat(Uint8Array.of(bytes.length >> 8, bytes.length & 255), bytes);
};
const path = (hashes) => concat(Uint8Array.of(hashes.length),
  ...hashes.map(fromHex));

function receiptOf(maker, stratum, position, later) {
  const { frame, row } = placeOf(maker, stratum, position);
  const crew = maker.crews.get(keyOf(stratum, position));
  return concat(utf8('YHR1'), str(maker.log.log.name), u64be(maker.A.v.draw),
    str(stratum), u64be(position), row.order, str(row.rowText), row.blind,
    dutyDigest(row.dblind, row.dutyText), path(frame.path(position)),
    str(later ? crew.later[crew.later.length - 1].crew : crew.text),
    row.crewBlind, later ? Uint8Array.of(255) : path(crew.path));
}

const before = [
  { kind: 'replacement', stratum: 0, place: 1 },
  { kind: 'stand-in', stratum: 0, place: 0, seat: 0 },
];
const { proof, maker } = make({ stage: 'draw', before });
const result = verify(bytesOfProof(proof), { rehearsal: true });
const [stratum] = maker.strata;

test('receipts of the drawn, of a reserve and of a changed crew', () => {
  const check = (...of) => checkReceipt(
    toBase64url(receiptOf(maker, stratum.name, ...of)), result);
  assert.equal(check(stratum.drawn[1], false), '');
  assert.equal(check(stratum.reserves[0], true), '');
  assert.equal(check(stratum.drawn[0], true), '');
});

test('a receipt from before its crew was changed is out of date', () => {
  assert.equal(checkReceipt(toBase64url(receiptOf(maker, stratum.name,
    stratum.drawn[0], false)), result), '已换人');
});

test('a changed receipt is refused, whichever byte is changed', () => {
  const good = receiptOf(maker, stratum.name, stratum.drawn[1], false);
  assert.equal(checkReceipt(toBase64url(good), result), '');
  for (let i = 0; i < good.length; i += 3) {
    const bad = good.slice();
    bad[i] ^= 1;
    assert.notEqual(checkReceipt(toBase64url(bad), result), '', `byte ${i}`);
  }
  assert.equal(parseReceipt(toBase64url(concat(good, Uint8Array.of(0)))),
    null);
  assert.equal(parseReceipt(toBase64url(good.slice(0, -1))), null);
});
