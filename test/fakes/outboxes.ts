import type { Outboxes } from '../../src/app/event-ports.ts';
import type { Companies, Connections } from '../../src/app/ports.ts';
import type { EventSource, OutboxEvent } from '../../src/domain/event.ts';

/** The outboxes of stores in memory; the index is that of the table, without its delay. */
export function memoryOutboxes(
  companies: Pick<Companies, 'all'>,
  connections: Pick<Connections, 'ofCompany'>,
): Outboxes {
  return {
    waiting: async (before) => {
      const found: { since: string; source: EventSource }[] = [];
      const see = (outbox: OutboxEvent[] | undefined, source: EventSource) => {
        const since = outbox?.[0]?.at;
        if (since !== undefined && since < before) found.push({ since, source });
      };
      for (const company of await companies.all()) {
        see(company.outbox, { companyId: company.id });
        for (const { id, outbox } of await connections.ofCompany(company.id)) {
          see(outbox, { companyId: company.id, connectionId: id });
        }
      }
      return found.sort((a, b) => (a.since < b.since ? -1 : 1)).map(({ source }) => source);
    },
  };
}
