import type { Language } from './messages.ts';

/** An instant (ISO 8601, UTC) as a person reads it, in the browser's own time zone. Not an instant: as it came. */
export function formatInstant(instant: string, language: Language): string {
  const milliseconds = Date.parse(instant);
  if (Number.isNaN(milliseconds)) return instant;
  const locale = language === 'en' ? 'en-CA' : 'fr-CA';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(milliseconds);
}

/** The time between two instants in words (`4 s`, `2 min`), or nothing where either is missing. */
export function formatTaken(from: string, to: string | undefined, language: Language): string | undefined {
  if (!to) return undefined;
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  if (Number.isNaN(seconds)) return undefined;
  const locale = language === 'en' ? 'en-CA' : 'fr-CA';
  const inWords = (amount: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(amount);
  if (seconds < 1) return `< ${inWords(1, 'second')}`;
  return seconds < 120 ? inWords(Math.round(seconds), 'second') : inWords(Math.round(seconds / 60), 'minute');
}
