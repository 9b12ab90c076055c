import * as z from 'zod';
import { type RowType, servedRaw } from './mapping.ts';
import { Flag, Id, OptionalDecimal, Text, Whole } from './wire.ts';

/** A retainer, freshbooks-api §3A.20; served raw. It is deleted when it is no longer active. */
export const Retainer = z.object({
  id: Id,
  client_user_id: Text,
  fee: OptionalDecimal,
  excess_rate: OptionalDecimal,
  budgeted_time: Whole,
  active: Flag,
  updated_at: Text,
});
export type Retainer = z.infer<typeof Retainer>;

export const retainers = {
  schema: Retainer,
  fates: servedRaw([
    ...Object.keys(Retainer.shape),
    ...[
      'business_id',
      'system_id',
      'invoice_profile_id',
      'start_date',
      'next_period_start_date',
      'created_at',
    ],
  ]),
} as const satisfies RowType<Retainer>;
