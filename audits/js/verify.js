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

function runRules(ctx, checks, progress) {
  for (let i = 0; i < RULES.length; i++) {
    const { id, title, run } = RULES[i];
    progress({ id, title, number: i, of: RULES.length });
    try {
      run(ctx);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      checks.push({ id, title, holds: false, why: error.message });
      return checks[checks.length - 1];
    }
    checks.push({ id, title, holds: true, why: '' });
  }
  return null;
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
 * Verifies a proof file.  Options: vkey (text), filePolicy (a parsed
 * policy), rehearsal, unwitnessed (booleans), at (Unix seconds), signature
 * (48 bytes); progress is called before each rule.
 *
 * Answers {exit, rule, step, stage, lines, checks, remarks, facts}: rule is
 * '' or the number of the rule that refuses, step its title, lines the
 * report in sentences, facts what was read (empty where refused).
 */
export function verify(bytes, options, progress) {
  const ctx = newContext(bytes, options);
  const checks = [];
  const failed = runRules(ctx, checks, progress || (() => {}));
  const exit = exitOf(ctx, failed);
  const result = {
    exit, rule: failed === null ? '' : failed.id,
    step: failed === null ? '' : failed.title, checks,
  };
  return Object.assign(result, report(ctx, result, failed));
}
