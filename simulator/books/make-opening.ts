import { easternDay } from '../eastern-time.ts';
import type { Row } from '../json.ts';
import { bookStart } from './book-span.ts';
import type { Draft } from './draft.ts';

/** The one entry made by hand: what the owner put in on the first day. */
export const makeOpening = ({ at }: Draft, amount: string): void => {
  const books = at(bookStart);
  const id = books.nextId('journal_entries');
  const detail = (key: string, side: 'debit' | 'credit'): Row => ({ key, [side]: amount, description: '' });
  books.rows('journal_entries').put({
    currency_code: books.currency,
    description: 'What the owner put in',
    details: [detail('cash', 'debit'), detail('equity', 'credit')],
    entryid: id,
    id,
    name: 'Opening balance',
    user_entered_date: easternDay(books.at),
  });
};
