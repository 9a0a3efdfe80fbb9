// What comes out of a printer: a page on A4, as dots, read by a scanner.

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { scanFile } from './shared.mjs';

const DPI = 600;
// Across a finder pattern, in modules: dark, light, dark, light, dark.
const FINDER = [1, 1, 3, 1, 1];
const FINDER_LEN = 7;

/** 0.4 mm, and a printer that shrinks a page to its margins by 5 %. */
export const MODULE_MM = 0.4 / 0.95;

/** Lengths of the finder patterns that a row of dots seems to cross. */
function finders(row) {
  const runs = [];
  const isDark = (x) => row[x] < 128;
  for (let x = 1, start = 0; x <= row.length; x++) {
    if (x < row.length && isDark(x) === isDark(x - 1)) continue;
    runs.push(x - start);
    start = x;
  }
  const found = [];
  for (let i = isDark(0) ? 0 : 1; i + 4 < runs.length; i += 2) {
    const five = runs.slice(i, i + 5);
    const len = five.reduce((sum, run) => sum + run, 0);
    const unit = len / FINDER_LEN;
    if (unit > 4 && five.every((run, k) =>
      Math.abs(run - unit * FINDER[k]) < unit * 0.3)) found.push(len);
  }
  return found;
}

/** The length that a sheet's rows cross most often, and how often. */
function mostCrossed(dots) {
  const [{ length }, text] = /^P5\s(\d+)\s\d+\s255\s/.exec(
    dots.toString('latin1', 0, 40));
  const width = Number(text);
  const counts = new Map();
  for (let at = length; at < dots.length; at += width) {
    for (const len of finders(dots.subarray(at, at + width))) {
      counts.set(len, (counts.get(len) || 0) + 1);
    }
  }
  const [[len, often]] = [...counts, [0, 0]].sort((a, b) => b[1] - a[1]);
  return { len, often };
}

/**
 * Prints a page with one code: how many sheets, the code's text, and how
 * wide a module came out.
 */
export async function printed(page, at) {
  const paper = join(at, 'paper.pdf');
  await page.pdf({ path: paper, format: 'A4', preferCSSPageSize: true });
  execFileSync('pdftoppm', ['-r', String(DPI), '-gray', paper,
    join(at, 'paper')], { stdio: 'ignore' });
  const sheets = readdirSync(at).filter((one) => /^paper.*pgm$/.test(one))
    .map((one) => join(at, one));
  // A letter looks like a finder here and there, the three of a code often.
  const [[sheet, { len }]] = sheets
    .map((path) => [path, mostCrossed(readFileSync(path))])
    .sort(([, a], [, b]) => b.often - a.often);
  const text = scanFile(sheet);
  for (const one of sheets) rmSync(one);
  return { text, sheets: sheets.length,
    module_mm: len / FINDER_LEN / DPI * 25.4 };
}
