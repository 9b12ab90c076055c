import * as z from 'zod';
import { because, type RowType, visStates } from './mapping.ts';
import { currency, Id, present, recordStatus, Text, text, utcStampOf, Whole } from './wire.ts';

/** Somebody who sends bills, freshbooks-api §3A.15. Its primary key is `vendorid`. */
export const BillVendor = z.object({
  vendorid: Id.optional(),
  vendor_name: Text,
  primary_contact_first_name: Text,
  primary_contact_last_name: Text,
  primary_contact_email: Text,
  phone: Text,
  street: Text,
  street2: Text,
  city: Text,
  province: Text,
  country: Text,
  postal_code: Text,
  currency_code: Text,
  updated_at: Text,
  vis_state: Whole,
});
export type BillVendor = z.infer<typeof BillVendor>;

export const billVendors = {
  schema: BillVendor,
  fates: {
    mapped: Object.keys(BillVendor.shape),
    ignored: {
      id: because.duplicateId,
      accounting_systemid: because.account,
      account_number: because.noPlace,
      created_at: because.noPlace,
      is_1099: because.noPlace,
      language: because.presentation,
      note: because.noPlace,
      outstanding_balance: because.computed,
      overdue_balance: because.computed,
      tax_defaults: because.noPlace,
      website: because.noPlace,
    },
    vocabulary: visStates,
  },
} as const satisfies RowType<BillVendor>;

/** A supplier of the unified shape. */
export function toSupplier(id: string, vendor: BillVendor, deleted: boolean): Record<string, unknown> {
  const first = text(vendor.primary_contact_first_name);
  const names = [first, text(vendor.primary_contact_last_name)].filter((name) => name !== undefined);
  const code = text(vendor.currency_code);
  return present({
    id,
    supplierName: text(vendor.vendor_name),
    contactName: text(names.join(' ')),
    emailAddress: text(vendor.primary_contact_email),
    phone: text(vendor.phone),
    addresses: addressesOf(vendor),
    status: deleted ? 'Archived' : recordStatus(vendor.vis_state),
    defaultCurrency: code && currency(code),
    sourceModifiedDate: utcStampOf(vendor.updated_at),
  });
}

function addressesOf(vendor: BillVendor): Record<string, unknown>[] {
  const address = present({
    line1: text(vendor.street),
    line2: text(vendor.street2),
    city: text(vendor.city),
    region: text(vendor.province),
    country: text(vendor.country),
    postalCode: text(vendor.postal_code),
  });
  return Object.keys(address).length === 0 ? [] : [{ type: 'Billing', ...address }];
}
