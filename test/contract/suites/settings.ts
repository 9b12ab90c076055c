import { beforeEach, describe, expect, it } from '@jest/globals';
import type {
  ApiKey,
  ApiKeys,
  Heartbeat,
  IntegrationStore,
  LinkSettingsStore,
  PaceStore,
  RefusalStore,
  RetentionStore,
  SyncSettingsStore,
} from '../../../src/app/ports.ts';
import type { Integration } from '../../../src/domain/integration.ts';
import { start } from '../../fakes/builders.ts';

const integration: Integration = {
  clientId: 'client',
  appVersion: 1,
  secretVersions: { '1': 'version-id' },
  scopes: ['user:profile:read'],
  enabled: false,
  changed: start,
};

/** What every store of the integration promises. `make` gives an empty one. */
export function integrationContract(
  name: string,
  make: () => Promise<{ integration: IntegrationStore }>,
): void {
  describe(`integration: ${name}`, () => {
    it('is none until it is made, and is then what was decided', async () => {
      const { integration: store } = await make();

      expect(await store.find()).toBeUndefined();
      expect(await store.change(() => ({ result: 'looked' }))).toBe('looked');
      expect(await store.find()).toBeUndefined();
      await store.change(() => ({ next: integration, result: 0 }));
      expect(await store.find()).toEqual(integration);
    });

    it('loses no change of many at once, the first one included', async () => {
      const { integration: store } = await make();
      const next = (current: Integration | undefined) => ({
        next: { ...integration, appVersion: (current?.appVersion ?? 0) + 1 },
        result: 0,
      });

      await Promise.all(Array.from({ length: 6 }, () => store.change(next)));

      expect((await store.find())?.appVersion).toBe(6);
    });
  });
}

/** What every store of the link settings promises. `make` gives an empty one. */
export function linkSettingsContract(
  name: string,
  make: () => Promise<{ linkSettings: LinkSettingsStore }>,
): void {
  describe(`link settings: ${name}`, () => {
    it('are empty until saved, and then what was saved last', async () => {
      const { linkSettings } = await make();

      expect(await linkSettings.find()).toEqual({});
      await linkSettings.save({ redirectUrl: 'https://example.com/back?c={companyId}' });
      expect(await linkSettings.find()).toEqual({ redirectUrl: 'https://example.com/back?c={companyId}' });
      await linkSettings.save({});
      expect(await linkSettings.find()).toEqual({});
    });
  });
}

/** What every store of the sync settings promises. `make` gives an empty one. */
export function syncSettingsContract(
  name: string,
  make: () => Promise<{ syncSettings: SyncSettingsStore }>,
): void {
  describe(`sync settings: ${name}`, () => {
    it('are none until they are saved', async () => {
      expect(await (await make()).syncSettings.find()).toEqual({ revision: 0, types: {} });
    });

    it('lose no change of many at once', async () => {
      const { syncSettings } = await make();

      await Promise.all(
        Array.from({ length: 6 }, () =>
          syncSettings.change(({ revision, types }) => ({
            next: { revision: revision + 1, types },
            result: 0,
          })),
        ),
      );

      expect((await syncSettings.find()).revision).toBe(6);
    });
  });
}

/** What every store of the retention promises. `make` gives an empty one. */
export function retentionContract(name: string, make: () => Promise<{ retention: RetentionStore }>): void {
  describe(`retention: ${name}`, () => {
    it('is the default until somebody chose, and then what was chosen last', async () => {
      const { retention } = await make();

      expect(await retention.find()).toEqual({ days: 400 });
      await retention.save({ days: 30 });
      expect(await retention.find()).toEqual({ days: 30 });
      await retention.save({ days: null });
      expect(await retention.find()).toEqual({ days: null });
    });
  });
}

