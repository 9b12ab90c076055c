import * as z from 'zod';

const Url = z.url({ protocol: /^https?$/ }).max(2048);
const Tag = z
  .string()
  .max(601)
  .refine((tag) => /^[^:]+:/.test(tag), { error: 'is not a tag such as region:west.' })
  .meta({ example: 'region:west' });

/** What an endpoint is created or replaced with. */
export const WebhookBody = z.strictObject({
  url: Url,
  disabled: z
    .boolean()
    .nullish()
    .transform((disabled) => disabled ?? false),
  /** None: every type. */
  eventTypes: z.array(z.string()).max(100).default([]),
  /** `key:value`; a company needs one of them. None: every company. */
  companyTags: z
    .array(Tag)
    .max(10)
    .nullish()
    .transform((tags) => tags ?? []),
});

/** One event, the events after a sequence (up to another), or all that failed so far. */
export const ReplayBody = z.union([
  z.strictObject({ eventId: z.string() }),
  z.strictObject({ after: z.number().int().min(0), upTo: z.number().int().min(0).optional() }),
  z.strictObject({ failed: z.literal(true) }),
]);
