import * as z from 'zod';
import { recordDates, SupplementalData, ValidDataTypeLinks } from './parts.ts';

/** A tax, or two taxes that stand on one line together; rates are percentages, 5 not 0.05. */
export const TaxRate = z.strictObject({
  id: z.string(),
  name: z.string().nullable().optional(),
  code: z.string().nullable().optional(),
  status: z.enum(['Unknown', 'Active', 'Archived']).optional(),
  /** With the compounding counted in; `totalTaxRate` is the plain sum. */
  effectiveTaxRate: z.number().nullable().optional(),
  totalTaxRate: z.number().nullable().optional(),
  components: z
    .array(
      z.strictObject({
        name: z.string().nullable().optional(),
        rate: z.number().nullable().optional(),
        isCompound: z.boolean(),
      }),
    )
    .nullable()
    .optional(),
  validDatatypeLinks: ValidDataTypeLinks.optional(),
  supplementalData: SupplementalData.optional(),
  ...recordDates,
});
export type TaxRate = z.infer<typeof TaxRate>;
