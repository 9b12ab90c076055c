import * as z from 'zod';
import type {
  Heartbeat,
  IntegrationStore,
  LinkSettingsStore,
  PaceStore,
  RateLimitStore,
  RefusalStore,
  RetentionStore,
  SyncSettingsStore,
} from '../../app/ports.ts';
import { AppPace } from '../../domain/app-pace.ts';
import { Integration, LinkSettings } from '../../domain/integration.ts';
import { RateLimitSetting, standardRateLimit } from '../../domain/rate-limit.ts';
import { Refusals } from '../../domain/refusals.ts';
import { defaultRetention, Retention } from '../../domain/retention.ts';
import { noSettings, SyncSettings } from '../../domain/sync-settings.ts';
import { changeItem, findItem, type ItemKind } from './change-item.ts';
import {
  heartbeatKey,
  integrationKeyOf,
  linkSettingsKey,
  paceKey,
  rateLimitKey,
  refusalsKey,
  retentionKey,
  syncSettingsKey,
} from './keys.ts';
import type { Tables } from './tables.ts';

/** The integration in the state table: one item. */
export function makeIntegrationStore(tables: Tables, table: string): IntegrationStore {
  const kind: ItemKind<Integration> = { tables, table, schema: Integration };
  return {
    find: () => findItem(kind, integrationKeyOf),
    change: (decide) => changeItem(kind, integrationKeyOf, decide),
  };
}

/** The link settings in the state table; empty settings where nobody saved any. */
export function makeLinkSettings(tables: Tables, table: string): LinkSettingsStore {
  const kind: ItemKind<LinkSettings> = { tables, table, schema: LinkSettings };
  return {
    find: async () => (await findItem(kind, linkSettingsKey)) ?? {},
    save: (settings) => changeItem(kind, linkSettingsKey, () => ({ next: settings, result: undefined })),
  };
}

/** The sync settings of all companies in the state table. */
export function makeSyncSettings(tables: Tables, table: string): SyncSettingsStore {
  const kind: ItemKind<SyncSettings> = { tables, table, schema: SyncSettings };
  return {
    find: async () => (await findItem(kind, syncSettingsKey)) ?? noSettings,
    change: (decide) => changeItem(kind, syncSettingsKey, (settings) => decide(settings ?? noSettings)),
  };
}

/** The rate limit in the state table. */
export function makeRateLimitStore(tables: Tables, table: string): RateLimitStore {
  const kind: ItemKind<RateLimitSetting> = { tables, table, schema: RateLimitSetting };
  return {
    find: async () => (await findItem(kind, rateLimitKey)) ?? standardRateLimit,
    save: (setting) => changeItem(kind, rateLimitKey, () => ({ next: setting, result: undefined })),
  };
}

/** How long the past can be read; the default where nobody chose. */
export function makeRetention(tables: Tables, table: string): RetentionStore {
  const kind: ItemKind<Retention> = { tables, table, schema: Retention };
  return {
    find: async () => (await findItem(kind, retentionKey)) ?? defaultRetention,
    save: (retention) => changeItem(kind, retentionKey, () => ({ next: retention, result: undefined })),
  };
}

/** How fast all workers together call FreshBooks. */
export function makePaceStore(tables: Tables, table: string): PaceStore {
  const kind: ItemKind<AppPace> = { tables, table, schema: AppPace };
  return { change: (decide) => changeItem(kind, paceKey, decide) };
}

/** Consents of an app that were refused of late. */
export function makeRefusalStore(tables: Tables, table: string): RefusalStore {
  const kind: ItemKind<Refusals> = { tables, table, schema: Refusals };
  return { change: (clientId, decide) => changeItem(kind, refusalsKey(clientId), decide) };
}

const Beat = z.object({ minute: z.number().int() });

/** The minute that the schedule looked at last. */
export function makeHeartbeat(tables: Tables, table: string): Heartbeat {
  const kind: ItemKind<z.infer<typeof Beat>> = { tables, table, schema: Beat };
  return {
    read: async () => (await findItem(kind, heartbeatKey))?.minute,
    move: (from, to) =>
      changeItem(kind, heartbeatKey, (beat) =>
        beat?.minute === from ? { next: { minute: to }, result: true } : { result: false },
      ),
  };
}
