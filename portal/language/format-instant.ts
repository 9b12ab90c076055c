import type { Language } from './messages.ts';

const locales = { en: 'en-CA', 'fr-CA': 'fr-CA' } as const satisfies Record<Language, string>;

/** An instant (ISO 8601, UTC) as a person reads it, in the browser's own time zone. Not an instant: as it came. */
export function formatInstant(instant: string, language: Language): string {
  const milliseconds = Date.parse(instant);
  if (Number.isNaN(milliseconds)) return instant;
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeStyle: 'short' }).format(
    milliseconds,
  );
}

/** The time between two instants in words (`4 s`, `2 min`), or nothing where either is missing. */
export function formatTaken(from: string, to: string | undefined, language: Language): string | undefined {
  if (!to) return undefined;
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  return Number.isNaN(seconds) ? undefined : formatSeconds(seconds, language);
}

/** A length of time in words: `4 s`, `2 min`. */
export function formatSeconds(seconds: number, language: Language): string {
  const inWords = (amount: number, unit: string) =>
    new Intl.NumberFormat(locales[language], { style: 'unit', unit, unitDisplay: 'short' }).format(amount);
  if (seconds < 1) return `< ${inWords(1, 'second')}`;
  return seconds < 120 ? inWords(Math.round(seconds), 'second') : inWords(Math.round(seconds / 60), 'minute');
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** How far from now something is, in words: `2 hours ago` for -7200 seconds, `in 10 minutes` for 600. */
export function formatAgo(seconds: number, language: Language): string {
  const [unit, length] = units.find(([, least]) => Math.abs(seconds) >= least) ?? ['second', 1];
  const format = new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto' });
  return format.format(Math.round(seconds / length), unit);
}
