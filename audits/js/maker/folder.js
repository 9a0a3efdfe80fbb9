// A log as the folder that is served under /log/ (FORMAT 2), from a maker's
// entries: path -> bytes.

import { concat, toHex, utf8 } from '../bytes.js';
import { hashOfText } from '../hash.js';
import { nodeHash } from '../merkle.js';

const WIDTH = 256;
const MAX = 1000 * WIDTH; // index numbers of more than three digits: not here

/** The complete nodes of the level above, 256 leaves to a node. */
function above(hashes) {
  let row = hashes.slice(0, hashes.length - hashes.length % WIDTH);
  for (let width = WIDTH; width > 1; width /= 2) {
    const next = [];
    for (let i = 0; i < row.length; i += 2) {
      next.push(nodeHash(row[i], row[i + 1]));
    }
    row = next;
  }
  return row;
}

function addTiles(files, level, parts) {
  for (let start = 0; start < parts.length; start += WIDTH) {
    const some = parts.slice(start, start + WIDTH);
    const index = String(start / WIDTH).padStart(3, '0');
    const end = some.length < WIDTH ? `.p/${some.length}` : '';
    files.set(`tile/${level}/${index}${end}`, concat(...some));
  }
}

function entryBytes(text) {
  const bytes = utf8(text);
  return concat(Uint8Array.of(bytes.length >> 8, bytes.length & 255), bytes);
}

/** The heads of a draw that the log's witnesses saw; the first of a size. */
export function addHeads(files, log) {
  for (const name of Object.keys(log.heads)) {
    const path = `heads/${log.heads[name].size}`;
    if (!files.has(path)) files.set(path, utf8(log.note(log.heads[name])));
  }
  log.heads = {};
}

/** Files that entries name, and the policy of the draws until now. */
export function addFiles(files, maker) {
  const add = (text) => files.set(`files/${toHex(hashOfText(text))}`,
    utf8(text));
  add(maker.log.policy);
  add(maker.bookList());
  Object.values(maker.log.attachments).forEach(add);
}

/** Entries, tiles, and the head `final` as the checkpoint. */
export function addLog(files, log, final) {
  if (log.leaves.length > MAX) throw new Error('too many entries');
  addTiles(files, 'entries', log.texts.map(entryBytes));
  let level = 0;
  for (let row = log.leaves; row.length > 0; row = above(row)) {
    addTiles(files, level++, row);
  }
  files.set('checkpoint', utf8(log.note(final)));
}
