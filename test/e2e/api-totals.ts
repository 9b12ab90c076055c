import * as z from 'zod';
import type { ReadyFile } from './running-stack.ts';
import { type Checked, sortedIds, sumByCurrency, type Totals } from './vendor-truth.ts';

const Record = z.looseObject({
  id: z.string(),
  currency: z.string().optional(),
  totalAmount: z.number().optional(),
  metadata: z.object({ isDeleted: z.boolean().optional() }).optional(),
});
const Page = z.object({
  results: z.array(Record),
  totalResults: z.number(),
  _links: z.object({ next: z.object({ href: z.string() }).optional() }),
});

export type Company = ReadyFile['companies'][number];

/** Every record of a data type through the public API, following `_links.next` as a client would. */
async function readAll(ready: ReadyFile, path: string): Promise<z.infer<typeof Record>[]> {
  const records: z.infer<typeof Record>[] = [];
  let next: string | undefined = `${path}${path.includes('?') ? '&' : '?'}pageSize=1000`;
  while (next !== undefined) {
    const reply = await fetch(`${ready.apiUrl}${next}`, { headers: authorization(ready) });
    if (!reply.ok) throw new Error(`${next}: ${reply.status} ${await reply.text()}`);
    const page = Page.parse(await reply.json());
    records.push(...page.results);
    next = page._links.next?.href;
  }
  return records;
}

/** The same figures as `sourceTotals`, as the API's readers see them. */
export async function apiTotals(ready: ReadyFile, company: Company, dataType: Checked): Promise<Totals> {
  const records = await readAll(ready, `/companies/${company.id}/data/${dataType}`);
  const live = records.filter((record) => record.metadata?.isDeleted !== true);
  const deleted = records.filter((record) => record.metadata?.isDeleted === true);
  const money = live.flatMap(({ totalAmount, currency }) =>
    totalAmount === undefined || currency === undefined ? [] : [{ amount: totalAmount, currency }],
  );
  return {
    live: { count: live.length, ids: sortedIds(live.map(({ id }) => id)), sums: sumByCurrency(money) },
    deleted: { count: deleted.length, ids: sortedIds(deleted.map(({ id }) => id)) },
  };
}

export function authorization({ apiKey }: ReadyFile): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(apiKey).toString('base64')}` };
}
