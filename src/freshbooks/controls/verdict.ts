import type { Big } from 'big.js';
import type { RawRows, UnifiedRecord } from '../../app/ports.ts';
import type { ControlTotal } from '../../domain/control-total.ts';
import type { Instant } from '../../domain/instant.ts';
import { asNumber, isZero, zero } from '../../domain/money.ts';

/** What a control is made of: the records of a data type, the raw rows of the same run, and when it began. */
export type Compared = { records: AsyncIterable<UnifiedRecord>; rows: RawRows; at: Instant };

/** Amounts by currency. */
export type Sums = Map<string, Big>;

export function add(sums: Sums, code: string, amount: Big): void {
  sums.set(code, (sums.get(code) ?? zero).plus(amount));
}

/** What is compared. */
export type What = Pick<ControlTotal, 'report' | 'window' | 'currency'>;

/** `why` says what a verdict rests on; without it, that there is nothing on either side where that is so. */
export function verdictOf(what: What, ours: Big, theirs: Big, why?: string): ControlTotal {
  const verdict = ours.eq(theirs) ? ('agrees' as const) : ('differs' as const);
  const said = why ?? (isZero(ours) && isZero(theirs) ? 'It comes to nothing on either side.' : undefined);
  return {
    ...what,
    ours: asNumber(ours),
    theirs: asNumber(theirs),
    verdict,
    ...(said !== undefined && { why: said }),
  };
}

export function notComparable(what: What, why: string, ours?: Big): ControlTotal {
  return { ...what, ...(ours && { ours: asNumber(ours) }), verdict: 'not comparable', why };
}

/** Why there is no report to compare with in a currency that the records are in. */
export const whyNot = {
  notAsked: 'FreshBooks has not been asked in this currency yet; the next run asks.',
  otherCurrency: 'FreshBooks was asked in this currency and answered in another one.',
  cashBasis: 'The report is on a cash basis, the journal is not.',
  ownCurrencyOnly:
    'The statement is in the currency of the books alone. In this one the journal is compared.',
} as const;
