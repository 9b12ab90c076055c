import type { Row } from '../json.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Books } from '../resources/resource.ts';

/** What a report is asked for. Dates are days, both included; the currency is the books' own unless told. */
export type Asking = {
  readonly query: URLSearchParams;
  readonly books: Books;
  readonly ledger: Ledger;
  readonly from: string;
  readonly to: string;
  readonly code: string;
  /** The JWT of the CSV link that every report carries. */
  readonly token: string;
};

/** `key` is the name of the result, which is not always the name of the report (§3A.23). */
export type Report = { readonly key: string; readonly make: (asking: Asking) => Row };

/** Is an entry in the report's days? */
export const within =
  ({ from, to }: Pick<Asking, 'from' | 'to'>) =>
  ({ date }: { date: string }): boolean =>
    date >= from && date <= to;
