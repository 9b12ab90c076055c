import * as z from 'zod';
import { maxTags } from '../app/companies/change-company.ts';

/** Spaces at the ends and control characters are nobody's intention; all other characters stay as they were typed. */
const cleaned = z.string().transform((text) => text.replaceAll(/\p{Cc}+/gu, ' ').trim());

const Name = cleaned.pipe(z.string().min(1).max(250));
const Description = cleaned.pipe(z.string().max(2000));

const Tags = z
  .record(z.string().min(1).max(100), z.string().max(500))
  .refine((tags) => Object.keys(tags).length <= maxTags, {
    error: `has more than ${maxTags} tags. Leave some out.`,
  });

/** What a company is created or replaced with. */
export const CompanyBody = z.strictObject({
  name: Name,
  description: Description.nullish().transform((text) => text || undefined),
  tags: Tags.nullish().transform((tags) => tags ?? {}),
});

/** What is changed of a company; null and missing alike leave things as they are. */
export const CompanyChangesBody = z.strictObject({
  name: Name.nullish().transform((name) => name ?? undefined),
  description: Description.nullish().transform((text) => text ?? undefined),
  tags: Tags.nullish().transform((tags) => tags ?? undefined),
});
