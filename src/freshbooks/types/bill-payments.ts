import * as z from 'zod';
import { asNumber } from '../../domain/money.ts';
import { because, type RowType, visStates } from './mapping.ts';
import { type Allocation, methodOf, minus } from './payments.ts';
import {
  currency,
  dateOf,
  Id,
  Money,
  moneyAmount,
  moneyCode,
  noDate,
  present,
  reference,
  required,
  Text,
  text,
  Whole,
} from './wire.ts';

/** A payment of a bill, freshbooks-api §3A.14. Nothing in it says when it last changed. */
export const BillPayment = z.object({
  id: Id,
  amount: Money,
  billid: Text,
  paid_date: Text,
  payment_type: Text,
  note: Text,
  vis_state: Whole,
});
export type BillPayment = z.infer<typeof BillPayment>;

export const billPayments = {
  schema: BillPayment,
  fates: {
    mapped: Object.keys(BillPayment.shape),
    ignored: { accounting_systemid: because.account, matched_with_expense: because.noPlace },
    vocabulary: visStates,
  },
} as const satisfies RowType<BillPayment>;

/** A bill payment of the unified shape. `vendorOf` names who sent the bill. */
export function toBillPayment(
  payment: BillPayment,
  vendorOf: (bill: string) => Record<string, unknown> | undefined,
): Record<string, unknown> {
  const amount = asNumber(required(moneyAmount(payment.amount), 'amount', payment));
  const bill = reference(payment.billid);
  const date = dateOf(payment.paid_date);
  const link = present({ type: bill === undefined ? 'Unlinked' : 'Bill', id: bill });
  return present({
    id: String(payment.id),
    supplierRef: bill === undefined ? undefined : vendorOf(bill),
    totalAmount: amount,
    currency: currency(moneyCode(payment.amount)),
    date: date ?? noDate,
    note: text(payment.note),
    paymentMethodRef: methodOf(payment.payment_type, undefined),
    lines: [
      present({
        amount,
        links: [{ ...link, amount: minus(amount), currencyRate: 1 }],
        allocatedOnDate: date,
      }),
    ],
  });
}

/** The bill's id and what the bill shows of the payment; negative, as on invoices. */
export function toBillAllocation(payment: BillPayment): { bill: string; allocation: Allocation } | undefined {
  const bill = reference(payment.billid);
  if (bill === undefined) return undefined;
  const totalAmount = asNumber(required(moneyAmount(payment.amount), 'amount', payment));
  const code = currency(moneyCode(payment.amount));
  const date = dateOf(payment.paid_date);
  const note = text(payment.note);
  const allocation = {
    payment: present({ id: String(payment.id), note, currency: code, paidOnDate: date, totalAmount }),
    allocation: present({
      currency: code,
      currencyRate: 1,
      allocatedOnDate: date,
      totalAmount: minus(totalAmount),
    }),
  };
  return { bill, allocation };
}