/** What every store of API keys promises. `make` gives an empty one. */
export function apiKeysContract(name: string, make: () => Promise<{ apiKeys: ApiKeys }>): void {
  const key = (id: string): ApiKey => ({
    id,
    name: `key ${id}`,
    prefix: `ll_${id}`,
    hash: 'h',
    role: 'read',
    created: start,
  });

  describe(`API keys: ${name}`, () => {
    let keys: ApiKeys;
    beforeEach(async () => {
      keys = (await make()).apiKeys;
    });

    it('finds what was inserted and lists them all', async () => {
      await keys.insert(key('a'));
      await keys.insert({ ...key('b'), expires: '2126-01-01T00:00:00.000Z' });

      expect(await keys.find('a')).toEqual(key('a'));
      expect(await keys.find('c')).toBeUndefined();
      expect((await keys.all()).map((one) => one.id).sort()).toEqual(['a', 'b']);
    });

    it('refuses a second key of the same id', async () => {
      await keys.insert(key('a'));

      await expect(keys.insert(key('a'))).rejects.toMatchObject({ kind: 'conflict' });
    });

    it('changes a key that is there, and brings none back', async () => {
      await keys.insert(key('a'));
      const used = (one: ApiKey) => ({ next: { ...one, lastUsed: start }, result: one.id });

      expect(await keys.change('a', used)).toBe('a');
      expect(await keys.find('a')).toEqual({ ...key('a'), lastUsed: start });
      expect(await keys.change('b', used)).toBeUndefined();
      expect(await keys.find('b')).toBeUndefined();
    });

    it('tells whether there was a key to remove', async () => {
      await keys.insert(key('a'));

      expect(await keys.remove('a')).toBe(true);
      expect(await keys.remove('a')).toBe(false);
      expect(await keys.find('a')).toBeUndefined();
    });

    it('removes a key beside another one, and only while that is there', async () => {
      await keys.insert(key('a'));
      await keys.insert(key('b'));

      expect(await keys.remove('a', 'c')).toBe(false);
      expect(await keys.remove('c', 'a')).toBe(false);
      expect(await keys.remove('a', 'b')).toBe(true);
      expect(await keys.remove('b', 'a')).toBe(false);
      expect((await keys.all()).map(({ id }) => id)).toEqual(['b']);
    });

    it('keeps one of two that are removed beside each other at the same moment', async () => {
      await keys.insert(key('a'));
      await keys.insert(key('b'));

      const removed = await Promise.all([keys.remove('a', 'b'), keys.remove('b', 'a')]);

      expect(removed.filter(Boolean)).toHaveLength(1);
      expect(await keys.all()).toHaveLength(1);
    });
  });
}

/** What every heartbeat promises. `make` gives one that never beat. */
export function heartbeatContract(name: string, make: () => Promise<{ heartbeat: Heartbeat }>): void {
  describe(`heartbeat: ${name}`, () => {
    it('moves only from where it is', async () => {
      const { heartbeat } = await make();

      expect(await heartbeat.read()).toBeUndefined();
      expect(await heartbeat.move(5, 6)).toBe(false);
      expect(await heartbeat.move(undefined, 5)).toBe(true);
      expect(await heartbeat.move(undefined, 6)).toBe(false);
      expect(await heartbeat.move(5, 6)).toBe(true);
      expect(await heartbeat.read()).toBe(6);
    });

    it('is moved by one of many', async () => {
      const { heartbeat } = await make();
      await heartbeat.move(undefined, 1);

      const moved = await Promise.all(Array.from({ length: 6 }, () => heartbeat.move(1, 2)));

      expect(moved.filter(Boolean)).toHaveLength(1);
    });
  });
}

/** What the pace of all workers promises: whoever changes it has seen the change before. */
export function paceContract(name: string, make: () => Promise<{ pace: PaceStore }>): void {
  describe(`pace of the app: ${name}`, () => {
    it('is nothing at first, and counts every one of many changes at once', async () => {
      const { pace } = await make();
      const slower = () =>
        pace.change((current) => {
          const next = { hits: [], rate: (current?.rate ?? 0) + 1, changed: 'now', free: 'now' };
          return { next, result: next.rate };
        });

      const rates = await Promise.all(Array.from({ length: 8 }, slower));

      expect(rates.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });
  });
}

/** What the count of refused consents promises: each app has its own, and nobody's refusal is forgotten. */
export function refusalsContract(name: string, make: () => Promise<{ refusals: RefusalStore }>): void {
  describe(`refused consents: ${name}`, () => {
    it('are none at first, and every one of many at once is there, for each app apart', async () => {
      const { refusals } = await make();
      const refuse = (clientId: string, grantId: string) =>
        refusals.change(clientId, (current) => ({
          next: { lost: [...(current?.lost ?? []), { grantId, at: 'now' }] },
          result: undefined,
        }));

      await Promise.all([
        ...Array.from({ length: 6 }, (_, n) => refuse('app', `grant-${n}`)),
        refuse('b', 'c'),
      ]);

      const held = await refusals.change('app', (current) => ({ result: current }));
      expect(held?.lost.map(({ grantId }) => grantId).toSorted()).toEqual(
        Array.from({ length: 6 }, (_, n) => `grant-${n}`),
      );
    });
  });
}
