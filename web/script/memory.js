// What this device remembers of a log between visits: the last head, and the
// key it was signed with.  Nothing else, nothing about who looked at what.

const PREFIX = 'yaohao-head ';

/** {size, root, vkey, time}, or null where none is kept. */
export function recall(origin) {
  try {
    const value = JSON.parse(localStorage.getItem(PREFIX + origin));
    return value && typeof value.size === 'number' &&
      typeof value.root === 'string' ? value : null;
  } catch (error) {
    // A private window keeps nothing.
    return null;
  }
}

export function remember(origin, head) {
  try {
    localStorage.setItem(PREFIX + origin, JSON.stringify(head));
    return true;
  } catch (error) {
    return false;
  }
}
