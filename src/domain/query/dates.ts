const dateShape = /^(\d{4})-(\d{2})-(\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * Milliseconds since the epoch of `YYYY-MM-DD` or an ISO time; `undefined` for anything else. A date or time without
 * a zone is read as UTC, on both sides of a comparison alike.
 */
export function dateMillis(text: string): number | undefined {
  if (!startsLikeADate(text)) return undefined;
  const [, year, month, day, time, , , zone] = dateShape.exec(text) ?? [];
  if (!year || !month || !day || !isInCalendar(Number(year), Number(month), Number(day))) return undefined;
  const millis = Date.parse(time && !zone ? `${text}Z` : text);
  return Number.isNaN(millis) ? undefined : millis;
}

/** Cheaper than the whole shape; most texts of a record are no dates. */
function startsLikeADate(text: string): boolean {
  return text.length >= 10 && text[4] === '-' && text[7] === '-';
}

/** Date.parse moves the 31st of February into March; a query that names it is a mistake. */
function isInCalendar(year: number, month: number, day: number): boolean {
  if (day <= 28) return true;
  return new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;
}

/**
 * True when two texts are in the same order as texts and as moments: both of one form without an offset, which is how
 * all dates of one property come. Sorting then need not parse them.
 */
export function sameForm(a: string, b: string): boolean {
  return a.length === b.length && (a.at(-1) === 'Z') === (b.at(-1) === 'Z') && !hasOffset(a) && !hasOffset(b);
}

function hasOffset(text: string): boolean {
  return text.length > 16 && /[+-]/.test(text.charAt(text.length - 6));
}
