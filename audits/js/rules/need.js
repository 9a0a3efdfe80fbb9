// How a rule refuses.

export class Refused extends Error {}

export function need(condition, why) {
  if (!condition) throw new Refused(why);
}
