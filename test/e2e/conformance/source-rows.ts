import * as z from 'zod';
import type { ReadyFile } from '../running-stack.ts';

const Page = z.object({ response: z.object({ result: z.looseObject({ pages: z.number() }) }) });
const Rows = z.array(z.record(z.string(), z.unknown()));
export type SourceRow = Record<string, unknown>;

/** Every row that FreshBooks shows its own users in a list: active and archived, not deleted. */
export async function sourceRows({ simulator }: ReadyFile, path: string, key: string): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for (const state of ['0', '2']) {
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const url = `${simulator.url}/accounting/account/${simulator.accountId}/${path}`;
      const search = `per_page=100&page=${page}&search[vis_state]=${state}`;
      const reply = await fetch(`${url}?${search}`, {
        headers: { authorization: `Bearer ${simulator.accessToken}` },
      });
      const { result } = Page.parse(await reply.json()).response;
      pages = result.pages;
      rows.push(...Rows.parse(result[key]));
    }
  }
  // Some lists have no states and answer the same rows for each.
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}

const Money = z.object({ amount: z.string() });

/** The number in one of FreshBooks' amounts. */
export function amountOf(value: unknown): number {
  return Number(Money.parse(value).amount);
}
