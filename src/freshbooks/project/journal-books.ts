import type { Big } from 'big.js';
import type * as z from 'zod';
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

/** What was booked in one currency. */
export type Journal = ReadonlyMap<Month, readonly Posting[]>;

/** The journal line by line. */
export type JournalBooks = {
  /** The currency of the books, and what was booked in it. */
  currency: string;
  byMonth: Journal;
  /** What was booked in other currencies: without a rate it cannot be added to that. */
  others: ReadonlyMap<string, Journal>;
};

/** A line on an account that the chart does not have is reported: without it nothing would balance. */
export async function journalBooks(projection: Projection): Promise<JournalBooks> {
  const accounts = await accountIndex(projection);
  const own = await ownCurrency(projection);
  const journals = new Map<string, Map<Month, Posting[]>>([[own, new Map()]]);
  await forEachRow(resource, projection, (row) => {
    if (row.deleted) return;
    const detail = typed(JournalDetail, row);
    const code = currencyOf(detail) ?? own;
    const journal = journals.get(code) ?? new Map<Month, Posting[]>();
    journals.set(code, journal);
    const posting = postingOf(detail, accounts);
    if (posting !== undefined) grouped(journal, posting.month, posting);
    else if (code === own)
      projection.onQuarantine({
        resource,
        id: row.id,
        reason: 'it has no date or no account of the chart',
      });
  });
  const others = new Map([...journals].filter(([code]) => code !== own).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { currency: own, byMonth: journals.get(own) ?? new Map(), others };
}

/** The currencies that the journal was booked in, without putting it together. */
export async function journalCurrencies(projection: Projection): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  await forEachRow(resource, projection, (row) => {
    const code = row.deleted ? undefined : currencyOf(typed(Sides, row));
    if (code !== undefined) found.add(code);
  });
  return found;
}

const Sides = JournalDetail.pick({ debit: true, credit: true });

/** None where FreshBooks names none: that is the currency of the books. */
function currencyOf({ debit, credit }: z.infer<typeof Sides>): string | undefined {
  const code = currency(moneyCode(debit), moneyCode(credit));
  return code === 'XXX' ? undefined : code;
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
