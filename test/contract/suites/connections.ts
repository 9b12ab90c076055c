import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Connections } from '../../../src/app/ports.ts';
import type { Connection, ConnectionRef } from '../../../src/domain/connection.ts';
import { aConnection, aLinkedConnection, start } from '../../fakes/builders.ts';

const ref: ConnectionRef = { companyId: 'company-1', connectionId: 'connection-1' };
const want = { operationId: 'operation-1', requested: start, reason: 'refresh' } as const;

/** What every store of connections promises. `make` gives an empty one. */
export function connectionsContract(name: string, make: () => Promise<{ connections: Connections }>): void {
  describe(`connections: ${name}`, () => {
    let connections: Connections;
    beforeEach(async () => {
      connections = (await make()).connections;
    });

    it('finds what was inserted, whole', async () => {
      const connection = aLinkedConnection({ wanted: { invoices: want } });

      await connections.insert(connection);

      expect(await connections.find(ref)).toEqual(connection);
    });

    it('finds nothing where nothing is', async () => {
      expect(await connections.find(ref)).toBeUndefined();
      expect(await connections.change(ref, () => ({ result: 'seen' }))).toBeUndefined();
    });

    it('refuses a second connection of the same name', async () => {
      await connections.insert(aConnection());

      await expect(connections.insert(aConnection({ slot: 8 }))).rejects.toMatchObject({ kind: 'conflict' });
      expect(await connections.find(ref)).toEqual(aConnection());
    });

    it('writes what was decided and answers the result', async () => {
      await connections.insert(aConnection());

      const result = await connections.change(ref, (one) => ({
        next: { ...one, slot: 9 },
        result: one.slot,
      }));

      expect(result).toBe(7);
      expect(await connections.find(ref)).toEqual(aConnection({ slot: 9 }));
    });

    it('writes nothing when nothing was decided', async () => {
      await connections.insert(aConnection());

      expect(await connections.change(ref, () => ({ result: 'looked' }))).toBe('looked');
      expect(await connections.find(ref)).toEqual(aConnection());
    });

    it('drops what a change leaves out', async () => {
      await connections.insert(aConnection({ lease: { owner: 'a', until: start } }));

      await connections.change(ref, ({ lease: _, ...one }) => ({ next: one, result: undefined }));

      expect(await connections.find(ref)).toEqual(aConnection());
    });

    it('loses no change of many at once', async () => {
      await connections.insert(aConnection());
      const count = (one: Connection) => ({ next: { ...one, epoch: one.epoch + 1 }, result: one.epoch });

      const seen = await Promise.all(Array.from({ length: 8 }, () => connections.change(ref, count)));

      expect((await connections.find(ref))?.epoch).toBe(8);
      expect(new Set(seen).size).toBe(8);
    });

    it('does not bring back what was removed while it was decided upon', async () => {
      await connections.insert(aConnection());
      let removal: Promise<void> | undefined;

      const result = await connections.change(ref, (one) => {
        removal ??= connections.remove(ref);
        return { next: { ...one, slot: 1 }, result: 'written' };
      });
      await removal;

      expect(await connections.find(ref)).toBeUndefined();
      expect(['written', undefined]).toContain(result);
    });

    it('removes, and removing again is no error', async () => {
      await connections.insert(aConnection());

      await connections.remove(ref);
      await connections.remove(ref);

      expect(await connections.find(ref)).toBeUndefined();
      expect(await connections.ofCompany('company-1')).toEqual([]);
    });

    it("keeps each company's connections apart", async () => {
      const other = aConnection({ companyId: 'company-2', linkToken: 'link-2' });
      await connections.insert(aConnection());
      await connections.insert(other);

      expect(await connections.ofCompany('company-1')).toEqual([aConnection()]);
      expect(await connections.ofCompany('company-2')).toEqual([other]);
      expect(await connections.ofCompany('company-3')).toEqual([]);
    });

    indexContract(() => connections);
  });
}

function indexContract(store: () => Connections): void {
  it('finds a connection by its link', async () => {
    await store().insert(aConnection());

    expect(await store().byLinkToken('link-1')).toEqual(ref);
    expect(await store().byLinkToken('link-2')).toBeUndefined();
  });

  it('has in a slot only what was ever linked', async () => {
    await store().insert(aLinkedConnection());
    await store().insert(aConnection({ id: 'connection-2', linkToken: 'link-2' }));

    expect(await store().inSlot(7)).toEqual([ref]);
    expect(await store().inSlot(8)).toEqual([]);

    await store().change(ref, (one) => ({ next: { ...one, state: 'Deauthorized' }, result: undefined }));
    expect(await store().inSlot(7)).toEqual([ref]);
  });

  it('lists what waits, the longest waiting first, until it waits no more', async () => {
    const later = { ...want, requested: '2026-03-02T15:00:30.000Z' };
    const second = aLinkedConnection({
      id: 'connection-2',
      linkToken: 'link-2',
      wanted: { invoices: later },
    });
    await store().insert(second);
    await store().insert(aLinkedConnection({ serving: { invoices: want } }));
    const secondRef = { companyId: 'company-1', connectionId: 'connection-2' };

    expect(await store().pending('2026-03-02T15:01:00.000Z')).toEqual([ref, secondRef]);
    expect(await store().pending('2026-03-02T15:00:10.000Z')).toEqual([ref]);

    await store().change(ref, (one) => ({ next: { ...one, serving: {} }, result: undefined }));
    expect(await store().pending('2026-03-02T15:01:00.000Z')).toEqual([secondRef]);
  });

  it('lists what is to be erased and what has a grant to release', async () => {
    await store().insert(aConnection({ erasing: start }));
    await store().insert(
      aConnection({ id: 'connection-2', linkToken: 'link-2', state: 'Unlinked', grantId: 'grant-1' }),
    );

    const waiting = await store().pending('2026-03-02T15:01:00.000Z');

    expect(waiting.map((one) => one.connectionId).sort()).toEqual(['connection-1', 'connection-2']);
  });

  it('knows every connection on a grant, whatever its state', async () => {
    await store().insert(aLinkedConnection());
    await store().insert(
      aLinkedConnection({
        id: 'connection-2',
        companyId: 'company-2',
        linkToken: 'link-2',
        state: 'Deauthorized',
      }),
    );
    await store().insert(aConnection({ id: 'connection-3', linkToken: 'link-3' }));

    const standing = await store().onGrant('grant-1');

    expect(standing.map((one) => one.connectionId).sort()).toEqual(['connection-1', 'connection-2']);
    expect(await store().onGrant('grant-2')).toEqual([]);
  });
}
