import { Temporal } from 'temporal-polyfill';
import { type Instant, instantAt, millisOf } from './instant.ts';

/** A time of day on the wall clock of a place: `06:30` in `America/Toronto`. */
export type WallTime = { timeOfDay: string; timeZone: string };

/** True for a zone of the IANA list (`Europe/Berlin`) and for `UTC`. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    // Intl also takes offsets such as +05:00, which have no daylight-saving rules and are no place.
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/**
 * The newest instant, not after `now`, at which the clock there showed that time. It comes exactly once a day: in the
 * night that skips it, when as much time has passed as on other nights (02:30 is 03:30 then), and in the night that
 * has it twice, the first time.
 */
export function latestAt({ timeOfDay, timeZone }: WallTime, now: Instant): Instant {
  const today = zoned(now, timeZone).toPlainDate();
  const time = Temporal.PlainTime.from(timeOfDay);
  const on = (day: Temporal.PlainDate) =>
    day.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
  const millis = on(today) <= millisOf(now) ? on(today) : on(today.subtract({ days: 1 }));
  return instantAt(millis);
}

/** Calendar days there from one instant to another. */
export function daysBetween(from: Instant, to: Instant, timeZone: string): number {
  const [first, last] = [zoned(from, timeZone), zoned(to, timeZone)];
  return first.toPlainDate().until(last.toPlainDate(), { largestUnit: 'days' }).days;
}

/** The instant that is so many months before another, on the calendar of UTC; the last day of a shorter month. */
export function monthsBefore(instant: Instant, months: number): Instant {
  return instantAt(zoned(instant, 'UTC').subtract({ months }).epochMilliseconds);
}

function zoned(instant: Instant, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(millisOf(instant)).toZonedDateTimeISO(timeZone);
}
