// A proof, verified, and what a page shows of it.

import { toBase64, toHex } from '../../audits/js/bytes.js';
import { timeOf } from '../../audits/js/beacon.js';
import { decidingRound } from '../../audits/js/rules/drawn.js';
import { verifySteps } from '../../audits/js/verify.js';
import { basisOf, optionsOf } from './ask_options.js';

const HEADINGS = ['检查', '已证明', '只是声明', '须信任', '提示'];

/** The sentences of the report by their heading. */
function sectionsOf(lines) {
  const sections = {};
  let heading = '';
  for (const line of lines) {
    if (HEADINGS.indexOf(line) >= 0) heading = line;
    else if (heading !== '' && line.startsWith('  ')) {
      (sections[heading] = sections[heading] || []).push(line.trim());
    }
  }
  return sections;
}

const unitsOf = (holders) => holders === null ? null : holders
  .map((one) => one === null ? null : one.unit);

/** The crew that stands now, where the proof says it in clear. */
function targetsOf(ctx) {
  return (ctx.targets || []).map(({ row, source, crew, later }) => ({
    stratum: source.stratum, position: source.position, row,
    units: unitsOf(later.length > 0
      ? later[later.length - 1].holders : crew),
    changed: later.length,
  }));
}

const timeAndHash = (entry) => entry === null ? null
  : { time: entry.v.time, index: entry.index, hash: toHex(entry.hash) };

/** When each head was cosigned, by the policy's names. */
function headsOf(ctx) {
  return ctx.headNames.map((name) => ({
    name, size: ctx.notes[name].size,
    cosigned: ctx.notes[name].cosignatures.map((one) => ({
      witness: one.witness.policyName, time: Number(one.time),
    })),
  }));
}

const headOf = ({ origin, size, root }) =>
  ({ origin, size, root: toBase64(root) });

function strataOf(ctx) {
  return ctx.A.v.strata.map(({ name, take }, i) => {
    const found = (ctx.strata || [])[i];
    if (found === undefined) return { name, take };
    const { N, k, commitment, drawn } = found;
    return { name, take, N, k, commitment, drawn: drawn || null };
  });
}

function factsOf(ctx, wantsTargets) {
  const { A, log, chain } = ctx;
  const round = decidingRound(ctx);
  return {
    draw: ctx.draw, origin: log.v.origin, isRehearsal: ctx.rehearsal(),
    batch: A.v.batch, batchName: ctx.batch.name, mode: A.v.mode,
    t0: A.v.t0, t1: A.v.t1, t4: A.v.t4,
    items: A.v.items, departments: A.v.departments, beacon: A.v.beacon,
    round, roundTime: round === null ? null : timeOf(chain, round),
    chain: { genesis: chain.genesis, period: chain.period },
    asOf: ctx.asOf === undefined ? null : ctx.asOf,
    vkey: ctx.policy.log.text, quorum: ctx.policy.quorum,
    head: headOf(ctx.notes.final), heads: headsOf(ctx),
    seed: ctx.seed ? toHex(ctx.seed) : '', strata: strataOf(ctx),
    entries: {
      announcement: timeAndHash(A), freeze: timeAndHash(ctx.F),
      reveal: timeAndHash(ctx.V), beacon: timeAndHash(ctx.B),
      draw: timeAndHash(ctx.D), opening: timeAndHash(ctx.opening),
      void: timeAndHash(ctx.voided), annul: timeAndHash(ctx.annul),
    },
    cause: ctx.voided === null ? '' : ctx.voided.v.cause,
    authority: ctx.annul === null ? '' : ctx.annul.v.authority,
    changes: ctx.later.map(({ kind, v }) => ({
      kind, stratum: v.stratum, position: v.position, reserve: v.reserve,
      time: v.time,
    })).filter((one) => one.stratum !== undefined),
    targets: wantsTargets ? targetsOf(ctx) : [],
  };
}

function readFile(file) {
  return new Promise((done, failed) => {
    // Old browsers have no Blob.arrayBuffer.
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(new Error('文件读不出来'));
    reader.readAsArrayBuffer(file);
  });
}

/** The bytes, or null where there is no proof at the address. */
async function take({ bytes, file, address }) {
  if (file) return readFile(file);
  if (!address) return bytes;
  const reply = await fetch(address);
  if (reply.status === 404) return null;
  if (!reply.ok) throw new Error(`服务器答 ${reply.status}`);
  return reply.arrayBuffer();
}

/**
 * ask: {address, file or bytes; options, wantsTargets}.  The proof is
 * fetched and read here: its megabytes never stand in the page's way.
 * options: see ask_options, and policyName.  Steps: {id, title, number, of,
 * before}.  The answer: {exit, rule, step, stage, verdict, isRehearsal,
 * checks, sections, lines, basis, length, spent_ms, facts}; facts is null
 * where the proof is refused.  Null where there is no proof.
 */
export async function* askProof(ask, state) {
  state.result = null;
  const options = optionsOf(ask.options);
  const bytes = await take(ask);
  if (bytes === null) return null;
  const start = performance.now();
  const result = yield* verifySteps(new Uint8Array(bytes), options);
  state.result = result;
  const { exit, rule, step, stage, checks, lines } = result;
  const isMarked = lines[0] === '演练，不是正式抽查';
  const holds = rule === '';
  const { context } = result.facts;
  return {
    exit, rule, step, stage, checks, lines, isRehearsal: isMarked,
    verdict: lines[isMarked ? 1 : 0], sections: sectionsOf(lines),
    basis: basisOf(options, holds ? context.policy : undefined,
      ask.options.policyName),
    length: bytes.byteLength, spent_ms: performance.now() - start,
    facts: holds ? factsOf(context, ask.wantsTargets) : null,
  };
}
