import * as z from 'zod';
import { because, type RowType } from './mapping.ts';
import { Flag, Id, Text } from './wire.ts';

/** The accounting system of a business, freshbooks-api §3A.22: its currency, address and numbers. */
export const System = z.object({
  id: Id,
  accountid: Text,
  name: Text,
  bus_phone: Text,
  mob_phone: Text,
  fax: Text,
  street: Text,
  street2: Text,
  city: Text,
  province: Text,
  country: Text,
  code: Text,
  currency_code: Text,
  vat_number: Text,
  date: Text,
  active: Flag,
  modern_system: Flag,
});
export type System = z.infer<typeof System>;

export const systems = {
  schema: System,
  fates: {
    mapped: Object.keys(System.shape),
    ignored: {
      systemid: because.duplicateId,
      accounting_systemid: because.account,
      business_uuid: because.account,
      business_type: because.noPlace,
      auto_bill: because.internal,
      billing_status: because.internal,
      discountid: because.internal,
      dst: because.presentation,
      duration: because.internal,
      email: because.noPlace,
      info_email: because.noPlace,
      gst_amount: because.internal,
      heard_about_us_via: because.internal,
      ip: because.internal,
      landing_url: because.internal,
      masterlock_billing: because.internal,
      migrated_to_smux_at: because.internal,
      num_clients: because.noPlace,
      num_staff: because.noPlace,
      payment_amount: because.internal,
      payment_frequency: because.internal,
      referralid: because.internal,
      referring_url: because.internal,
      salutation: because.presentation,
      size_limit: because.internal,
      split_token: because.internal,
      test_system: because.internal,
      timezone: because.presentation,
      timezoneid: because.presentation,
      vat_name: because.presentation,
    },
  },
} as const satisfies RowType<System>;
