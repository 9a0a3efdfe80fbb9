// Frames and rosters of tests: rows, duties, inspectors and their trees.

import { compare, toHex, utf8 } from '../bytes.js';
import { write, writeRow } from '../json.js';
import { inclusionPath, leafHash, treeRoot } from '../merkle.js';
import {
  blindOf, crewBlindOf, dutyBlindOf, dutyDigest, excludedCommitment,
  frameCommitment, frameLeaf, idOf, inspectorBlindOf, orderOf, personBlindOf,
  personDigest, rosterCommitment, rosterLeaf, rowDigest,
} from '../seeds.js';

const byOrder = (a, b) => compare(a.order, b.order);

/** A row of the frame with all that its leaf is made of. */
function frameRow(row, duty, keys, columns) {
  const id = idOf(row);
  const rowText = writeRow(row, columns);
  const dutyText = write(duty);
  const order = orderOf(keys.frame, id);
  const blind = blindOf(keys.frame, id);
  const dblind = dutyBlindOf(keys.roster, id);
  const data = frameLeaf(order, rowDigest(blind, rowText),
    dutyDigest(dblind, dutyText));
  return {
    id, order, blind, dblind, duty, rowText, dutyText,
    crewBlind: crewBlindOf(keys.roster, id), leaf: leafHash(data),
  };
}

export class Frame {
  constructor(name, rows, keys, columns) {
    this.name = name;
    this.rows = rows.map(({ row, duty }) => frameRow(row, duty, keys, columns))
      .sort(byOrder);
    this.leaves = this.rows.map((row) => row.leaf);
    this.N = rows.length;
    this.root = treeRoot(this.leaves);
  }

  /** As F's strata hold it. */
  frozen() {
    const commitment = toHex(frameCommitment(this.name, this.N, this.root));
    return { commitment, count: this.N, name: this.name };
  }

  excluded(rule) {
    const commitment = toHex(excludedCommitment(rule, this.N, this.root));
    return { commitment, count: this.N, rule };
  }

  path(position) {
    return inclusionPath(this.leaves, position).map(toHex);
  }
}

export function masked(certificate) {
  const letters = Array.from(certificate);
  const kept = letters.length > 2 ? 2 : 0;
  return letters.map((letter, i) =>
    (i < letters.length - kept ? '*' : letter)).join('');
}

export class Inspectors {
  constructor(people, rosterKey) {
    this.people = people.map(({ certificate, name, unit }) => {
      const text = { certificate: masked(certificate), unit };
      const blind = inspectorBlindOf(rosterKey, certificate);
      const person = personDigest(personBlindOf(rosterKey, certificate),
        write({ certificate, name }));
      const leaf = leafHash(rosterLeaf(blind, write(text), person));
      const order = orderOf(rosterKey, certificate);
      return { text, blind, person, leaf, order };
    }).sort(byOrder);
    this.leaves = this.people.map((one) => one.leaf);
  }

  frozen() {
    const count = this.people.length;
    return {
      commitment: toHex(rosterCommitment(count, treeRoot(this.leaves))), count,
    };
  }

  /** As an opening shows it. */
  shown(index) {
    const { blind, person, text } = this.people[index];
    return {
      blind: toHex(blind), index,
      path: inclusionPath(this.leaves, index).map(toHex),
      person: toHex(person), text: write(text),
    };
  }

  /** The text of a crew of indexes (null: open). */
  crewText(holders) {
    return write({
      holders: holders.map((index) => (index === null ? null
        : Object.assign({ index }, this.people[index].text))),
    });
  }
}

/** `count` rows of firms that are nobody's. */
export function testRows(stratum, count, duty) {
  const rows = [];
  for (let i = 0; i < count; i++) {
    const code = `T${utf8(stratum).reduce((sum, b) => sum * 7 + b, 3) % 9973}` +
      `X${String(i).padStart(6, '0')}`;
    rows.push({
      row: { code, name: `${stratum}试验企业${i}`, district: '140800' },
      duty: duty(i),
    });
  }
  return rows;
}
