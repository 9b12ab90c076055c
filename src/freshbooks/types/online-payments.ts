import * as z from 'zod';
import { type RowType, servedRaw } from './mapping.ts';
import { Flag, Id, Text } from './wire.ts';

/** A connection to a payment provider, freshbooks-api §3A.17; served raw. `gateway` is the name it is listed under. */
export const Gateway = z.object({ id: Id.nullish(), gateway: Text, country: Text });
export type Gateway = z.infer<typeof Gateway>;

export const gateways = {
  schema: Gateway,
  fates: servedRaw([
    ...['id', 'gateway', 'gateway_name', 'gateway_user_id', 'account_id', 'country', 'currencies', 'email'],
    ...[
      'user_state',
      'state',
      'action_reasons',
      'tos_accepted',
      'manage_account_url',
      'bank_info',
      'pricing',
    ],
    ...['visa_debit_accepted', 'bank_transfer_enabled', 'can_process_payments', 'user_publishable_key'],
  ]),
} as const satisfies RowType<Gateway>;

/** How invoices can be paid unless one says otherwise, freshbooks-api §3A.17; served raw. */
export const PaymentOptions = z.object({
  entity_id: Text,
  entity_type: Text,
  gateway_name: Text,
  allow_partial_payments: Flag,
  has_credit_card: Flag,
});
export type PaymentOptions = z.infer<typeof PaymentOptions>;

export const paymentOptions = {
  schema: PaymentOptions,
  fates: servedRaw([
    ...Object.keys(PaymentOptions.shape),
    ...['id', 'gateway_info', 'has_ach_transfer', 'has_acss_debit', 'has_bacs_debit', 'has_sepa_debit'],
    ...['has_paypal_smart_checkout', 'stripe_acss_payment_options'],
  ]),
} as const satisfies RowType<PaymentOptions>;
