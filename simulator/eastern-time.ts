// §3.7: accounting stamps are US/Eastern wall clock without a zone, with a few UTC exceptions. The daylight-saving
// rule is the one in force since 2007: from the second Sunday of March 07:00 UTC to the first Sunday of November
// 06:00 UTC. Own arithmetic, because a book holds tens of thousands of stamps and Intl is slow.

const hour = 3_600_000;

const sundayOf = (year: number, month: number, nth: number): number => {
  const weekday = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return 1 + ((7 - weekday) % 7) + 7 * (nth - 1);
};

const summers = new Map<number, readonly [from: number, to: number]>();

const summerOf = (year: number): readonly [from: number, to: number] => {
  const known = summers.get(year);
  if (known) return known;
  const summer = [
    Date.UTC(year, 2, sundayOf(year, 2, 2), 7),
    Date.UTC(year, 10, sundayOf(year, 10, 1), 6),
  ] as const;
  summers.set(year, summer);
  return summer;
};

const easternOffset = (at: number): number => {
  const [from, to] = summerOf(new Date(at).getUTCFullYear());
  return at >= from && at < to ? -4 * hour : -5 * hour;
};

/** 'YYYY-MM-DD HH:MM:SS' in UTC (clients.signup_date, §3.7). `at` is milliseconds since the epoch. */
export const utcStamp = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** 'YYYY-MM-DD HH:MM:SS' on the wall clock of New York: ambiguous for one hour each November. */
export const easternStamp = (at: number): string => utcStamp(at + easternOffset(at));

/** 'YYYY-MM-DD' on the wall clock of New York. */
export const easternDay = (at: number): string => easternStamp(at).slice(0, 10);

/** The `version` of invoices and expenses: an Eastern stamp with microseconds; `micros` is 0..999. */
export const easternVersion = (at: number, micros: number): string =>
  `${easternStamp(at)}.${String(at % 1000).padStart(3, '0')}${String(micros).padStart(3, '0')}`;

/** Adds days to a 'YYYY-MM-DD'. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 24 * hour).toISOString().slice(0, 10);
