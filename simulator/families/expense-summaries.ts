import { Big } from 'big.js';
import { amountOf, type Row } from '../json.ts';
import { codeOf } from '../ledger/entry.ts';
import { exactMoney } from '../money.ts';
import type { Endpoint, Read } from './endpoint.ts';

const amountsOf = (rows: readonly Row[]): readonly Row[] =>
  [...Map.groupBy(rows, (row) => codeOf(row, 'amount'))].map(([code, own]) => ({
    ...exactMoney(own.reduce((sum, row) => sum.plus(amountOf(row, 'amount')), new Big(0)).toFixed(), code),
    count: own.length,
  }));

// §3A.6: three sums over the expenses that are not deleted, without counters of pages.
const summaries = ({ books }: Read): Row => {
  const all = books
    .rows('expenses')
    .ascending()
    .filter((row) => row['vis_state'] !== 1);
  const kinds = {
    grand_total: all,
    archived: all.filter((row) => row['vis_state'] === 2),
    active: all.filter((row) => row['vis_state'] === 0),
  };
  const rows = Object.entries(kinds).map(([id, own]) => ({
    amounts: amountsOf(own),
    counts: own.length,
    id,
  }));
  return { response: { result: { summaries: rows } } };
};

export const expenseSummaryEndpoints: readonly Endpoint[] = [
  {
    family: 'accounting',
    tenant: 'accountId',
    name: 'expense_summaries',
    scope: 'expenses',
    pattern: /^\/accounting\/account\/([^/]+)\/expenses\/summaries$/,
    read: summaries,
  },
];
