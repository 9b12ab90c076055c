import * as z from 'zod';
import { asNumber } from '../../domain/money.ts';
import { because, type RowType, visStates } from './mapping.ts';
import {
  currency,
  dateOf,
  Flag,
  flag,
  Id,
  Money,
  moneyAmount,
  moneyCode,
  noDate,
  present,
  reference,
  required,
  stampOf,
  Text,
  text,
  Whole,
} from './wire.ts';

/** A payment of an invoice, freshbooks-api §3A.8. */
export const Payment = z.object({
  id: Id,
  amount: Money,
  currency_code: Text,
  clientid: Text,
  creditid: Text,
  date: Text,
  from_credit: Flag,
  gateway: Text,
  invoiceid: Text,
  note: Text,
  orderid: Text,
  transactionid: Text,
  type: Text,
  updated: Text,
  vis_state: Whole,
});
export type Payment = z.infer<typeof Payment>;

export const payments = {
  schema: Payment,
  fates: {
    mapped: Object.keys(Payment.shape),
    ignored: {
      logid: because.duplicateId,
      accounting_systemid: because.account,
      accountid: because.account,
      bulk_paymentid: because.noPlace,
      overpaymentid: because.noPlace,
      send_client_notification: because.writeOnly,
      send_email_receipt: because.writeOnly,
      transaction_uuid: because.internal,
      uuid: because.duplicateId,
    },
    vocabulary: visStates,
  },
} as const satisfies RowType<Payment>;

/** A payment of the unified shape. */
export function toPayment(payment: Payment): Record<string, unknown> {
  const amount = asNumber(required(moneyAmount(payment.amount), 'amount', payment));
  const date = dateOf(payment.date);
  return present({
    id: String(payment.id),
    customerRef: customerOf(payment),
    paymentMethodRef: methodOf(payment.type, payment.gateway),
    totalAmount: amount,
    currency: currency(moneyCode(payment.amount), text(payment.currency_code)),
    date: date ?? noDate,
    note: text(payment.note),
    lines: [line(payment, amount, date)],
    reference: text(payment.transactionid) ?? reference(payment.orderid),
    sourceModifiedDate: stampOf(payment.updated),
  });
}

function customerOf(payment: Payment): { id: string } | undefined {
  const id = reference(payment.clientid);
  return id === undefined ? undefined : { id };
}

/** A gateway says more than the type it booked under: "stripe" than "VISA". Both are kept. */
export function methodOf(
  typeValue: Payment['type'],
  gatewayValue: Payment['gateway'],
): { id: string; name: string } | undefined {
  const type = text(typeValue);
  const gateway = text(gatewayValue);
  if (type === undefined && gateway === undefined) return undefined;
  const name = [type, gateway].filter((part) => part !== undefined).join(' by ');
  return { id: (type ?? gateway ?? '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'), name };
}

function spendsCredit(payment: Payment): boolean {
  const credit = reference(payment.creditid);
  return credit !== undefined && (flag(payment.from_credit) || text(payment.type) === 'Credit');
}

/**
 * One line a payment, whose amount and links add up to zero. A credit note spent on an invoice brings no money in:
 * the line is then 0 and the two links cancel out. Without an invoice the money is on the client's account.
 */
function line(payment: Payment, amount: number, date: string | undefined): Record<string, unknown> {
  const invoice = reference(payment.invoiceid);
  const credit = reference(payment.creditid);
  const fromCredit = spendsCredit(payment);
  const links = [
    invoice === undefined
      ? present({
          type: 'PaymentOnAccount',
          id: reference(payment.clientid),
          amount: minus(amount),
          currencyRate: 1,
        })
      : { type: 'Invoice', id: invoice, amount: minus(amount), currencyRate: 1 },
    ...(fromCredit ? [present({ type: 'CreditNote', id: credit, amount, currencyRate: 1 })] : []),
  ];
  return present({ amount: fromCredit ? 0 : amount, links, allocatedOnDate: date });
}

export function minus(amount: number): number {
  return amount === 0 ? 0 : -amount;
}

/** What an invoice shows of a payment that was made on it. */
export type Allocation = { payment: Record<string, unknown>; allocation: Record<string, unknown> };

/** The invoice's id and the allocation to show on it; none for a payment that is on no invoice. */
export function toAllocation(payment: Payment): { invoice: string; allocation: Allocation } | undefined {
  const invoice = reference(payment.invoiceid);
  if (invoice === undefined) return undefined;
  const amount = asNumber(required(moneyAmount(payment.amount), 'amount', payment));
  const code = currency(moneyCode(payment.amount), text(payment.currency_code));
  const date = dateOf(payment.date);
  const paid = present({
    id: String(payment.id),
    note: text(payment.note),
    reference: text(payment.transactionid) ?? reference(payment.orderid),
    currency: code,
    paidOnDate: date,
    totalAmount: amount,
  });
  const allocation = present({
    currency: code,
    currencyRate: 1,
    allocatedOnDate: date,
    totalAmount: minus(amount),
  });
  return { invoice, allocation: { payment: paid, allocation } };
}

/** The credit note's id and what it shows of a payment that was made with it: positive, so much of it is spent. */
export function toCreditAllocation(
  payment: Payment,
): { creditNote: string; allocation: Allocation } | undefined {
  const creditNote = reference(payment.creditid);
  const found = spendsCredit(payment) ? toAllocation(payment) : undefined;
  if (creditNote === undefined || found === undefined) return undefined;
  const { payment: paid, allocation } = found.allocation;
  return {
    creditNote,
    allocation: { payment: paid, allocation: { ...allocation, totalAmount: paid['totalAmount'] } },
  };
}
