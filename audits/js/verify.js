// The verifier: runs the rules of section 9 in the order of their numbers.

import { ANNOUNCED } from './rules/announced.js';
import { CHANGES } from './rules/changes.js';
import { DRAWN } from './rules/drawn.js';
import { ENDING } from './rules/ending.js';
import { FORM } from './rules/form.js';
import { FROZEN } from './rules/frozen.js';
import { INNER } from './rules/inner.js';
import { Refused } from './rules/need.js';
import { OPENED } from './rules/opened.js';
import { OUTER } from './rules/outer.js';
import { report } from './report.js';

export const RULES = [].concat(
  OUTER, FORM, INNER, ANNOUNCED, FROZEN, DRAWN, OPENED, CHANGES, ENDING);

export const EXIT = { holds: 0, refuted: 1, unusable: 2, notAskedFor: 3 };

const DEFAULTS = {
  at: null, filePolicy: null, rehearsal: false, signature: null,
  unwitnessed: false, vkey: null,
};

function newContext(bytes, options) {
  const ctx = { bytes, options: Object.assign({}, DEFAULTS, options) };
  ctx.rehearsal = () => ctx.log.v.mode === 'rehearsal';
  return ctx;
}

/** A rule that takes long is a generator, and yields now and then. */
function* runRule(ctx, { id, title, run }) {
  try {
    const work = run(ctx);
    if (work !== undefined) yield* work;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { id, title, holds: false, why: error.message };
  }
  return { id, title, holds: true, why: '' };
}

function exitOf(ctx, failed) {
  if (failed !== null) {
    return failed.id.startsWith('1.') ? EXIT.unusable : EXIT.refuted;
  }
  const { rehearsal, unwitnessed } = ctx.options;
  if (ctx.rehearsal() && !rehearsal) return EXIT.notAskedFor;
  const bare = ctx.policy.quorum === 'none';
  return bare && !unwitnessed && !rehearsal ? EXIT.notAskedFor : EXIT.holds;
}

/**
 * Verifies a proof file, a rule a step: before each it yields {id, title,
 * number, of, before}, before being the last check made (null at first, and
 * in the midst of a rule), so that a page can breathe in between.  Returns
 * what `verify` answers.
 */
export function* verifySteps(bytes, options) {
  const ctx = newContext(bytes, options);
  const checks = [];
  let last = null;
  for (let i = 0; i < RULES.length; i++) {
    const { id, title } = RULES[i];
    const step = { id, title, number: i, of: RULES.length, before: null };
    yield Object.assign({}, step, { before: last });
    const work = runRule(ctx, RULES[i]);
    let done = work.next();
    for (; !done.done; done = work.next()) yield step;
    last = done.value;
    checks.push(last);
    if (!last.holds) break;
  }
  const failed = last.holds ? null : last;
  const result = {
    exit: exitOf(ctx, failed), rule: failed === null ? '' : failed.id,
    step: failed === null ? '' : failed.title, checks,
  };
  return Object.assign(result, report(ctx, result, failed));
}

/**
 * Verifies a proof file.  Options: vkey (text), filePolicy (a parsed
 * policy), rehearsal, unwitnessed (booleans), at (Unix seconds), signature
 * (48 bytes); progress is called before each rule.
 *
 * Answers {exit, rule, step, stage, lines, checks, remarks, facts}: rule is
 * '' or the number of the rule that refuses, step its title, lines the
 * report in sentences, facts what was read (empty where refused).
 */
export function verify(bytes, options, progress) {
  const steps = verifySteps(bytes, options);
  let step = steps.next();
  for (; !step.done; step = steps.next()) if (progress) progress(step.value);
  return step.value;
}
