import { Temporal } from 'temporal-polyfill';
import type { Day, Instant } from '../domain/instant.ts';
import { millisOf } from '../domain/instant.ts';

/**
 * FreshBooks' accounting stamps are `YYYY-MM-DD HH:MM:SS` on the wall clock of New York, without a zone
 * (freshbooks-api §3.7). Here, and only here, they become UTC.
 */
const newYork = 'America/New_York';

const stamp = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(\.\d+)?(Z?)$/;

/** Offset of a whole day in seconds, or `'turns'` on the two days a year that have two: asking for each row is slow. */
const offsets = new Map<Day, number | 'turns' | 'no day'>();
const remembered = 20_000;

function offsetOf(day: Day): number | 'turns' | 'no day' {
  const known = offsets.get(day);
  if (known !== undefined) return known;
  const offset = isDay(day) ? offsetAllDay(day) : 'no day';
  if (offsets.size >= remembered) offsets.clear();
  offsets.set(day, offset);
  return offset;
}

function offsetAllDay(day: Day): number | 'turns' {
  const { start, turns } = yearOf(Number(day.slice(0, 4)));
  if (turns.some((turn) => turn.day === day)) return 'turns';
  return turns.findLast((turn) => turn.day < day)?.offset ?? start;
}

/** The offset on New Year's Day, and the days on which the clocks turn with the offset from then on. */
type Year = { start: number; turns: readonly { day: Day; offset: number }[] };
const years = new Map<number, Year>();

function yearOf(year: number): Year {
  const known = years.get(year);
  if (known !== undefined) return known;
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime(newYork);
  const turns: { day: Day; offset: number }[] = [];
  let turn = first.getTimeZoneTransition('next');
  while (turn !== null && turn.year === year) {
    turns.push({ day: turn.toPlainDate().toString(), offset: turn.offsetNanoseconds / 1e9 });
    turn = turn.getTimeZoneTransition('next');
  }
  const made = { start: first.offsetNanoseconds / 1e9, turns };
  years.set(year, made);
  return made;
}

/**
 * `2026-06-29T16:49:16Z` of `2026-06-29 12:49:16`; `undefined` when it is no stamp. An hour that exists twice (the
 * night in November) is taken as its later pass, so that nobody who asks "changed since?" misses a change; an hour
 * that does not exist (March) as one hour on. A stamp that says `Z` is believed; fractions of a second are dropped.
 */
export function easternToUtc(text: string): string | undefined {
  const parts = stamp.exec(text);
  const [, day, time, , zulu] = parts ?? [];
  if (day === undefined || time === undefined) return undefined;
  const offset = offsetOf(day);
  const asUtc = Date.parse(`${day}T${time}Z`);
  if (offset === 'no day' || Number.isNaN(asUtc)) return undefined;
  if (zulu === 'Z') return seconds(asUtc);
  if (offset !== 'turns') return seconds(asUtc - offset * 1000);
  const wall = Temporal.PlainDateTime.from(`${day}T${time}`);
  return seconds(wall.toZonedDateTime(newYork, { disambiguation: 'later' }).epochMilliseconds);
}

/** The calendar day on New York's clocks at an instant. */
export function easternDay(instant: Instant): Day {
  const moment = Temporal.Instant.fromEpochMilliseconds(millisOf(instant));
  return moment.toZonedDateTimeISO(newYork).toPlainDate().toString();
}

export function dayBefore(day: Day): Day {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
}

const days = new Map<string, boolean>();

/** Whether it is `YYYY-MM-DD` and on the calendar. */
export function isDay(text: string): boolean {
  const known = days.get(text);
  if (known !== undefined) return known;
  if (days.size >= remembered) days.clear();
  const is = isOnCalendar(text);
  days.set(text, is);
  return is;
}

function isOnCalendar(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const millis = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(text);
}

/** `undefined` beyond the year 9999, where the text would be another one. */
function seconds(millis: number): string | undefined {
  const text = new Date(millis).toISOString();
  return text.length === 24 ? `${text.slice(0, 19)}Z` : undefined;
}
