import type {
  ApiKey,
  ApiKeys,
  Heartbeat,
  IntegrationStore,
  LinkSettingsStore,
  PaceStore,
  RateLimitStore,
  RefusalStore,
  RetentionStore,
  SyncSettingsStore,
} from '../../src/app/ports.ts';
import type { AppPace } from '../../src/domain/app-pace.ts';
import type { Integration, LinkSettings } from '../../src/domain/integration.ts';
import { type RateLimitSetting, standardRateLimit } from '../../src/domain/rate-limit.ts';
import type { Refusals } from '../../src/domain/refusals.ts';
import { defaultRetention, type Retention } from '../../src/domain/retention.ts';
import { noSettings, type SyncSettings } from '../../src/domain/sync-settings.ts';
import { MemoryTable, turn } from './memory-table.ts';

/** The integration in memory: none until it is made. */
export function memoryIntegration(): IntegrationStore {
  const table = new MemoryTable<Integration>('integration');
  return { find: () => table.find('vxvy'), change: (decide) => table.changeOrMake('vxvy', decide) };
}

/** The link settings in memory: empty until they are saved. */
export function memoryLinkSettings(): LinkSettingsStore {
  const table = new MemoryTable<LinkSettings>('link settings');
  return {
    find: async () => (await table.find('link')) ?? {},
    save: (settings) => table.put('link', settings),
  };
}

/** The sync settings of all companies in memory: none until they are saved. */
export function memorySyncSettings(): SyncSettingsStore {
  const table = new MemoryTable<SyncSettings>('sync settings');
  return {
    find: async () => (await table.find('sync')) ?? noSettings,
    change: (decide) => table.changeOrMake('sync', (settings) => decide(settings ?? noSettings)),
  };
}

/** The rate limit in memory: the standard until one is saved. */
export function memoryRateLimit(): RateLimitStore {
  const table = new MemoryTable<RateLimitSetting>('rate limit');
  return {
    find: async () => (await table.find('limit')) ?? standardRateLimit,
    save: (setting) => table.put('limit', setting),
  };
}

/** How long the past is kept, in memory. */
export function memoryRetention(): RetentionStore {
  const table = new MemoryTable<Retention>('retention');
  return {
    find: async () => (await table.find('retention')) ?? defaultRetention,
    save: (retention) => table.put('retention', retention),
  };
}

/** API keys in memory. */
export function memoryApiKeys(): ApiKeys {
  const table = new MemoryTable<ApiKey>('API key');
  return {
    insert: (key) => table.insert(key.id, key),
    find: (id) => table.find(id),
    change: (id, decide) => table.change(id, decide),
    all: () => table.all(),
    // As in a transaction: nothing happens between the look at the other one and the removal.
    remove: (id, beside) => table.remove(id, () => beside === undefined || table.has(beside)),
  };
}

/** Refused consents in memory. */
export function memoryRefusals(): RefusalStore {
  const table = new MemoryTable<Refusals>('refusals');
  return { change: (clientId, decide) => table.changeOrMake(clientId, decide) };
}

/** The pace of the app in memory. */
export function memoryPace(): PaceStore {
  const table = new MemoryTable<AppPace>('pace');
  return { change: (decide) => table.changeOrMake('pace', decide) };
}

/** The schedule's heartbeat in memory. */
export function memoryHeartbeat(): Heartbeat {
  let minute: number | undefined;
  return {
    read: async () => {
      await turn();
      return minute;
    },
    move: async (from, to) => {
      await turn();
      if (minute !== from) return false;
      minute = to;
      return true;
    },
  };
}
