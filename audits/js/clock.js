// Times as people read them: Beijing time, as on the documents and pages.

const LAST_TIME = 8e12;

/** 2026年1月31日 17:30, seconds only where there are. */
export function clock(time) {
  // Beyond what a calendar date can hold the bare number is still true.
  if (time > LAST_TIME) return `${time}（Unix 秒）`;
  const at = new Date((time + 8 * 3600) * 1000).toISOString();
  const [, year, month, day, minute, second] =
    /^(.+)-(\d+)-(\d+)T(\d+:\d+):(\d+)/.exec(at);
  return `${year}年${Number(month)}月${Number(day)}日 ${minute}` +
    (second === '00' ? '' : `:${second}`);
}
