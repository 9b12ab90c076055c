import type { Setting } from '../api/sync-settings.ts';
import type { useLanguage } from '../language/language.tsx';
import { frequencies, isStatement } from './setting-draft.ts';

type Spoken = Pick<ReturnType<typeof useLanguage>, 't' | 'language'>;

/** How often, in words: `Every day at 06:30 (America/Toronto)`. */
export function frequencyWords(
  { syncSchedule, timeOfDay, timeZone = 'UTC' }: Setting,
  { t }: Spoken,
): string {
  const named = frequencies.find((hours) => Number(hours) === syncSchedule);
  const often = named === undefined ? t('frequency.hours', { count: syncSchedule }) : t(`frequency.${named}`);
  return timeOfDay === undefined ? often : t('frequency.at', { often, time: timeOfDay, zone: timeZone });
}

/** From when on it is served, in words. */
export function historyWords(setting: Setting, { t, language }: Spoken): string {
  const { dataType, syncFromUtc, syncFromWindow, monthsToSync } = setting;
  const months = isStatement(dataType) ? monthsToSync : syncFromWindow;
  if (months !== undefined) return t('history.months', { count: months });
  if (syncFromUtc === undefined) return t('history.all');
  const locale = language === 'en' ? 'en-CA' : 'fr-CA';
  // A day is a day whatever the browser's zone is.
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  return t('history.since', { day: day.format(Date.parse(syncFromUtc)) });
}
