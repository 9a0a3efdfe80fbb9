// Seeds (section 5) and commitments (section 4), each a line of the format.

import { concat, u32be, u64be } from './bytes.js';
import { hash, sha256 } from './hash.js';

export function slotCommitment(book, slot, secret) {
  return hash('commit/v1', book, u32be(slot), secret);
}

export function frameKeyCommitment(draw, key) {
  return hash('frame-key/v1', u64be(draw), key);
}

export function rosterKeyCommitment(draw, key) {
  return hash('roster-key/v1', u64be(draw), key);
}

export function contributionsHash(values) {
  return values.length === 0
    ? new Uint8Array(32) : hash('contrib/v1', ...values);
}

export function drawSeed(parts) {
  return hash('seed/v1', parts.announcement, parts.freeze, parts.secret,
    contributionsHash(parts.contributions), parts.chain,
    u64be(parts.round), parts.signature);
}

export function stratumSeed(seed, name) {
  return hash('sub/v1', seed, name);
}

export function teamSeed(seed) {
  return hash('team/v1', seed);
}

export function orderOf(key, id) {
  return hash('order/v1', key, id);
}

export function blindOf(frameKey, id) {
  return hash('blind/v1', frameKey, id);
}

export function dutyBlindOf(rosterKey, id) {
  return hash('duty-blind/v1', rosterKey, id);
}

export function crewBlindOf(rosterKey, id) {
  return hash('crew-blind/v1', rosterKey, id);
}

export function inspectorBlindOf(rosterKey, certificate) {
  return hash('inspector-blind/v1', rosterKey, certificate);
}

export function personBlindOf(rosterKey, certificate) {
  return hash('person-blind/v1', rosterKey, certificate);
}

export function rowDigest(blind, row) {
  return hash('row/v1', blind, row);
}

export function dutyDigest(dblind, duty) {
  return hash('duty/v1', dblind, duty);
}

export function crewDigest(blind, crew) {
  return hash('crew/v1', blind, crew);
}

/** The 96 bytes of a row in its stratum's tree. */
export function frameLeaf(order, row, duty) {
  return concat(order, row, duty);
}

/** The 64 bytes of an inspector in the roster's tree. */
export function rosterLeaf(blind, text, person) {
  return concat(hash('inspector/v1', blind, text), person);
}

export function personDigest(blind, person) {
  return hash('person/v1', blind, person);
}

export function frameCommitment(name, count, root) {
  return hash('frame/v1', name, u64be(count), root);
}

export function excludedCommitment(rule, count, root) {
  return hash('excluded/v1', u32be(rule), u64be(count), root);
}

export function rosterCommitment(count, root) {
  return hash('roster/v1', u64be(count), root);
}

export function crewsCommitment(count, root) {
  return hash('crews/v1', u64be(count), root);
}

export function custodyMessage(announcement, freezeWithout) {
  return hash('custody/v1', announcement, freezeWithout);
}

export function contributionMessage(freeze, name, value) {
  return hash('contribution/v1', freeze, name, value);
}

export function saltedDigest(salt, bytes) {
  return hash('salt/v1', salt, bytes);
}

export function actorDigest(salt, name) {
  return hash('actor/v1', salt, name);
}

export function standInRank(seed, post, inspector) {
  return hash('stand-in/v1', seed, post.stratum, u64be(post.position),
    u32be(post.seat), u64be(inspector));
}

/** SHA-256 over the positions as u64be, in draw order. */
export function positionsDigest(positions) {
  const bytes = new Uint8Array(8 * positions.length);
  positions.forEach((position, i) => bytes.set(u64be(position), 8 * i));
  return sha256(bytes);
}

/** The id of a row: its code, or kind:code where the columns hold kind. */
export function idOf(row) {
  return 'kind' in row ? `${row.kind}:${row.code}` : row.code;
}

export const ID = /^[0-9A-Z:._-]{1,64}$/;
