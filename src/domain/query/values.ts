import type { Operator } from './syntax.ts';

const dateShape = /^(\d{4})-(\d{2})-(\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * Milliseconds since the epoch of `YYYY-MM-DD` or an ISO time; `undefined` for anything else. A date or time without
 * a zone is read as UTC, on both sides of a comparison alike.
 */
export function dateMillis(text: string): number | undefined {
  const [, year, month, day, time, , , zone] = dateShape.exec(text) ?? [];
  if (!year || !month || !day) return undefined;
  // The calendar is checked here: Date.parse moves the 31st of February into March.
  const midnight = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (midnight.getUTCMonth() + 1 !== Number(month) || midnight.getUTCDate() !== Number(day)) return undefined;
  const millis = Date.parse(time && !zone ? `${text}Z` : text);
  return Number.isNaN(millis) ? undefined : millis;
}

/** The number a text says, or `undefined`: `10`, `-0.5`, `1e3`. */
export function numberOf(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

/** Whether one held scalar stands in the relation to what was asked for. Nothing stands in none but `!=`. */
export function compareScalar(held: unknown, operator: Operator, asked: string): boolean {
  if (operator === '!=') return !compareScalar(held, '=', asked);
  if (typeof held === 'number') return inOrder(held, operator, numberOf(asked));
  if (typeof held === 'boolean') return operator === '=' && String(held) === asked.toLowerCase();
  if (typeof held !== 'string') return false;
  if (operator === '~') return held.includes(asked);
  const [heldDate, askedDate] = [dateMillis(held), dateMillis(asked)];
  if (heldDate !== undefined && askedDate !== undefined) return inOrder(heldDate, operator, askedDate);
  return operator === '=' && held === asked;
}

function inOrder(held: number, operator: Operator, asked: number | undefined): boolean {
  if (asked === undefined) return false;
  if (operator === '=') return held === asked;
  if (operator === '>') return held > asked;
  if (operator === '<') return held < asked;
  if (operator === '>=') return held >= asked;
  if (operator === '<=') return held <= asked;
  return false;
}

/**
 * Order of two held scalars, for sorting: nothing before something, false before true, dates by moment, ids and
 * other texts by their characters.
 */
export function orderScalars(a: unknown, b: unknown): number {
  if (isMissing(a) || isMissing(b)) return Number(isMissing(b)) - Number(isMissing(a));
  if (typeof a === 'string' && typeof b === 'string') return orderTexts(a, b);
  return sign(Number(a), Number(b));
}

function orderTexts(a: string, b: string): number {
  const [left, right] = [dateMillis(a), dateMillis(b)];
  if (left !== undefined && right !== undefined) return sign(left, right);
  return sign(a, b);
}

/** Ids in the order in which books are kept: shorter first, then by text, which is numeric order for numbers. */
export function orderIds(a: string, b: string): number {
  return sign(a.length, b.length) || sign(a, b);
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'object';
}

function sign<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
