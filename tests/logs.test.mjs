// Whole logs made by the second hand: an audit passes the good ones and names
// the rule of the bad ones, under witnesses, also of several policies.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const YAOHAO = process.env.YAOHAO || 'build/yaohao';
const room = mkdtempSync(join(tmpdir(), 'logs-'));
const make = (...words) => execFileSync(
  process.execPath, ['audits/js/make-log.mjs', ...words]);

function audit(directory, ...words) {
  const done = spawnSync(YAOHAO, ['audit', directory, ...words],
    { encoding: 'utf8' });
  return { exit: done.status, text: done.stdout + done.stderr };
}

after(() => rmSync(room, { recursive: true }));

make('--all', room);
const logs = JSON.parse(readFileSync(join(room, 'index.json'), 'utf8'));

for (const { name, rule, within, what } of logs) {
  test(`${name}: ${what}`, () => {
    const { exit, text } = audit(join(room, name), '--rehearsal');
    assert.equal(exit, rule === '' ? 0 : 1, text);
    const found = text.split('\n').filter((line) => line.startsWith('✗'));
    if (rule === '') assert.deepEqual(found, []);
    else assert.ok(found.some((line) => line.startsWith(`✗ ${rule} `)), text);
    if (within) assert.match(text, new RegExp(`不合规则 ${within}（`));
  });
}

test('every rule of an audit that is a finding has a bad log', () => {
  const rules = new Set(logs.map(({ rule }) => rule));
  for (let i = 1; i <= 20; i++) {
    const rule = `5.${String(i).padStart(2, '0')}`;
    if (i >= 17 && i <= 19) continue; // remarks
    assert.ok(rules.has(rule), rule);
  }
});

test('what is over and void is told, what is not asked for is exit 3', () => {
  assert.match(audit(join(room, 'void'), '--rehearsal').text, /● 5\.18 /);
  assert.match(audit(join(room, 'annulled'), '--rehearsal').text, /● 5\.19 /);
  assert.equal(audit(join(room, 'whole')).exit, 3);
  assert.equal(audit(join(room, 'nowhere'), '--rehearsal').exit, 2);
});

test('under a later time what was open is late', () => {
  const at = (name, now) => audit(join(room, name), '--rehearsal',
    '--now', String(now)).text;
  assert.match(at('announced', 1800000101), /✗ 5\.12 /);
  assert.doesNotMatch(at('unopened', 1800000101), /✗ 5\.13 /);
});

test('a log of many draws without witnesses', () => {
  const count = Number(process.env.AUDIT_ENTRIES || 2000);
  const large = join(room, 'large');
  make('--large', String(count), large);
  const { exit, text } = audit(large, '--rehearsal');
  assert.equal(exit, 0, text.slice(-300));
  console.log(`audited ${count} entries (AUDIT_ENTRIES)`);
});
