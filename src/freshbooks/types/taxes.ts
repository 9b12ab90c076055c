import * as z from 'zod';
import { asNumber } from '../../domain/money.ts';
import { because, type RowType } from './mapping.ts';
import { amountOf, Flag, flag, Id, OptionalDecimal, orZero, present, stampOf, Text, text } from './wire.ts';

/** A tax, freshbooks-api §3A.11. Its primary key is `taxid`; `id` mirrors it. `amount` is a percentage. */
export const Tax = z.object({
  id: Id.optional(),
  taxid: Id.optional(),
  name: Text,
  number: Text,
  amount: OptionalDecimal,
  compound: Flag,
  updated: Text,
});
export type Tax = z.infer<typeof Tax>;

export const taxes = {
  schema: Tax,
  fates: {
    mapped: Object.keys(Tax.shape),
    ignored: {
      accounting_systemid: because.account,
      accountid: because.account,
      vis_state: because.internal,
      uuid: because.duplicateId,
    },
  },
} as const satisfies RowType<Tax>;

/** A single tax as a unified tax rate. */
export function toTaxRate(id: string, tax: Tax, deleted: boolean): Record<string, unknown> {
  const rate = asNumber(orZero(amountOf(tax.amount)));
  const name = text(tax.name);
  return present({
    id,
    name,
    code: text(tax.number),
    status: deleted ? 'Archived' : 'Active',
    effectiveTaxRate: rate,
    totalTaxRate: rate,
    components: [present({ name, rate, isCompound: flag(tax.compound) })],
    validDatatypeLinks: [],
    sourceModifiedDate: stampOf(tax.updated),
  });
}
