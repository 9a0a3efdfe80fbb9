// A draw that came to nothing: void, or failed, the freeze or the reveal
// having missed its deadline.  What is not there by now will never come.

/** slack: seconds after a deadline in which its entry may still arrive. */
export function isOver({ entries, t0, t1 }, slack = 0) {
  if (entries.void !== null) return true;
  if (entries.reveal !== null) return false;
  const due = entries.freeze === null ? t0 : t1;
  return Date.now() / 1000 > due + slack;
}

export const NEVER = '没有走到这一步';
