import { accountOf } from '../../simulator/people.ts';
import type { RawRow } from '../../src/app/ports.ts';
import { makeClient } from '../../src/freshbooks/client.ts';
import { compareIds } from '../../src/freshbooks/ids.ts';
import { makeReadResource } from '../../src/freshbooks/read-resource.ts';
import { makeTransport } from '../../src/freshbooks/transport.ts';
import type { Bench } from './harness.ts';

/** Raw rows by resource, in id order. */
export type Raw = Map<string, RawRow[]>;

/** Reads resources and reports of a simulated business over HTTP; reports in these currencies too. */
export async function readFor(
  bench: Bench,
  account: string,
  resources: readonly string[],
  currencies: readonly string[] = [],
): Promise<Raw> {
  const tools = { now: Date.now, random: () => 0.5, sleep: async () => {} };
  const client = makeClient({ apiUrl: bench.url, transport: makeTransport(), tools });
  const read = makeReadResource({ client, now: Date.now });
  const found = accountOf(account);
  if (found === undefined) throw new Error(`nobody has the account ${account}`);
  const business = {
    identityId: '1',
    accountId: account,
    businessId: String(found.businessId),
    businessUuid: found.businessUuid,
    name: found.name,
  };
  const all: Raw = new Map();
  for (const resource of new Set(resources)) {
    const rows = new Map<string, RawRow>();
    await read({
      resource,
      business,
      runId: 'run-1',
      currencies,
      token: async () => bench.token,
      refused: async () => bench.token,
      heldIds: async () => new Set(),
      onRows: async (more) => {
        for (const row of more) rows.set(row.id, row);
      },
      deadline: new Date(Date.now() + 600_000).toISOString(),
    });
    all.set(
      resource,
      [...rows.values()].sort((a, b) => compareIds(a.id, b.id)),
    );
  }
  return all;
}
