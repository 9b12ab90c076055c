import * as z from 'zod';

const Fault = z.strictObject({
  /** The property that is wrong, where it is in it. */
  itemId: z.string(),
  message: z.string(),
  validatorName: z.string(),
});

/** The body of every failure. */
export const ErrorMessage = z.strictObject({
  statusCode: z.int().meta({ description: 'The HTTP status.', example: 404 }),
  service: z.literal('PlatformApi'),
  error: z.string().meta({
    description: 'What is wrong, where, and what to do, in the language of Accept-Language.',
    example: 'There is no company with this id.',
  }),
  correlationId: z.string().meta({ description: 'Finds the log line of this request.' }),
  validation: z
    .strictObject({ errors: z.array(Fault), warnings: z.array(Fault) })
    .nullable()
    .meta({ description: 'One entry for each fault of an input; null where nothing was wrong with it.' }),
  canBeRetried: z.enum(['Yes', 'No', 'Unknown']),
  detailedErrorCode: z.literal(0),
});
export type ErrorMessage = z.infer<typeof ErrorMessage>;
