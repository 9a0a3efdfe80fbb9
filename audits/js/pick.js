// The picking of section 5: a shuffle of which only the head is computed.

import { CounterHash } from './hash.js';

/** out[0 … take - 1] of N positions under a stratum seed. */
export function pick(stratumSeed, N, take) {
  const draws = new CounterHash('draw', stratumSeed);
  const moved = new Map();
  const out = [];
  const at = (place) => (moved.has(place) ? moved.get(place) : place);
  for (let i = 0; i < take; i++) {
    const j = i + draws.below(i, N - i);
    out.push(at(j));
    moved.set(j, at(i));
  }
  return out;
}

/** How many of N a stratum's `take` and `least` ask for. */
export function countOf(take, least, N) {
  const k = take.endsWith('%') ? rateOf(take, N) : Math.min(Number(take), N);
  return least === 1 && N > 0 ? Math.max(k, 1) : k;
}

/** ceil(N · rate) in whole millionths of a percent. */
function rateOf(take, N) {
  const parts = take.slice(0, -1).split('.');
  const millionths = (parts[0] + (parts[1] || '').padEnd(6, '0'));
  const whole = BigInt(100000000);
  const product = BigInt(N) * BigInt(millionths);
  const k = Number((product + whole - BigInt(1)) / whole);
  return Math.min(k, N);
}
