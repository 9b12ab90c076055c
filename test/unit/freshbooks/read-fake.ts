import type { RawRow, ReadReport } from '../../../src/app/ports.ts';
import { makeReadResource } from '../../../src/freshbooks/read-resource.ts';
import { business, clientOn, type FakeList, fakeList, type Row } from './fake-freshbooks.ts';

/** Long after every read of these tests. */
export const farOff = '2026-06-30T00:00:00.000Z';

type Wish = {
  cursor?: string;
  census?: true;
  held?: string[];
  heldDeleted?: string[];
  resume?: unknown;
  deadline?: string;
};
type Outcome = { report: ReadReport; rows: Map<string, RawRow> };

/** Reads a resource of the fake and keeps what came, the later row of an id in the place of the earlier. */
export async function read(
  list: FakeList,
  resource: string,
  wish: Wish = {},
  rows = new Map<string, RawRow>(),
): Promise<Outcome> {
  const { client, now } = clientOn(list.transport);
  const report = await makeReadResource({ client, now })({
    resource,
    business,
    runId: 'run-1',
    token: async () => 'good',
    refused: async () => 'good',
    ...(wish.cursor !== undefined && { cursor: wish.cursor }),
    ...(wish.census && { census: true }),
    heldIds: async () => new Set(wish.held),
    ...(wish.heldDeleted !== undefined && { heldDeletedIds: async () => new Set(wish.heldDeleted) }),
    onRows: async (more) => {
      for (const row of more) rows.set(row.id, row);
    },
    deadline: wish.deadline ?? farOff,
    ...(wish.resume !== undefined && { resume: wish.resume }),
  });
  return { report, rows };
}

/** Where a read ended whose reader is the one of every fake: what that one no longer sees is gone. */
export async function knownReader(): Promise<string> {
  const { report } = await read(fakeList(), 'taxes');
  return report.cursor ?? '';
}

export function books(count: number, more: Partial<Row> = {}): Row[] {
  return Array.from({ length: count }, (_, index) => row(index + 1, more));
}

export function row(id: number, more: Partial<Row> = {}): Row {
  return { id, vis_state: 0, updated: '2026-06-01 10:00:00', note: `row ${id}`, ...more };
}

export function ids(rows: Iterable<string>): number[] {
  return [...rows].map(Number).sort((a, b) => a - b);
}
