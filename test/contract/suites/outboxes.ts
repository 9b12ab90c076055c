import { describe, expect, it } from '@jest/globals';
import type { Outboxes } from '../../../src/app/event-ports.ts';
import type { Companies, Connections } from '../../../src/app/ports.ts';
import type { OutboxEvent } from '../../../src/domain/event.ts';
import { aCompany, aLinkedConnection } from '../../fakes/builders.ts';

type Made = { companies: Companies; connections: Connections; outboxes: Outboxes };

const at = (minute: number) => `2026-03-02T15:${String(minute).padStart(2, '0')}:00.000Z`;
const event = (minute: number): OutboxEvent => ({
  id: `e${minute}`,
  type: 'company.created',
  at: at(minute),
});

/** What every list of waiting outboxes promises. `make` gives empty stores. */
export function outboxesContract(name: string, make: () => Promise<Made>): void {
  describe(`outboxes: ${name}`, () => {
    it('lists what waits since before then, the oldest first, and nothing that waits no longer', async () => {
      const { companies, connections, outboxes } = await make();
      await companies.insert(aCompany({ outbox: [event(5), event(6)] }));
      await connections.insert(aLinkedConnection({ outbox: [event(2)] }));
      await connections.insert(aLinkedConnection({ id: 'connection-2', outbox: [event(9)] }));
      await connections.insert(aLinkedConnection({ id: 'connection-3' }));

      expect(await outboxes.waiting(at(8))).toEqual([
        { companyId: 'company-1', connectionId: 'connection-1' },
        { companyId: 'company-1' },
      ]);
      await connections.change({ companyId: 'company-1', connectionId: 'connection-1' }, (one) => ({
        next: { ...one, outbox: undefined },
        result: undefined,
      }));
      expect(await outboxes.waiting(at(8))).toEqual([{ companyId: 'company-1' }]);
    });

    it('finds a removed one by its events, and by nothing else', async () => {
      const { companies, connections, outboxes } = await make();
      await companies.insert(aCompany());
      await connections.insert(aLinkedConnection({ outbox: [event(1)], removed: at(1) }));

      expect(await outboxes.waiting(at(8))).toEqual([
        { companyId: 'company-1', connectionId: 'connection-1' },
      ]);
      expect(await connections.byLinkToken('link-1')).toBeUndefined();
      expect(await connections.inSlot(7)).toEqual([]);
      expect(await connections.onGrant('grant-1')).toEqual([]);
    });
  });
}
