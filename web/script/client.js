// The page's side of the verifier: a worker where one can be started, else
// the same code on the page, a rule at a time.
//
//     const verifier = startVerifier('/static/verifier.js');
//     verifier.ask({what: 'proof', bytes, options}, onStep) → Promise
//
// From a disk (file://) no worker may be loaded by address: there verifier.js
// is a script of the page, and its source, as a blob, is the worker.

import { isOnDisk, runScript } from './site.js';

const isLoaded = () => typeof window.yaohaoVerifier === 'function';

function sourceOfLoaded() {
  const tail = '\nif(typeof document==="undefined")yaohaoVerifier(self);\n';
  return window.yaohaoVerifier.toString() + tail;
}

function startWorker(address) {
  if (!isOnDisk) return new Worker(address);
  const blob = new Blob([sourceOfLoaded()], { type: 'text/javascript' });
  return new Worker(URL.createObjectURL(blob));
}

class Verifier {
  constructor(address) {
    this.address = address;
    this.number = 0;
    this.waiting = new Map();
    this.isOnPage = false;
    this.isHeard = false;
    this.worker = null;
    if (!isOnDisk || isLoaded()) this.start();
    else runScript(address).then(() => this.start(), () => this.fallBack());
  }

  start() {
    const fall = () => this.fallBack();
    try {
      this.worker = startWorker(this.address);
    } catch (error) {
      fall();
      return;
    }
    this.worker.onmessage = (event) => {
      this.isHeard = true;
      this.take(event.data);
    };
    this.worker.onerror = fall;
    this.waiting.forEach(({ ask }) => this.send(ask));
  }

  /** What was asked before the worker failed is asked again. */
  fallBack() {
    if (this.isOnPage) return;
    this.isOnPage = true;
    const loaded = isLoaded() ? Promise.resolve() : runScript(this.address);
    this.ready = loaded.then(() => window.yaohaoVerifier(window));
    this.waiting.forEach(({ ask }) => this.send(ask));
  }

  send(ask) {
    if (!this.isOnPage) {
      if (this.worker === null) return;
      // A worker that may yet fail to start gets a copy: the page needs the
      // bytes itself then.
      const isGiven = this.isHeard && ask.bytes instanceof ArrayBuffer;
      this.worker.postMessage(ask, isGiven ? [ask.bytes] : []);
      return;
    }
    this.ready.then(
      () => window.yaohaoAnswer(ask, (message) => this.take(message)),
      (error) => this.take({ number: ask.number, error: error.message }));
  }

  take(message) {
    const one = this.waiting.get(message.number);
    if (one === undefined) return;
    if ('step' in message) {
      one.onStep(message.step);
      return;
    }
    this.waiting.delete(message.number);
    if ('error' in message) one.failed(new Error(message.error));
    else one.done(message.answer);
  }

  ask(question, onStep) {
    const ask = Object.assign({ number: ++this.number }, question);
    return new Promise((done, failed) => {
      this.waiting.set(ask.number,
        { ask, done, failed, onStep: onStep || (() => {}) });
      this.send(ask);
    });
  }
}

export function startVerifier(address) {
  return new Verifier(address);
}
