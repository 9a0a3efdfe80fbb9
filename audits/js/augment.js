// The breadth-first search of 6.2 and 6.3: who can hand a post on to whom
// until someone is found who can take one more.

import { OPEN } from './roster_state.js';

/**
 * Searches over one roster.  Marks are numbers of the search that set
 * them, so that a new search starts clean without clearing anything.
 */
export class Searcher {
  constructor(roster) {
    const posts = roster.holder.length;
    this.roster = roster;
    this.search = 0;
    this.queuedIn = new Int32Array(posts);
    this.fromPost = new Int32Array(posts);
    this.fromInspector = new Int32Array(posts);
    this.seenIn = new Int32Array(roster.held.length);
    this.unseenIn = new Int32Array(roster.pools.length);
    this.unseen = roster.pools.map(() => []);
    this.noOne = () => false;
  }

  start(roots, ends, skip) {
    this.search++;
    this.ends = ends;
    this.skip = skip || this.noOne;
    this.queue = [];
    this.seen = [];
    for (const post of roots) this.append(post, -1, -1);
  }

  append(post, source, inspector) {
    if (this.queuedIn[post] === this.search) return;
    this.queuedIn[post] = this.search;
    this.fromPost[post] = source;
    this.fromInspector[post] = inspector;
    this.queue.push(post);
  }

  isSeen(inspector) {
    return this.seenIn[inspector] === this.search;
  }

  /**
   * What is left of a pool: members not yet seen in this search.  Without
   * this list thousands of posts of one pool would each walk over the
   * same names.
   */
  rest(pool) {
    const fresh = this.unseenIn[pool] !== this.search;
    const list = fresh ? this.roster.sorted[pool] : this.unseen[pool];
    this.unseenIn[pool] = this.search;
    if (list.length === 0) return list;
    this.unseen[pool] = list.filter((i) => !this.isSeen(i) && !this.skip(i));
    return this.unseen[pool];
  }

  /** Eligible inspectors who hold a post of the same target, ascending. */
  neighbours(post) {
    const { roster } = this;
    const near = [];
    const { next } = roster;
    for (let other = next[post]; other !== post; other = next[other]) {
      const holder = roster.holder[other];
      if (holder !== OPEN && roster.mayHold(holder, post)) near.push(holder);
    }
    return near.length > 1 ? near.sort((a, b) => a - b) : near;
  }

  /** Queues the posts of neighbours from number `next` on, below `limit`. */
  pass(post, near, next, limit) {
    let at = next;
    for (; at < near.length && near[at] < limit; at++) {
      this.append(this.roster.postBeside(post, near[at]), post, near[at]);
    }
    return at;
  }

  /** Looks at one post; the inspector who ends the search, or -1. */
  visit(post) {
    const { roster } = this;
    const near = this.neighbours(post);
    let next = 0;
    for (const i of this.rest(roster.pool[post])) {
      next = this.pass(post, near, next, i);
      if (i === roster.holder[post] || near.indexOf(i) >= 0) continue;
      if (roster.recused(post, i)) continue;
      this.seenIn[i] = this.search;
      this.seen.push(i);
      if (this.ends(i)) return i;
      for (const held of roster.held[i]) this.append(held, post, i);
    }
    this.pass(post, near, next, Infinity);
    return -1;
  }

  /** All holders leave their posts first, then all take their new ones. */
  shift(lastPost, lastInspector) {
    const moves = [];
    let post = lastPost;
    let inspector = lastInspector;
    while (post >= 0) {
      moves.push([post, inspector]);
      inspector = this.fromInspector[post];
      post = this.fromPost[post];
    }
    for (const move of moves) this.roster.clear(move[0]);
    for (const move of moves) this.roster.set(move[0], move[1]);
  }

  /**
   * Searches from `roots`; on an end the posts are shifted and null comes
   * back, otherwise what was queued and seen.
   */
  augment(roots, ends, skip) {
    this.start(roots, ends, skip);
    for (let at = 0; at < this.queue.length; at++) {
      const found = this.visit(this.queue[at]);
      if (found >= 0) {
        this.shift(this.queue[at], found);
        return null;
      }
    }
    return { posts: this.queue, seen: this.seen };
  }
}
