// The tables of section 3: every key of every kind of entry, as data.
// [type, condition] is a key that stands exactly when the condition holds;
// the conditions are answered from the entries before (rules/form.js).

import {
  also, anyText, array, date, hash, hex, hexes, index, int, list, mapOf, name,
  note, object, oneOf, orNull, path, pattern, prose, range, take, text, time,
  unique,
} from './types.js';

const KINDS_OF_COLUMN = ['code', 'name', 'type', 'district', 'kind'];
const by = also(array(hash, 2, 2), (two) => two[0] !== two[1],
  'the two are one');
const bit = range(0, 1);
const district = pattern(/^[0-9]{6}$/);
const key = object({ key: hash, name });

const quota = object({ least: bit, name, take });

export const batch = object({
  code: name,
  departments: array(name, 1, 32),
  follows: int,
  items: array(name, 1, 256),
  name,
  quotas: array(quota, 1, 256),
  scope: prose,
});

const seats = (departments) => departments
  .reduce((sum, department) => sum + department.seats, 0);

const departments = also(
  unique(array(object({ name, seats: range(1, 9) }), 1, 32), 'name'),
  (value) => seats(value) <= 32, 'too many seats');

const exclusion = object({
  column: oneOf('code', 'type', 'district', 'risk', 'tags'),
  document: prose,
  reason: name,
  values: array(name, 1, 1000),
});

const stratum = object({
  class: oneOf('internal', 'public'), least: bit, name, take,
});

export const inspector = object({
  blind: hash, index, path, person: hash, text: note,
});

const laterCrew = object({ crew: note, entry: hash });

export const target = object({
  blind: [hash, 'framesClosed'],
  crew: orNull(note),
  crew_blind: hash,
  crew_path: path,
  dblind: hash,
  duty: note,
  later: array(laterCrew),
  order: [hash, 'framesClosed'],
  path,
  position: int,
  row: note,
  stratum: name,
});

const disclosure = object({ entry: hash, salt: hash, why: note });

const replacementOpens = object({
  inspectors: array(inspector), target: orNull(target),
});

const standInOpens = object({ crew: note, inspectors: array(inspector) });

const KINDS = {
  log: {
    beacon: [object({
      genesis: time, key: hex(96), period: range(1, 3600),
    }), 'rehearsal'],
    format: range(1, 1),
    mode: oneOf('official', 'rehearsal'),
    origin: name,
    policy: hash,
  },
  plan: { amends: hash, batches: list(batch), year: int },
  'seed-book': {
    book: name, list: hash, root: hash, slots: range(1, 100000),
    supplement: prose,
  },
  announcement: {
    batch: name,
    beacon: oneOf('quicknet', 'test'),
    book: hash,
    columns: also(unique(array(oneOf(...KINDS_OF_COLUMN), 1, 5)),
      (columns) => columns.indexOf('code') >= 0, 'no code'),
    contributors: unique(array(key, 0, 16), 'name'),
    custodian: orNull(key),
    departments,
    disclosure: oneOf('kept', 'waived'),
    ending: hash,
    exclusions: array(exclusion, 0, 64),
    given: orNull(object({ by: name, document: name, sha256: hash })),
    items: unique(array(name, 1, 256)),
    mirror: text(0, 200, /[\0-\x1f\x7f]/),
    mode: oneOf('open', 'sealed'),
    policy: hash,
    scope: object({
      district: array(district, 0, 1000), type: array(name, 0, 1000),
    }),
    slot: int,
    strata: unique(array(stratum, 1, 256), 'name'),
    stratify: oneOf('none', 'district', 'type', 'risk'),
    t0: time,
    t1: time,
    t4: time,
    urgent: bit,
  },
  freeze: {
    caps: list(orNull(int)),
    custody: [hex(64), 'custodian'],
    excluded: array(object({ commitment: hash, count: int, rule: int })),
    frame_key: hash,
    pools: list(array(index, 1, 100000)),
    register: object({ codes: int, sha256: hash, version: int }),
    roster: object({ commitment: hash, count: int }),
    roster_key: hash,
    strata: array(object({ commitment: hash, count: int, name })),
  },
  reveal: {
    contributions: array(
      object({ name, signature: hex(64), value: hexes(1, 64) }), 0, 16),
    frame_key: [hash, 'open'],
    secret: hash,
  },
  beacon: {
    chain: oneOf('quicknet', 'test'),
    round: range(1, Number.MAX_SAFE_INTEGER),
    signature: hex(48),
  },
  draw: {
    crews: hash,
    strata: array(object({ count: int, name, positions: hash, take: int })),
  },
  void: {
    by,
    cause: oneOf('freeze-late', 'reveal-late', 'does-not-open',
      'contributor-missing'),
    head: note,
    reason: prose,
  },
  opening: {
    by,
    disclosures: list(disclosure),
    frame_key: [hash, 'framesOpen'],
    frames: [array(object({ name, sha256: hash })), 'framesOpen'],
    inspectors: list(inspector),
    targets: list(target),
  },
  replacement: {
    by, crew: orNull(hash), digest: [hash, 'salted'], evidence: hash,
    opens: [replacementOpens, 'opened'], ordinal: int, position: int,
    reserve: orNull(int), stratum: name, why: [note, 'plain'],
  },
  'stand-in': {
    by, crew: hash, digest: [hash, 'salted'],
    opens: [standInOpens, 'opened'], position: int, stratum: name,
    why: [note, 'plain'],
  },
  direct: {
    by, position: int, reason: prose, seat: int, stratum: name, unit: name,
  },
  annul: { authority: name, by, document: name, sha256: hash },
};

/** The type of a kind's entries, with the keys every entry has. */
export function entryType(kind) {
  return object(Object.assign(
    { draw: int, kind: oneOf(kind), prev: hash, time }, KINDS[kind]));
}

export const ENTRY_KINDS = Object.keys(KINDS);

// The texts inside the texts (rule 3.07).

export const duty = object({ posts: array(index), recused: array(index) });

const holder = object({ certificate: name, index, unit: name });

export const crew = object({ holders: array(orNull(holder)) });

export const inspectorText = object({ certificate: name, unit: name });

const away = array(index, 0, 100000);

export const WHY = {
  replacement: object({
    away, date, reason: oneOf('注销', '吊销', '撤销', '迁出'),
    source: name,
  }),
  'stand-in': object({
    away, class: name, removed: index, seat: int,
  }),
};

const head = object({ consistency: path, note });

export const HEADS = ['announced', 'frozen', 'late', 'revealed', 'final'];

/** The outer form of a proof file (section 8). */
export const PROOF = object({
  attachments: mapOf(hash, anyText),
  commitment: object({ commit: hash, path }),
  entries: array(object({ index, path, text: anyText }), 4, 10000),
  format: oneOf('yaohao-proof/1'),
  heads: also(mapOf(oneOf(...HEADS), head),
    (heads) => 'announced' in heads && 'final' in heads, 'a head is missing'),
  policy: note,
});
