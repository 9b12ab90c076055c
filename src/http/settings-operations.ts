import * as z from 'zod';
import type { NamedSetting, ShownSettings } from '../app/settings/show-settings.ts';
import { isDataType } from '../domain/data-types.ts';
import { instantAt } from '../domain/instant.ts';
import { dateMillis } from '../domain/query/dates.ts';
import { DateTime } from '../domain/unified/scalars.ts';
import { isTimeZone } from '../domain/wall-clock.ts';
import { apiOperation, CompanyPath } from './api-operation.ts';
import { compact } from './compact.ts';
import { knownDataTypes } from './wire/integration-reply.ts';

const SyncSetting = z.strictObject({
  dataType: z.string(),
  fetchOnFirstLink: z.boolean(),
  syncSchedule: z.number().int(),
  syncOrder: z.number().int(),
  syncFromUtc: DateTime.optional(),
  syncFromWindow: z.number().int().optional(),
  monthsToSync: z.number().int().optional(),
  isLocked: z.boolean(),
  timeOfDay: z.string().optional(),
  timeZone: z.string().optional(),
});

const SyncSettingsReply = z.strictObject({
  /** One installation has one client, so there is nothing to tell apart. */
  clientId: z.string(),
  settings: z.array(SyncSetting),
  overridesDefaults: z.boolean(),
});

const CompanySyncSettingsReply = z.strictObject({
  companyId: z.string(),
  settings: z.array(SyncSetting),
  overridesDefaults: z.boolean(),
});

/** Null and missing are one: clients in some languages send null for what they do not set. */
function optional<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

const aYearOfHours = 8784;
const aCenturyOfMonths = 1200;

const GivenSetting = z
  .strictObject({
    dataType: z.enum(knownDataTypes),
    fetchOnFirstLink: z.boolean(),
    syncSchedule: z.number().int().min(0).max(aYearOfHours),
    syncOrder: z.number().int().default(0),
    syncFromUtc: optional(
      z
        .string()
        .refine((text) => dateMillis(text) !== undefined, {
          error: 'is not a date (YYYY-MM-DD or an ISO time).',
        })
        .meta({ example: '2024-01-01T00:00:00Z' })
        .transform((text) => instantAt(dateMillis(text) ?? 0)),
    ),
    syncFromWindow: optional(z.number().int().min(1).max(aCenturyOfMonths)),
    monthsToSync: optional(z.number().int().min(1).max(120)),
    isLocked: optional(z.boolean()),
    timeOfDay: optional(
      z.string().refine((text) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text), {
        error: 'is not a time of day such as 06:30.',
      }),
    ),
    timeZone: optional(
      z.string().refine(isTimeZone, { error: 'is not a time zone such as America/Toronto.' }),
    ),
  })
  .superRefine(({ syncFromUtc, syncFromWindow, timeOfDay, syncSchedule }, context) => {
    if (syncFromUtc !== undefined && syncFromWindow !== undefined) {
      const message = 'cannot be given together with syncFromUtc. Leave one of them out.';
      context.addIssue({ code: 'custom', path: ['syncFromWindow'], message });
    }
    if (timeOfDay !== undefined && syncSchedule > 0 && syncSchedule < 24) {
      const message = 'needs a syncSchedule of 24 hours or more.';
      context.addIssue({ code: 'custom', path: ['timeOfDay'], message });
    }
  })
  .meta({
    example: {
      dataType: 'invoices',
      fetchOnFirstLink: true,
      syncSchedule: 24,
      syncOrder: 0,
      timeOfDay: '06:30',
      timeZone: 'America/Toronto',
      syncFromWindow: 24,
    },
  });

const SettingsBody = z.strictObject({
  /** What was shown may be sent back whole; whose settings these are, the path says. */
  clientId: optional(z.string()),
  companyId: optional(z.string()),
  settings: optional(z.array(GivenSetting).max(100)),
  overridesDefaults: optional(z.boolean()),
});

export const settingsOperations = [
  apiOperation({
    method: 'GET',
    path: '/profile/syncSettings',
    name: 'getSyncSettings',
    summary: 'Shows how often each data type is fetched for companies without settings of their own.',
    role: 'read',
    success: 200,
    reply: SyncSettingsReply,
    run: async ({ deps }) => ({ clientId: '', ...shown(await deps.showSettings()) }),
  }),
  apiOperation({
    method: 'POST',
    path: '/profile/syncSettings',
    name: 'updateSyncSettings',
    summary: 'Changes the sync settings of some data types for all companies without their own.',
    role: 'admin',
    body: SettingsBody,
    success: 204,
    run: ({ deps, body }) => deps.saveSettings(wish(body)),
  }),
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/syncSettings',
    name: 'getCompanySyncSettings',
    summary: 'Shows how often each data type of a company is fetched.',
    role: 'read',
    params: CompanyPath,
    success: 200,
    reply: CompanySyncSettingsReply,
    run: async ({ deps, params: { companyId } }) => ({
      companyId,
      ...shown(await deps.showCompanySettings(companyId)),
    }),
  }),
  apiOperation({
    method: 'POST',
    path: '/companies/{companyId}/syncSettings',
    name: 'setCompanySyncSettings',
    summary: 'Gives a company sync settings of its own, or takes them back.',
    role: 'operate',
    params: CompanyPath,
    body: SettingsBody,
    refusals: [409],
    success: 204,
    run: ({ deps, params, body }) => deps.saveCompanySettings(params.companyId, wish(body)),
  }),
];

function shown({ settings, overridesDefaults }: ShownSettings) {
  return { settings: settings.map((one) => ({ isLocked: false, ...one })), overridesDefaults };
}

/** Data types that FreshBooks does not have are let pass: a client sends the settings that it uses elsewhere. */
function wish({ settings = [], overridesDefaults = true }: z.infer<typeof SettingsBody>) {
  const named = settings.flatMap((one): NamedSetting[] => {
    const { dataType, ...setting } = one;
    return isDataType(dataType) ? [{ dataType, ...compact(setting) }] : [];
  });
  return { settings: named, overridesDefaults };
}
