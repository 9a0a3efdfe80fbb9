// Stand-ins and crews of reserves (6.5).

import { compare } from './bytes.js';
import { standInRank } from './seeds.js';

/**
 * Who takes an empty seat: the free member with the least rank, or null.
 * `taken` are those in the crew, removed from it, or away.
 */
export function standIn(seed, post, pool, recused, taken) {
  let best = null;
  let bestRank = null;
  for (const i of pool) {
    if (recused.indexOf(i) >= 0 || taken.has(i)) continue;
    const rank = standInRank(seed, post, i);
    if (best === null || compare(rank, bestRank) < 0) {
      best = i;
      bestRank = rank;
    }
  }
  return best;
}

/**
 * The crew (indexes, null = open) of a reserve that takes the place of a
 * dropped position: `duty` is the reserve's, `before` the dropped duty's
 * posts and its present holders.
 */
export function reserveCrew(seed, place, duty, before, pools, away) {
  const kept = duty.posts.map((pool, seat) => {
    const holder = before.holders[seat];
    const stays = before.posts[seat] === pool && holder !== null &&
      duty.recused.indexOf(holder) < 0 && away.indexOf(holder) < 0;
    return stays ? holder : null;
  });
  const taken = new Set(away.concat(kept.filter((h) => h !== null)));
  return kept.map((holder, seat) => {
    if (holder !== null) return holder;
    const post = { stratum: place.stratum, position: place.position, seat };
    const chosen = standIn(seed, post, pools[duty.posts[seat]],
      duty.recused, taken);
    if (chosen !== null) taken.add(chosen);
    return chosen;
  });
}
