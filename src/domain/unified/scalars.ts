import * as z from 'zod';

/**
 * An ISO 8601 text in one of three forms: UTC (`…Z`), with an offset, or unqualified local time, which is how
 * business dates come (`2021-04-26T00:00:00`).
 */
export const DateTime = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/,
    'Not an ISO 8601 date and time',
  );

/** ISO 4217, three letters; `XXX` when unknown. */
export const Currency = z.string().regex(/^[A-Z]{3}$/, 'Not an ISO 4217 currency');

/** What a foreign amount is multiplied with to have it in the base currency. */
export const CurrencyRate = z.number();
