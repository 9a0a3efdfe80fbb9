// The result as cards on pages, one after the other.

import { add, button, clear, make } from './dom.js';

const PAGE_MS = 9000;
const CARD_MS = 450;
// A long list does not take longer than this to appear.
const UNFOLD_MS = 15000;

const isStill = () => typeof matchMedia === 'function' &&
  matchMedia('(prefers-reduced-motion: reduce)').matches;

/** An array of cards shown in pages; unfolds where it is asked to. */
export class Cards {
  /** kind: class of the grid; perPage: how many fit. */
  constructor(cards, kind, perPage) {
    this.cards = cards;
    this.perPage = perPage;
    this.page = 0;
    this.pages = Math.max(1, Math.ceil(cards.length / perPage));
    this.shown = cards.length;
    this.grid = make('ol', { class: `cards ${kind}` });
    this.where = make('span', { class: 'where', 'aria-live': 'polite' });
    this.skip = button('跳过，直接看结果（空格键）', () => this.finish());
    this.keep = button('停住', () => this.hold());
    this.bar = make('p', { class: 'bar' },
      button('上一页', () => this.turn(-1)), this.where,
      button('下一页', () => this.turn(1)), this.keep, this.skip);
    this.element = make('div', {}, this.grid, this.bar);
    this.onKey = (event) => this.key(event);
    addEventListener('keydown', this.onKey);
    this.finish();
  }

  key({ key }) {
    if (key === ' ' || key === 'Escape') this.finish();
    else if (key === 'ArrowRight' || key === 'PageDown') this.turn(1);
    else if (key === 'ArrowLeft' || key === 'PageUp') this.turn(-1);
  }

  /** The result stands; only its appearing takes time. */
  unfold() {
    if (isStill() || this.cards.length === 0) return;
    clearInterval(this.timer);
    this.shown = 0;
    this.skip.hidden = false;
    this.draw();
    const step = Math.min(CARD_MS, UNFOLD_MS / this.cards.length);
    this.timer = setInterval(() => {
      this.shown++;
      this.page = Math.floor((this.shown - 1) / this.perPage);
      this.draw();
      if (this.shown >= this.cards.length) this.finish();
    }, step);
  }

  finish() {
    clearInterval(this.timer);
    this.shown = this.cards.length;
    this.skip.hidden = true;
    if (this.page >= this.pages) this.page = this.pages - 1;
    this.timer = setInterval(() => this.turn(1), PAGE_MS);
    this.draw();
  }

  hold() {
    this.isHeld = !this.isHeld;
    this.keep.textContent = this.isHeld ? '继续翻页' : '停住';
    this.keep.setAttribute('aria-pressed', String(Boolean(this.isHeld)));
    clearInterval(this.timer);
    if (!this.isHeld) this.timer = setInterval(() => this.turn(1), PAGE_MS);
  }

  turn(by) {
    if (this.shown < this.cards.length) return;
    this.page = (this.page + by + this.pages) % this.pages;
    this.draw();
  }

  draw() {
    const start = this.page * this.perPage;
    const end = Math.min(start + this.perPage, this.shown);
    const cards = this.cards.slice(start, end);
    // Those that stand already are left alone: moved, they would blink.
    if (this.grid.firstChild !== (cards[0] || null)) clear(this.grid);
    add(this.grid, cards.slice(this.grid.childElementCount));
    clear(this.where, `第 ${this.page + 1}/${this.pages} 页，` +
      `共 ${this.cards.length} 个`);
    this.bar.hidden = this.pages === 1 && this.shown === this.cards.length;
    this.fit(start);
  }

  /** Long names take room: fewer on a page, and nothing below the screen. */
  fit(start) {
    const isHall = innerWidth > 900;
    if (!isHall || this.perPage <= 2 ||
      document.documentElement.scrollHeight <= innerHeight) return;
    this.perPage -= 2;
    this.pages = Math.max(1, Math.ceil(this.cards.length / this.perPage));
    this.page = Math.floor(start / this.perPage);
    clear(this.grid);
    this.draw();
  }

  stop() {
    clearInterval(this.timer);
    removeEventListener('keydown', this.onKey);
  }
}
