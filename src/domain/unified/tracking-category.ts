import * as z from 'zod';
import { recordDates, SupplementalData } from './parts.ts';

/** A category that lines are sorted by: a FreshBooks expense category. */
export const TrackingCategory = z.strictObject({
  id: z.string(),
  name: z.string().nullable().optional(),
  status: z.enum(['Unknown', 'Active', 'Archived']).optional(),
  parentId: z.string().nullable().optional(),
  hasChildren: z.boolean().optional(),
  supplementalData: SupplementalData.optional(),
  ...recordDates,
});
export type TrackingCategory = z.infer<typeof TrackingCategory>;

/** A category with everything below it. */
export type TrackingCategoryTree = TrackingCategory & {
  subCategories?: TrackingCategoryTree[] | null | undefined;
};
export const TrackingCategoryTree: z.ZodType<TrackingCategoryTree> = z.strictObject({
  ...TrackingCategory.shape,
  get subCategories() {
    return z.array(TrackingCategoryTree).nullable().optional();
  },
});
