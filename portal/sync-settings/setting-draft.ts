import type { Setting } from '../api/sync-settings.ts';

/** Frequencies that have a name, by their hours. */
export const frequencies = ['0', '1', '24', '168', '720'] as const;
export type Frequency = (typeof frequencies)[number] | 'other';

/** A setting as it is typed. */
export type SettingDraft = {
  frequency: Frequency;
  /** Where the frequency has no name. */
  hours: string;
  /** Empty: an interval after the last read. */
  timeOfDay: string;
  timeZone: string;
  fetchOnFirstLink: boolean;
  history: 'all' | 'months' | 'since';
  months: string;
  /** `2024-01-31` */
  since: string;
  statementMonths: string;
  order: string;
  isLocked: boolean;
};

/** What the fields of a draft are given. */
export type FieldsProps = {
  draft: SettingDraft;
  faults: ReadonlySet<keyof SettingDraft>;
  change: (part: Partial<SettingDraft>) => void;
};

const statements: readonly string[] = ['profitAndLoss', 'balanceSheet', 'cashFlowStatement'];

/** Financial statements have months to reach back, and no dates of change. */
export function isStatement(dataType: string): boolean {
  return statements.includes(dataType);
}

const aYearOfHours = 8784;

/** Whether reads can begin at a time of day. */
export function takesTime({ frequency, hours }: SettingDraft): boolean {
  return Number(frequency === 'other' ? hours : frequency) >= 24;
}

export function draftOf(setting: Setting, zoneHere: string): SettingDraft {
  const { syncSchedule, syncFromUtc, syncFromWindow, monthsToSync, timeOfDay, timeZone } = setting;
  const named = frequencies.find((hours) => Number(hours) === syncSchedule);
  return {
    frequency: named ?? 'other',
    hours: String(syncSchedule),
    timeOfDay: timeOfDay ?? '',
    timeZone: timeOfDay === undefined ? (timeZone ?? zoneHere) : (timeZone ?? 'UTC'),
    fetchOnFirstLink: setting.fetchOnFirstLink,
    history: syncFromWindow !== undefined ? 'months' : syncFromUtc !== undefined ? 'since' : 'all',
    months: String(syncFromWindow ?? 24),
    since: (syncFromUtc ?? '').slice(0, 10),
    statementMonths: String(monthsToSync ?? 24),
    order: String(setting.syncOrder),
    isLocked: setting.isLocked,
  };
}

/** What of a draft cannot be saved, by field. */
export function faultsOf(draft: SettingDraft): ReadonlySet<keyof SettingDraft> {
  const whole = (text: string, least: number, most: number) =>
    /^-?\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;
  const faults: Partial<Record<keyof SettingDraft, boolean>> = {
    hours: draft.frequency === 'other' && !whole(draft.hours, 0, aYearOfHours),
    timeOfDay: draft.timeOfDay !== '' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(draft.timeOfDay),
    months: draft.history === 'months' && !whole(draft.months, 1, 1200),
    since: draft.history === 'since' && Number.isNaN(Date.parse(draft.since)),
    statementMonths: !whole(draft.statementMonths, 1, 120),
    order: !whole(draft.order, -1_000_000, 1_000_000),
  };
  return new Set(
    Object.entries(faults).flatMap(([field, wrong]) => (wrong && isField(field, draft) ? [field] : [])),
  );
}

function isField(name: string, draft: SettingDraft): name is keyof SettingDraft {
  return Object.hasOwn(draft, name);
}

/** The setting of a data type after the draft; what the draft cannot say of this data type stays as it was. */
export function settingOf(draft: SettingDraft, before: Setting): Setting {
  const { timeOfDay: _time, timeZone: _zone, ...kept } = before;
  const { fetchOnFirstLink, timeOfDay, timeZone, isLocked } = draft;
  const next = {
    ...kept,
    fetchOnFirstLink,
    isLocked,
    syncSchedule: Number(draft.frequency === 'other' ? draft.hours : draft.frequency),
    syncOrder: Number(draft.order),
    ...(takesTime(draft) && timeOfDay !== '' ? { timeOfDay, timeZone } : {}),
  };
  if (isStatement(before.dataType)) return { ...next, monthsToSync: Number(draft.statementMonths) };
  const { syncFromUtc, syncFromWindow: _window, ...others } = next;
  return { ...others, ...beginning(draft, syncFromUtc) };
}

/** A day that was not changed keeps its time. */
function beginning({ history, months, since }: SettingDraft, before: string | undefined) {
  if (history === 'all') return {};
  if (history === 'months') return { syncFromWindow: Number(months) };
  return { syncFromUtc: before?.startsWith(since) ? before : `${since}T00:00:00.000Z` };
}
