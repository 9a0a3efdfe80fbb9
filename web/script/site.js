// Addresses of this site, and of a copy of it that is files.
//
//     /api/v1/draws/3/proof               on the site
//     ../../api/v1/draws/3/proof.json     in a copy, from draws/3/index.html
//
// A page opened from a disk may fetch nothing.  There the same text stands in
// a script beside the file, proof.js, which hands it to yaohaoFile().

const copy = document.querySelector('meta[name="static-copy"]');

/** A copy of the site: nothing in it changes by itself. */
export const isCopy = copy !== null;
/** Opened from a disk. */
export const isOnDisk = location.protocol === 'file:';

function fileOf(path) {
  const isPage = /^\/(draws|targets|screen|lists)\b[^.]*$/.test(path);
  const isBare = path.startsWith('/api/') && !path.endsWith('.json');
  const tail = isPage ? '/index.html' : isBare ? '.json' : '';
  return copy.getAttribute('content') + path.slice(1) + tail;
}

/** The whole address of what the site answers under `path`. */
export function addressOf(path) {
  return new URL(isCopy ? fileOf(path) : path, location.href).href;
}

/** A script of this site, run. */
export function runScript(address) {
  return new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = done;
    script.onerror = () => failed(new Error('没有取到所需的文件'));
    document.head.appendChild(script);
  });
}

async function readScript(address) {
  let text = null;
  window.yaohaoFile = (found) => { text = found; };
  await runScript(address.replace(/\.json$/, '.js'));
  if (text === null) throw new Error('没有取到所需的文件');
  return new Response(text);
}

// One after the other: they all call the same function.
let last = Promise.resolve();

function fromScript(address) {
  const next = () => readScript(address);
  last = last.then(next, next);
  return last;
}

/** As fetch(), also in a copy and from a disk. */
export function load(path, options) {
  const address = addressOf(path);
  return isCopy && isOnDisk ? fromScript(address) : fetch(address, options);
}

/**
 * The proof of a draw as a verifier is asked with it: {address}, which its
 * worker fetches, or {bytes} where no worker may, from a disk.
 */
export async function proofOf(draw) {
  const path = `/api/v1/draws/${draw}/proof`;
  if (!isCopy || !isOnDisk) return { address: addressOf(path) };
  return { bytes: await (await load(path)).arrayBuffer() };
}
