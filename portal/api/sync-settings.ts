import { z } from 'zod';
import type { Call } from './call.ts';

/** How one data type is fetched, and how much of its history is served. */
const Setting = z.object({
  dataType: z.string(),
  fetchOnFirstLink: z.boolean(),
  /** Hours between two scheduled reads; 0: none. */
  syncSchedule: z.number(),
  syncOrder: z.number(),
  syncFromUtc: z.string().optional(),
  /** Months. */
  syncFromWindow: z.number().optional(),
  /** Of financial statements. */
  monthsToSync: z.number().optional(),
  isLocked: z.boolean(),
  /** `06:30` */
  timeOfDay: z.string().optional(),
  /** An IANA zone; UTC when absent. */
  timeZone: z.string().optional(),
});
export type Setting = z.infer<typeof Setting>;

/** `overridesDefaults`: somebody chose at least one of them. */
const Settings = z.object({ settings: z.array(Setting), overridesDefaults: z.boolean() });

/** Sync settings of one company, or of all that have none of their own, through the public API. */
export function syncSettingsApi(call: Call) {
  const at = (companyId: string | undefined) =>
    companyId === undefined
      ? '/profile/syncSettings'
      : `/companies/${encodeURIComponent(companyId)}/syncSettings`;
  return {
    get: (companyId?: string) => call({ method: 'GET', path: at(companyId) }, Settings),
    /** Changes those that are named and leaves the others. */
    save: (settings: readonly Setting[], companyId?: string) =>
      call({ method: 'POST', path: at(companyId), body: { settings } }, z.unknown()),
    takeBack: (companyId?: string) =>
      call({ method: 'POST', path: at(companyId), body: { overridesDefaults: false } }, z.unknown()),
  };
}
