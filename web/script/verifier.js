// The verifier as a browser runs it: the modules of audits/js behind
// messages.  web/build.mjs puts this file, bundled, into
//
//     function yaohaoVerifier(scope) { … }
//
// so that one file serves as a worker, as the source of a worker where a
// page opened from a disk may not load one, and as plain code on the page.
//
//     to it    {number, what, …}          what: a key of ASKS
//     from it  {number, step} … {number, answer} or {number, error}

import { toHex, utf8 } from '../../audits/js/bytes.js';
import { sha256 } from '../../audits/js/hash.js';
import { askBeacon } from './ask_beacon.js';
import { askHead } from './ask_head.js';
import { askProof } from './ask_proof.js';
import { askReceipt } from './ask_receipt.js';

/* global scope, yaohaoVerifier */

/** SHA-256 of the file this code came in, told from the code itself. */
async function* askDigest() {
  const tail = '\nif(typeof document==="undefined")yaohaoVerifier(self);\n';
  return toHex(sha256(utf8(yaohaoVerifier.toString() + tail)));
}

const ASKS = {
  beacon: askBeacon, digest: askDigest, head: askHead, proof: askProof,
  receipt: askReceipt,
};

// What one question leaves for the next: the last proof that was read.
const state = { result: null };

const pause = () => new Promise((done) => setTimeout(done, 0));

// More often than this a step is not told: each costs the page a new layout.
const TELL_MS = 100;

async function answer(ask, post, breathe) {
  const { number } = ask;
  try {
    const steps = ASKS[ask.what](ask, state);
    let told = -TELL_MS;
    let step = await steps.next();
    for (; !step.done; step = await steps.next()) {
      const now = performance.now();
      if (now - told >= TELL_MS) {
        post({ number, step: step.value });
        told = now;
      }
      if (breathe) await pause();
    }
    post({ number, answer: step.value });
  } catch (error) {
    post({ number, error: String(error && error.message || error) });
  }
}

if (typeof document === 'undefined') {
  scope.onmessage = (event) => answer(event.data,
    (message) => scope.postMessage(message), false);
} else {
  // On the page itself: no worker could be started.
  scope.yaohaoAnswer = (ask, post) => answer(ask, post, true);
}
