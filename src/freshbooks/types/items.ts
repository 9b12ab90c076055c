import * as z from 'zod';
import { asNumber } from '../../domain/money.ts';
import type { TaxById } from '../tax-index.ts';
import { because, type RowType, visStates } from './mapping.ts';
import {
  Id,
  Money,
  moneyAmount,
  present,
  recordStatus,
  reference,
  stampOf,
  Text,
  text,
  Whole,
} from './wire.ts';

/** Something sold again and again, freshbooks-api §3A.9; its taxes are named by their ids. */
export const Item = z.object({
  id: Id,
  name: Text,
  description: Text,
  sku: Text,
  inventory: Text,
  unit_cost: Money,
  tax1: Text,
  tax2: Text,
  updated: Text,
  vis_state: Whole,
});
export type Item = z.infer<typeof Item>;

export const items = {
  schema: Item,
  fates: {
    mapped: Object.keys(Item.shape),
    ignored: {
      itemid: because.duplicateId,
      accounting_systemid: because.account,
      qty: because.noPlace,
      uuid: because.duplicateId,
    },
    vocabulary: visStates,
  },
} as const satisfies RowType<Item>;

/** An item of the unified shape. FreshBooks sells items and never buys them. */
export function toItem(item: Item, taxes: TaxById, deleted: boolean): Record<string, unknown> {
  const price = moneyAmount(item.unit_cost);
  return present({
    id: String(item.id),
    name: text(item.name),
    code: text(item.sku),
    itemStatus: deleted ? 'Archived' : recordStatus(item.vis_state),
    type: text(item.inventory) === undefined ? 'NonInventory' : 'Inventory',
    isBillItem: false,
    isInvoiceItem: true,
    invoiceItem: present({
      description: text(item.description),
      unitPrice: price && asNumber(price),
      taxRateRef: taxes(reference(item.tax1), reference(item.tax2)),
    }),
    sourceModifiedDate: stampOf(item.updated),
  });
}
