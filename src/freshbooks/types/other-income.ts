import { Big } from 'big.js';
import * as z from 'zod';
import { asNumber, sum } from '../../domain/money.ts';
import { type LineTax, type TaxIndex, taxRateRef } from '../tax-index.ts';
import { because, type RowType, visStates } from './mapping.ts';
import {
  amountOf,
  currency,
  dateOf,
  Id,
  Money,
  moneyAmount,
  moneyCode,
  noDate,
  OptionalDecimal,
  orZero,
  present,
  required,
  stampOf,
  Text,
  text,
  Whole,
} from './wire.ts';

const IncomeTax = z.object({ name: Text, amount: OptionalDecimal });

/** Income outside invoices, freshbooks-api §3A.12. Its primary key is `incomeid`; `taxes` are percentages. */
export const OtherIncome = z.object({
  incomeid: Id.optional(),
  amount: Money,
  category_name: Text,
  date: Text,
  note: Text,
  source: Text,
  taxes: z.array(IncomeTax).nullish(),
  updated_at: Text,
  vis_state: Whole,
});
export type OtherIncome = z.infer<typeof OtherIncome>;

export const otherIncome = {
  schema: OtherIncome,
  fates: {
    mapped: [...Object.keys(OtherIncome.shape), 'taxes.name', 'taxes.amount'],
    ignored: {
      id: because.duplicateId,
      accounting_systemid: because.account,
      created_at: because.noPlace,
      payment_type: because.noPlace,
      sourceid: because.noPlace,
      userid: because.noPlace,
    },
    vocabulary: visStates,
  },
} as const satisfies RowType<OtherIncome>;

/** A direct income of the unified shape, with one line. The amount includes the taxes, as an expense's does. */
export function toDirectIncome(id: string, income: OtherIncome, taxes: TaxIndex): Record<string, unknown> {
  const total = required(moneyAmount(income.amount), 'amount', income);
  const charged = incomeTaxes(income);
  const tax = taxWithin(total, charged);
  const amounts = {
    subTotal: asNumber(total.minus(tax)),
    taxAmount: asNumber(tax),
    totalAmount: asNumber(total),
  };
  const note = text(income.note);
  return present({
    id,
    reference: text(income.source),
    note,
    issueDate: dateOf(income.date) ?? noDate,
    currency: currency(moneyCode(income.amount)),
    lineItems: [
      present({
        description: note ?? text(income.category_name)?.replaceAll('_', ' '),
        unitAmount: amounts.subTotal,
        quantity: 1,
        ...amounts,
        taxRateRef: taxRateRef(charged.slice(0, 2), false, taxes),
        trackingCategoryRefs: [],
      }),
    ],
    paymentAllocations: [],
    ...amounts,
    sourceModifiedDate: stampOf(income.updated_at),
  });
}

export function incomeTaxes(income: OtherIncome): LineTax[] {
  return (income.taxes ?? []).flatMap((tax) => {
    const name = text(tax.name);
    return name === undefined ? [] : [{ name, percent: amountOf(tax.amount) }];
  });
}

function taxWithin(total: Big, taxes: readonly LineTax[]): Big {
  const percent = sum(taxes.map((tax) => orZero(tax.percent)));
  return total.minus(total.div(percent.plus(100).div(100))).round(2, Big.roundHalfUp);
}
