import * as z from 'zod';
import type { Connection } from '../../domain/connection.ts';
import type { DataType } from '../../domain/data-types.ts';
import type { Instant } from '../../domain/instant.ts';
import { type Month, monthsLater } from '../../domain/month.ts';
import {
  composeBalanceSheet,
  composeCashFlow,
  composeProfitAndLoss,
} from '../../domain/statements/compose-statement.ts';
import type { PeriodWish } from '../../domain/statements/periods.ts';
import { settingFor } from '../../domain/sync-settings.ts';
import {
  type BalanceSheet,
  BalanceSheetMonth,
  CashFlowMonth,
  type CashFlowStatement,
  type ProfitAndLoss,
  ProfitAndLossMonth,
} from '../../domain/unified/statements.ts';
import type { ReadRecords, SnapshotAt, SyncSettingsStore } from '../ports.ts';
import type { BooksOf } from './choose-connection.ts';
import { heldSnapshot } from './held-dataset.ts';
import { readPage } from './read-page.ts';

/** Months are some hundreds at most; a page of this size holds them all. */
const allMonths = { page: 1, pageSize: 100_000, query: 'metadata.isDeleted!=true' };

type Wish = PeriodWish & { asOf?: Instant | undefined };

/** The financial statements of periods, put together of the months that are held; `asOf` of those held then. */
export function makeReadStatements(deps: {
  chooseConnection: (books: BooksOf, dataType: DataType) => Promise<Connection>;
  readRecords: ReadRecords;
  snapshotAt: SnapshotAt;
  syncSettings: Pick<SyncSettingsStore, 'find'>;
}) {
  const monthsOf = async <T extends { id: Month }>(
    books: BooksOf,
    dataType: DataType,
    schema: z.ZodType<T>,
    asOf: Instant | undefined,
  ): Promise<T[]> => {
    const [connection, settings] = await Promise.all([
      deps.chooseConnection(books, dataType),
      deps.syncSettings.find(),
    ]);
    const page = await readPage(deps, heldSnapshot(connection, dataType), { ...allMonths, asOf });
    const { monthsToSync } = settingFor(dataType, settings, connection.syncSettings);
    return newest(z.array(schema).parse(page.results), monthsToSync);
  };
  return {
    profitAndLoss: async (books: BooksOf, wish: Wish): Promise<ProfitAndLoss> =>
      composeProfitAndLoss(await monthsOf(books, 'profitAndLoss', ProfitAndLossMonth, wish.asOf), wish),
    balanceSheet: async (books: BooksOf, wish: Wish): Promise<BalanceSheet> =>
      composeBalanceSheet(await monthsOf(books, 'balanceSheet', BalanceSheetMonth, wish.asOf), wish),
    cashFlowStatement: async (books: BooksOf, wish: Wish): Promise<CashFlowStatement> =>
      composeCashFlow(await monthsOf(books, 'cashFlowStatement', CashFlowMonth, wish.asOf), wish),
  };
}

/** The newest month and so many before it are served, as far as they are held; what is older stays held. */
function newest<T extends { id: Month }>(months: readonly T[], count: number | undefined): T[] {
  const last = months
    .map(({ id }) => id)
    .toSorted()
    .at(-1);
  if (last === undefined || count === undefined) return [...months];
  const first = monthsLater(last, -count);
  return months.filter(({ id }) => id >= first);
}
