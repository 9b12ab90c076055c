import { Big } from 'big.js';
import { amountOf, type Row } from '../json.ts';
import { codeOf, type Entry, entryId } from '../ledger/entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { roundTo } from '../money.ts';
import type { Books } from '../resources/resource.ts';

const documents = [
  { owed: 'receivable', kind: 'invoice', payments: 'payments', names: 'invoiceid' },
  { owed: 'payable', kind: 'bill', payments: 'bill_payments', names: 'billid' },
] as const;

// A payment brings its part of everything its document posted, but what was owed. The last posting takes what
// rounding leaves, so that the parts are the payment.
const partOf = (document: Entry, owed: string, received: Big, date: string): Entry => {
  const whole = document.postings.find(({ key }) => key === owed)?.amount ?? new Big(0);
  const paid = received.times(whole.lt(0) ? -1 : 1);
  const others = document.postings.filter(({ key }) => key !== owed);
  const share = whole.eq(0) ? new Big(0) : paid.div(whole);
  const cut = (amount: Big) => roundTo(amount.times(share), document.code);
  const [first, ...rest] = others;
  const tail = rest.map((posting) => ({
    ...posting,
    amount: cut(posting.amount),
    ...(posting.base ? { base: cut(posting.base) } : {}),
  }));
  const left = tail.reduce((sum, { amount }) => sum.minus(amount), paid.times(-1));
  return { ...document, date, postings: first ? [{ ...first, amount: left }, ...tail] : [] };
};

// What was too much is the client's credit, not part of the document.
const receivedBy = (payment: Row, books: Books): Big => {
  const over = books.rows('credit_notes').get(Number(payment['overpaymentid'] ?? 0));
  const amount = new Big(amountOf(payment, 'amount'));
  return over && over['vis_state'] !== 1 ? amount.minus(amountOf(over, 'amount')) : amount;
};

/**
 * The entries as a cash-based report sees them (§3A.23 cash_based): an invoice or a bill counts when and as far as it
 * is paid; everything else is as it was.
 */
export const cashEntries = (books: Books, { entries }: Ledger): readonly Entry[] => {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const replaced = new Set<number>();
  const parts = documents.flatMap(({ owed, kind, payments, names }) => {
    for (const row of books.rows(kind === 'invoice' ? 'invoices' : 'bills').ascending()) {
      replaced.add(entryId(kind, Number(row['id'])));
    }
    return books
      .rows(payments)
      .ascending()
      .filter((row) => row['vis_state'] === 0)
      .flatMap((payment) => {
        const document = byId.get(entryId(kind, Number(payment[names])));
        const date = String(payment['date'] ?? payment['paid_date']);
        return document && document.code === codeOf(payment, 'amount')
          ? [partOf(document, owed, receivedBy(payment, books), date)]
          : [];
      });
  });
  return [...entries.filter(({ id }) => !replaced.has(id)), ...parts];
};
