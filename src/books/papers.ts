import * as z from 'zod';
import type { Objects, Papers } from '../app/ports.ts';
import { problemKinds } from '../domain/problem.ts';
import { paperName, paperRefusalName } from './object-names.ts';

const Refusal = z.object({
  kind: z.enum(problemKinds),
  sentence: z.string(),
  retryAfterSeconds: z.number().optional(),
});

/** Printed invoices as objects beside the books: erased with them, and swept daily. */
export function makePapers({ objects }: { objects: Objects }): Papers {
  return {
    find: (ref, { invoiceId, version }) => objects.get(paperName(ref, invoiceId, version)),
    keep: (ref, { invoiceId, version }, pdf) =>
      objects.put(paperName(ref, invoiceId, version), pdf, 'application/pdf'),
    remove: (ref, { invoiceId, version }) => objects.remove([paperName(ref, invoiceId, version)]),
    refusal: async (ref, ask) => {
      const bytes = await objects.get(paperRefusalName(ref, ask));
      if (bytes === undefined) return undefined;
      const { kind, sentence, retryAfterSeconds } = Refusal.parse(
        JSON.parse(Buffer.from(bytes).toString('utf8')),
      );
      return { kind, sentence, retryAfterSeconds };
    },
    refuse: (ref, ask, { kind, sentence, retryAfterSeconds }) =>
      objects.put(
        paperRefusalName(ref, ask),
        Buffer.from(JSON.stringify({ kind, sentence, retryAfterSeconds })),
        'application/json',
      ),
  };
}
