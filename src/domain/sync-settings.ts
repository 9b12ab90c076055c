import * as z from 'zod';
import type { DataType } from './data-types.ts';

/** How often a data type is fetched without anybody asking; hours between two runs, 0 for never. */
export const frequencyHours = { none: 0, hourly: 1, daily: 24, weekly: 168, monthly: 720 } as const;

/** How one data type is fetched, and how much of its history is served. */
export const TypeSetting = z.object({
  /** Whether linking, and "refresh all", fetch it. */
  fetchOnFirstLink: z.boolean(),
  /** Hours between two scheduled runs; 0: it is only fetched when somebody asks. */
  syncSchedule: z.number().int(),
  /** Which data types of one run are made first. */
  syncOrder: z.number().int(),
  /** Records that changed in FreshBooks before it are held and not served. */
  syncFromUtc: z.string().optional(),
  /** The same as a number of months before now. */
  syncFromWindow: z.number().int().optional(),
  /** Months that financial statements reach back. */
  monthsToSync: z.number().int().optional(),
  /** Of the settings for all companies: no company may have its own. */
  isLocked: z.boolean().optional(),
  /** `06:30`: scheduled runs begin then and not an interval after the last one. */
  timeOfDay: z.string().optional(),
  /** The IANA zone of that time; UTC when absent. */
  timeZone: z.string().optional(),
});
export type TypeSetting = z.infer<typeof TypeSetting>;

/**
 * Settings by data type, of all companies or of one; a data type that is not there has those of the next wider kind.
 * `revision` counts the changes, so that of two copies the newer one is known.
 */
export const SyncSettings = z.object({
  revision: z.number().int(),
  types: z.record(z.string(), TypeSetting),
});
export type SyncSettings = z.infer<typeof SyncSettings>;

export const noSettings: SyncSettings = { revision: 0, types: {} };

/** Statements reach back two years until somebody says otherwise. */
const standardMonths = 24;
const statements: readonly string[] = ['profitAndLoss', 'balanceSheet', 'cashFlowStatement'];

/** What a deployment does until somebody says otherwise: everything, every hour, whole. */
function standard(dataType: DataType): TypeSetting {
  const setting = { fetchOnFirstLink: true, syncSchedule: frequencyHours.hourly, syncOrder: 0 };
  return isStatement(dataType) ? { ...setting, monthsToSync: standardMonths } : setting;
}

/** Financial statements have months to reach back, and no dates of change. */
function isStatement(dataType: string): boolean {
  return statements.includes(dataType);
}

/** The setting that holds for a data type: the company's own, unless it is locked for all, or the one of all companies. */
export function settingFor(
  dataType: DataType,
  everyone: SyncSettings,
  own: SyncSettings | undefined,
): TypeSetting {
  const general = everyone.types[dataType] ?? standard(dataType);
  return general.isLocked === true ? general : (own?.types[dataType] ?? general);
}
