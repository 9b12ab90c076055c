import type { Big } from 'big.js';
import { zero } from '../../domain/money.ts';
import type { Month } from '../../domain/month.ts';
import { JournalAccount } from '../types/accounts.ts';
import { JournalDetail } from '../types/journal-details.ts';
import { currency, dateOf, moneyAmount, moneyCode, reference, text } from '../types/wire.ts';
import { type AccountIndex, accountIndex, type KnownAccount } from './account-index.ts';
import { forEachRow, grouped, type Projection, typed } from './rows.ts';

const resource = 'journal_entry_details';

/** What one line of the journal adds to its account: debit positive. */
export type Posting = { entry: string; month: Month; account: KnownAccount; net: Big };

/** The journal in the currency of the books, line by line. */
export type JournalBooks = {
  currency: string;
  /** Other currencies that were booked in: without a rate they cannot be added. */
  otherCurrencies: readonly string[];
  byMonth: ReadonlyMap<Month, readonly Posting[]>;
};

/** A line on an account that the chart does not have is reported: without it nothing would balance. */
export async function journalBooks(projection: Projection): Promise<JournalBooks> {
  const accounts = await accountIndex(projection);
  const own = await ownCurrency(projection);
  const byMonth = new Map<Month, Posting[]>();
  const others = new Set<string>();
  await forEachRow(resource, projection, (row) => {
    if (row.deleted) return;
    const detail = typed(JournalDetail, row);
    const code = currency(moneyCode(detail.debit), moneyCode(detail.credit));
    if (code !== own && code !== 'XXX') others.add(code);
    else {
      const posting = postingOf(detail, accounts);
      if (posting !== undefined) grouped(byMonth, posting.month, posting);
      else
        projection.onQuarantine({
          resource,
          id: row.id,
          reason: 'it has no date or no account of the chart',
        });
    }
  });
  return { currency: own, otherCurrencies: [...others].sort(), byMonth };
}

/** The chart is kept in the currency of the books. */
async function ownCurrency(projection: Projection): Promise<string> {
  const found = new Map<string, number>();
  await forEachRow('journal_entry_accounts', projection, (row) => {
    const code = text(typed(JournalAccount, row).currency_code);
    if (code !== undefined) found.set(code, (found.get(code) ?? 0) + 1);
  });
  const [most] = [...found].sort(([, a], [, b]) => b - a);
  return currency(most?.[0]);
}

function postingOf(detail: JournalDetail, accounts: AccountIndex): Posting | undefined {
  const month = dateOf(detail.user_entered_date)?.slice(0, 7);
  const account = accountOf(detail, accounts);
  if (month === undefined || account === undefined) return undefined;
  const net = (moneyAmount(detail.debit) ?? zero).minus(moneyAmount(detail.credit) ?? zero);
  return { entry: String(detail.entry.entryid), month, account, net };
}

function accountOf(detail: JournalDetail, accounts: AccountIndex): KnownAccount | undefined {
  const below = reference(detail.sub_account?.sub_accountid);
  const above = reference(detail.account?.accountid);
  return (
    (below === undefined ? undefined : accounts.byId(below)) ??
    (above === undefined ? undefined : accounts.byId(above))
  );
}
