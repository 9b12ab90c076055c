import Big from 'big.js';
import * as z from 'zod';

// Reads the simulator's books over plain HTTP, page by page, sharing nothing with the sync: the truth it is held to.

/** Whose books, and a token that may read them. */
export type VendorBooks = { url: string; accountId: string; accessToken: string };

const Money = z.object({ amount: z.string(), code: z.string() });
const Row = z.looseObject({
  id: z.number(),
  vis_state: z.number().optional(),
  amount: z.unknown().optional(),
});
type Row = z.infer<typeof Row>;

/** Number, ids and sums per currency, live and deleted rows apart. */
export type Totals = {
  live: { count: number; ids: string[]; sums: Record<string, string> };
  deleted: { count: number; ids: string[] };
};

const paths = {
  customers: { path: 'users/clients', key: 'clients' },
  invoices: { path: 'invoices/invoices', key: 'invoices' },
  payments: { path: 'payments/payments', key: 'payments' },
} as const;
export type Checked = keyof typeof paths;
export const checkedTypes = ['customers', 'invoices', 'payments'] as const;

/** What the source holds of one data type, deleted rows too. */
export async function sourceTotals(books: VendorBooks, dataType: Checked): Promise<Totals> {
  const rows: Row[] = [];
  for (const state of [0, 1, 2]) rows.push(...(await readState(books, dataType, state)));
  const live = rows.filter((row) => row.vis_state !== 1);
  const deleted = rows.filter((row) => row.vis_state === 1);
  const money = live.flatMap((row) => {
    const { success, data } = Money.safeParse(row.amount);
    return success ? [{ amount: data.amount, currency: data.code }] : [];
  });
  return {
    live: {
      count: live.length,
      ids: sortedIds(live.map(({ id }) => String(id))),
      sums: sumByCurrency(money),
    },
    deleted: { count: deleted.length, ids: sortedIds(deleted.map(({ id }) => String(id))) },
  };
}

async function readState(books: VendorBooks, dataType: Checked, state: number): Promise<Row[]> {
  const { path, key } = paths[dataType];
  const rows: Row[] = [];
  for (let page = 1; ; page += 1) {
    const url = `${books.url}/accounting/account/${books.accountId}/${path}?per_page=100&page=${page}&search[vis_state]=${state}`;
    const reply = await fetch(url, { headers: { authorization: `Bearer ${books.accessToken}` } });
    const body = z
      .object({ response: z.object({ result: z.looseObject({ pages: z.number() }) }) })
      .parse(await reply.json());
    rows.push(...z.array(Row).parse(body.response.result[key]));
    if (page >= body.response.result.pages) return rows;
  }
}

export function sortedIds(ids: readonly string[]): string[] {
  return [...ids].sort((one, other) => Number(one) - Number(other));
}

/** Exact sums as decimal text, by currency. */
export function sumByCurrency(
  money: readonly { amount: string | number; currency: string }[],
): Record<string, string> {
  const sums: Record<string, Big> = {};
  for (const { amount, currency } of money)
    sums[currency] = (sums[currency] ?? new Big(0)).plus(String(amount));
  return Object.fromEntries(Object.entries(sums).map(([currency, sum]) => [currency, sum.toFixed()]));
}
