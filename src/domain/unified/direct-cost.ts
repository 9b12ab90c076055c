import * as z from 'zod';
import { DirectIncome, DirectLine } from './direct-income.ts';
import { RecordRef } from './parts.ts';

/** Something bought and paid at once: a FreshBooks expense. What is sold so has the same shape, but for tracking. */
export const DirectCost = DirectIncome.extend({
  lineItems: z.array(
    DirectLine.extend({
      tracking: z
        .strictObject({
          recordRefs: z.array(
            z.strictObject({
              id: z.string().optional(),
              dataType: z.enum(['customers', 'suppliers', 'trackingCategories']).optional(),
            }),
          ),
          invoiceTo: RecordRef.optional(),
        })
        .optional(),
    }),
  ),
});
export type DirectCost = z.infer<typeof DirectCost>;
