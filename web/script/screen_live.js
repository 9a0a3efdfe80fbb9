// Keeps a screen up to date: server-sent events, and where they do not come
// a look every few seconds.
//
//     follow(draw, onChange, onState)     onState: live, polling, lost

const POLL_MS = 3000;
// A stream that died in silence looks like one with nothing to say: every so
// many looks the server is asked all the same.
const LOOKS_WHILE_LIVE = 5;
// Later than this without a word and the screen says so.
const LOST_MS = 20000;

class Follower {
  constructor(draw, onChange, onState) {
    this.address = `/api/v1/draws/${draw}`;
    this.onChange = onChange;
    this.onState = onState;
    this.last = '';
    this.heard = Date.now();
    this.isLive = false;
    this.looks = 0;
    this.listen();
    this.poll();
    setInterval(() => this.poll(), POLL_MS);
  }

  listen() {
    if (typeof EventSource !== 'function') return;
    const source = new EventSource(`${this.address}/events`);
    source.onopen = () => this.live(true);
    source.onerror = () => this.live(false);
    source.addEventListener('draw', (event) => {
      this.live(true);
      this.take(event.data);
    });
  }

  live(isLive) {
    this.isLive = isLive;
    if (isLive) this.heard = Date.now();
    this.tell();
  }

  tell() {
    const isLost = Date.now() - this.heard > LOST_MS;
    this.onState(this.isLive ? 'live' : isLost ? 'lost' : 'polling');
  }

  take(text) {
    this.heard = Date.now();
    if (text === this.last) return;
    this.last = text;
    this.onChange();
  }

  async poll() {
    if (this.isLive && ++this.looks % LOOKS_WHILE_LIVE !== 0) return;
    try {
      const reply = await fetch(this.address, { cache: 'no-store' });
      // A draw that was not announced is an answer, too.
      this.take(reply.ok ? await reply.text() : String(reply.status));
    } catch (error) {
      this.isLive = false;
    }
    this.tell();
  }
}

export function follow(draw, onChange, onState) {
  return new Follower(draw, onChange, onState);
}
