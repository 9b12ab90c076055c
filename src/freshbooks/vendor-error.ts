import * as z from 'zod';

/**
 * What a body says went wrong, in any of FreshBooks' shapes (freshbooks-api §4.1, §1.8). Its own words are only looked
 * at to decide, never passed on: they can hold a customer's data.
 */
export type VendorError = {
  /** FreshBooks' error number, where the body has one. */
  errno?: number;
  /** `invalid_grant`, `unauthenticated`, `forbidden` … of the families that name errors in words. */
  name?: string;
  words: string;
};

const Errno = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);
const Words = z.string().catch('');
const One = z.object({ errno: Errno.optional().catch(undefined), message: Words });
const Listed = z.union([z.array(One).min(1), One.transform((one) => [one])]);
const Detail = z.object({
  reason: z.string().optional().catch(undefined),
  metadata: z.object({ message: Words }).optional().catch(undefined),
});

/** Accounting and events: in `response.errors`, a list or a single one, on any status, 200 included. */
const Accounting = z
  .object({ response: z.object({ errors: Listed }) })
  .transform(({ response }) => ofListed(response.errors));
/** google.rpc: `details[].reason` carries the errno. */
const Rpc = z
  .object({ code: z.number(), message: Words, details: z.array(Detail).catch([]) })
  .transform(({ code, message, details }) => {
    const reason = details.find((detail) => detail.reason !== undefined);
    const errno =
      reason?.reason !== undefined && /^\d+$/.test(reason.reason) ? Number(reason.reason) : undefined;
    const words = [message, ...details.map((detail) => detail.metadata?.message ?? '')].join(' ');
    return made(errno, rpcNames[code], words);
  });
/** Payments. */
const Typed = z
  .object({ error_type: z.string(), message: Words })
  .transform(({ error_type, message }) => made(undefined, error_type, message));
/** The auth family, uploads, and projects with their 2001. */
const Named = z
  .object({
    error: z.unknown().refine((error) => isFilled(error)),
    error_description: Words,
    errno: Errno.optional(),
  })
  .transform(({ error, error_description, errno }) => {
    const name = typeof error === 'string' && /^[a-z_]+$/.test(error) ? error : undefined;
    return made(errno, name, `${typeof error === 'string' ? error : ''} ${error_description}`);
  });
/** Ledger accounts and a variant of payments. */
const Plural = z
  .object({ errors: z.union([Listed, z.record(z.string(), z.unknown()).transform(() => [])]) })
  .transform(({ errors }) => ofListed(errors));
/** Events of old, and the bare families: a message and maybe a number, and nothing that looks like data. */
const Bare = z
  .object({ message: z.string(), errno: Errno.optional().catch(undefined) })
  .transform(({ message, errno }) => made(errno, undefined, message));

const shapes = [Accounting, Rpc, Typed, Named, Plural, Bare] as const;

const rpcNames: Readonly<Record<number, string>> = {
  3: 'invalid_argument',
  5: 'not_found',
  7: 'forbidden',
  8: 'rate_limited',
  13: 'internal',
  14: 'internal',
  16: 'unauthenticated',
};

/** The error a body tells of; `undefined` when it tells of none. */
export function vendorError(body: unknown): VendorError | undefined {
  for (const shape of shapes) {
    const parsed = shape.safeParse(body);
    if (parsed.success) return parsed.data;
  }
  return undefined;
}

function ofListed(errors: readonly { errno?: number | undefined; message: string }[]): VendorError {
  const words = errors.map((error) => error.message).join(' ');
  return made(errors.find((error) => error.errno !== undefined)?.errno, undefined, words);
}

function made(errno: number | undefined, name: string | undefined, words: string): VendorError {
  return { ...(errno !== undefined && { errno }), ...(name !== undefined && { name }), words };
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' ? value !== '' : typeof value === 'object' && value !== null;
}
