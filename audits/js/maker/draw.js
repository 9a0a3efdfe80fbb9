// D of a test proof: the real draw over the test seeds.

import { toHex } from '../bytes.js';
import { leafHash, inclusionPath, treeRoot } from '../merkle.js';
import { pick } from '../pick.js';
import {
  crewDigest, crewsCommitment, drawSeed, positionsDigest, stratumSeed,
  teamSeed,
} from '../seeds.js';
import { assign } from '../team.js';
import { secretOf } from './log.js';

const MORE = 5;

export const keyOf = (stratum, position) => `${position} ${stratum}`;

function seedsOf(maker) {
  maker.seed = drawSeed({
    announcement: maker.A.hash, freeze: maker.F.hash,
    secret: secretOf(`slot ${maker.options.slot}`), contributions: maker.values,
    chain: maker.chain.hash, round: maker.round, signature: maker.signature,
  });
  maker.teamSeed = teamSeed(maker.seed);
}

/** The frame's row at a position, with where it stands. */
export function placeOf(maker, stratum, position) {
  const frame = maker.frames.find((one) => one.name === stratum);
  return { stratum, position, frame, row: frame.rows[position] };
}

function problemOf(maker, places) {
  const posts = [];
  const recused = [];
  places.forEach(({ row }, t) => {
    row.duty.posts.forEach((pool) => posts.push([t, pool]));
    row.duty.recused.forEach((i) => recused.push([t, i]));
  });
  return { posts, recused, pools: maker.pools(), caps: maker.caps };
}

function dealCrews(maker, places) {
  const { holders } = assign(problemOf(maker, places), maker.teamSeed);
  maker.options.deal(holders);
  let post = 0;
  const leaves = places.map((place) => {
    const seats = place.row.duty.posts.length;
    const crew = holders.slice(post, post + seats);
    post += seats;
    const text = maker.inspectors.crewText(crew);
    maker.crews.set(keyOf(place.stratum, place.position),
      { now: crew, text, removed: [], later: [] });
    return leafHash(crewDigest(place.row.crewBlind, text));
  });
  places.forEach((place, i) => {
    maker.crews.get(keyOf(place.stratum, place.position)).path =
      inclusionPath(leaves, i).map(toHex);
  });
  return toHex(crewsCommitment(places.length, treeRoot(leaves)));
}

export function addDraw(maker) {
  seedsOf(maker);
  maker.strata = maker.strataWithCounts();
  const places = [];
  for (const stratum of maker.strata) {
    stratum.out = pick(stratumSeed(maker.seed, stratum.name), stratum.N,
      Math.min(stratum.N, stratum.k + MORE));
    stratum.drawn = stratum.out.slice(0, stratum.k);
    stratum.reserves = [];
    stratum.dropped = 0;
    stratum.drawn.forEach((position) => places.push(
      placeOf(maker, stratum.name, position)));
  }
  maker.now += 10;
  maker.D = maker.add('draw', {
    crews: dealCrews(maker, places),
    strata: maker.strata.map(({ name, N, k, drawn }) => ({
      count: N, name, positions: toHex(positionsDigest(drawn)), take: k,
    })),
  }, maker.A.v.draw);
}
