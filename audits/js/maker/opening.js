// What follows D in a test proof: stand-ins, replacements, direct, opening.

import { flat, toHex, utf8 } from '../bytes.js';
import { write } from '../json.js';
import { crewDigest, saltedDigest } from '../seeds.js';
import { reserveCrew, standIn } from '../stand_in.js';
import { keyOf, placeOf } from './draw.js';
import { by, secretOf } from './log.js';

/** Keys that say why: a salted digest, the text, or the text and proofs. */
function whyKeys(maker, why, opens) {
  const text = write(why);
  if (maker.opened) return { opens, why: text };
  if (maker.A.v.mode === 'open') return { why: text };
  const salt = secretOf(`salt ${maker.log.leaves.length}`);
  const digest = toHex(saltedDigest(salt, utf8(text)));
  maker.pending = { salt: toHex(salt), why: text };
  return { digest };
}

/** Notes the salt under the hash of the entry that holds the digest. */
function disclose(maker, logged) {
  if (!maker.pending) return;
  maker.disclosures.push(Object.assign(
    { entry: toHex(logged.hash) }, maker.pending));
  maker.pending = null;
}

function shownHolders(maker, crews) {
  const indexes = new Set(flat(crews).filter((i) => i !== null));
  return Array.from(indexes).sort((a, b) => a - b)
    .map((index) => maker.inspectors.shown(index));
}

function addStandIn(maker, { stratum: at, place: nth, seat }) {
  const stratum = maker.strata[at];
  const position = nth < 0 ? stratum.reserves[0] : stratum.drawn[nth];
  const { row } = placeOf(maker, stratum.name, position);
  const crew = maker.crews.get(keyOf(stratum.name, position));
  const removed = crew.now[seat];
  crew.removed.push(removed);
  const taken = new Set(crew.now.concat(crew.removed));
  const now = crew.now.slice();
  const pool = maker.pools()[row.duty.posts[seat]];
  now[seat] = maker.options.choose(standIn(maker.teamSeed,
    { stratum: stratum.name, position, seat }, pool, row.duty.recused, taken),
  pool, taken);
  const text = maker.inspectors.crewText(now);
  const why = { away: [], class: '生病', removed, seat };
  const logged = maker.add('stand-in', Object.assign({
    by: by(['甲', '乙']), crew: toHex(crewDigest(row.crewBlind, text)),
    position, stratum: stratum.name,
  }, whyKeys(maker, why, {
    crew: text, inspectors: shownHolders(maker, [now]),
  })), maker.A.v.draw);
  disclose(maker, logged);
  crew.now = now;
  crew.later.push({ crew: text, entry: toHex(logged.hash), holders: now });
}

function crewOfReserve(maker, stratum, dropped, reserve, away) {
  const { row } = placeOf(maker, stratum.name, reserve);
  const before = {
    posts: placeOf(maker, stratum.name, dropped).row.duty.posts,
    holders: maker.crews.get(keyOf(stratum.name, dropped)).now,
  };
  return reserveCrew(maker.teamSeed,
    { stratum: stratum.name, position: reserve }, row.duty, before,
    maker.pools(), away);
}

function addReplacement(maker, { stratum: at, place: nth }) {
  const stratum = maker.strata[at];
  const position = stratum.drawn[nth];
  const ordinal = stratum.dropped++;
  const next = stratum.k + ordinal;
  const reserve = next < stratum.N ? stratum.out[next] : null;
  const away = maker.crews.get(keyOf(stratum.name, position)).now
    .filter((i) => i !== null).slice(0, 1);
  const why = { away, date: '2027-03-01', reason: '注销', source: '登记系统' };
  const body = {
    by: by(['甲', '乙']), crew: null, evidence: toHex(secretOf('evidence')),
    ordinal, position, reserve, stratum: stratum.name,
  };
  let opens = { inspectors: [], target: null };
  let crew = null;
  if (reserve !== null) {
    const now = crewOfReserve(maker, stratum, position, reserve, away);
    const text = maker.inspectors.crewText(now);
    const { row } = placeOf(maker, stratum.name, reserve);
    body.crew = toHex(crewDigest(row.crewBlind, text));
    crew = { now, text: null, path: [], removed: [], later: [] };
    maker.crews.set(keyOf(stratum.name, reserve), crew);
    crew.later.push({ crew: text, entry: '', holders: now });
    opens = {
      inspectors: shownHolders(maker, [now]),
      target: Object.assign(targetOf(maker, stratum.name, reserve),
        { crew: text, later: [] }),
    };
    stratum.reserves.push(reserve);
  }
  const logged = maker.add('replacement', Object.assign(body,
    whyKeys(maker, why, opens)), maker.A.v.draw);
  disclose(maker, logged);
  if (crew !== null) crew.later[0].entry = toHex(logged.hash);
}

function addDirect(maker, { stratum: at, place: nth, seat }) {
  const stratum = maker.strata[at];
  maker.add('direct', {
    by: by(['甲', '乙']), position: stratum.drawn[nth], reason: '无人可派',
    seat, stratum: stratum.name, unit: '上级单位',
  }, maker.A.v.draw);
}

const CHANGES = {
  'stand-in': addStandIn, replacement: addReplacement, direct: addDirect,
};

/** changes: [{kind, stratum, place, seat}], places among the drawn. */
export function addChanges(maker, changes) {
  maker.disclosures = maker.disclosures || [];
  for (const change of changes) {
    maker.now += 5;
    CHANGES[change.kind](maker, change);
  }
}

const allPublic = (maker) => maker.A.v.strata.every(
  (one) => one.class === 'public');

function targetOf(maker, stratum, position) {
  const { frame, row } = placeOf(maker, stratum, position);
  const crew = maker.crews.get(keyOf(stratum, position));
  const target = {
    crew: crew.text, crew_blind: toHex(row.crewBlind), crew_path: crew.path,
    dblind: toHex(row.dblind), duty: row.dutyText,
    later: crew.later.map(({ crew: text, entry }) => ({ crew: text, entry })),
    path: frame.path(position), position, row: row.rowText, stratum,
  };
  if (!allPublic(maker)) {
    target.blind = toHex(row.blind);
    target.order = toHex(row.order);
  }
  return target;
}

export function addOpening(maker) {
  maker.now += 100;
  const targets = [];
  const crews = [];
  for (const stratum of maker.strata) {
    for (const position of stratum.drawn.concat(stratum.reserves)) {
      targets.push(targetOf(maker, stratum.name, position));
      const crew = maker.crews.get(keyOf(stratum.name, position));
      crews.push(crew.now, ...crew.later.map((one) => one.holders));
      if (crew.text !== null) {
        crews.push(JSON.parse(crew.text).holders.map(
          (one) => (one === null ? null : one.index)));
      }
    }
  }
  const body = {
    by: by(['甲', '乙']),
    disclosures: maker.log.list(maker.disclosures),
    inspectors: maker.log.list(shownHolders(maker, crews)),
    targets: maker.log.list(targets),
  };
  if (allPublic(maker)) {
    body.frame_key = toHex(maker.keys.frame);
    body.frames = maker.strata.map(({ name }) => ({
      name, sha256: toHex(secretOf(`file ${name}`)),
    }));
  }
  maker.opened = true;
  maker.add('opening', body, maker.A.v.draw);
}
