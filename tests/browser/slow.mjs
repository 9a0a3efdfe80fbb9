// A slow device: all the pages of a browser, and their workers, run a part
// of the time only.  What the browser's own throttle slows is the page alone,
// never a worker.

import { setTimeout as wait } from 'node:timers/promises';

const RUN_MS = 5;
const LOOPS = 2e7;
const TIMES = 3;

const LOOP = `const from = performance.now();
let x = 1;
for (let i = 0; i < ${LOOPS}; i++) x = (x * 31 + i) | 0;
postMessage([performance.now() - from, x]);`;

function once(page) {
  return page.evaluate((text) => new Promise((done) => {
    const worker = new Worker(URL.createObjectURL(new Blob([text])));
    worker.onmessage = (event) => done(event.data[0]);
  }), LOOP);
}

/**
 * Milliseconds that a loop of always the same length takes in a worker: the
 * least of some times, as what else the machine does only adds.
 */
export async function workerLoop(page) {
  const all_ms = [];
  for (let i = 0; i < TIMES; i++) all_ms.push(await once(page));
  return Math.min(...all_ms);
}

async function renderersOf(chromium) {
  const devtools = await chromium.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  await devtools.detach();
  return processInfo.filter((one) => one.type === 'renderer')
    .map((one) => one.id);
}

function signal(renderers, name) {
  for (const id of renderers) {
    try {
      process.kill(id, name);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
}

/** Slows what runs now, rate 4: a quarter of the time.  How to end it. */
export async function slow(chromium, rate) {
  const renderers = await renderersOf(chromium);
  let isOn = true;
  const turns = (async () => {
    while (isOn) {
      const from = performance.now();
      await wait(RUN_MS);
      signal(renderers, 'SIGSTOP');
      // On a busy machine a turn is longer than was asked for.
      await wait((performance.now() - from) * (rate - 1));
      signal(renderers, 'SIGCONT');
    }
  })();
  return async () => {
    isOn = false;
    await turns;
  };
}
