/** A moment as UTC ISO 8601 with milliseconds, `2026-03-01T00:00:00.000Z`. Instants of this form sort as text. */
export type Instant = string;

/** A calendar day, `2026-03-01`, with no zone of its own: whoever makes one says in which zone it was meant. */
export type Day = string;

/** The instant `millis` milliseconds after the Unix epoch. */
export function instantAt(millis: number): Instant {
  return new Date(millis).toISOString();
}

/** Milliseconds since the Unix epoch; throws a RangeError when the text is not a date at all. */
export function millisOf(instant: Instant): number {
  const millis = Date.parse(instant);
  if (Number.isNaN(millis)) throw new RangeError(`not an instant: ${instant}`);
  return millis;
}

/** `instant` moved by a number of seconds, which may be negative or fractional. */
export function plusSeconds(instant: Instant, seconds: number): Instant {
  return instantAt(millisOf(instant) + seconds * 1000);
}

/** Seconds from `from` to `to`; negative when `to` is the earlier one. */
export function secondsBetween(from: Instant, to: Instant): number {
  return (millisOf(to) - millisOf(from)) / 1000;
}
