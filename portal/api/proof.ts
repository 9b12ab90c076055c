import { z } from 'zod';
import type { Call } from './call.ts';

/** The certificate of one read of one resource of FreshBooks. */
const Certificate = z.object({
  at: z.string(),
  complete: z.boolean(),
  pages: z.number(),
  rowsRead: z.number(),
  /** How many rows FreshBooks says there are, where it says so. */
  sourceTotal: z.number().optional(),
  /** Rows that FreshBooks counts and does not show. */
  hiddenRows: z.number(),
  held: z.number(),
  deleted: z.number(),
  digest: z.string(),
  /** Rows that were put right although no change had been announced; where everything was compared. */
  repaired: z.number().optional(),
  warnings: z.array(z.string()),
});

const ResourceProof = z.object({
  resource: z.string(),
  /** The served records are made of just what the certificate proves. */
  projected: z.boolean(),
  certificate: Certificate.optional(),
  /** Why the latest read brought nothing, or not everything. */
  trouble: z.object({ message: z.string() }).optional(),
});
export type ResourceProof = z.infer<typeof ResourceProof>;

/** What one of FreshBooks' own reports says, beside what the records come to. */
const ControlTotal = z.object({
  report: z.string(),
  window: z.string().optional(),
  currency: z.string(),
  ours: z.number().optional(),
  theirs: z.number().optional(),
  verdict: z.enum(['agrees', 'differs', 'not comparable']),
  why: z.string().optional(),
});
export type ControlTotal = z.infer<typeof ControlTotal>;

/** A field, or a value of one, that the mapping does not know. */
const Drift = z.object({ resource: z.string(), field: z.string(), rows: z.number() });
export type Drift = z.infer<typeof Drift>;

/** What shows that a data type holds everything that FreshBooks has. */
const Proof = z.object({
  dataType: z.string(),
  connectionId: z.string(),
  complete: z.boolean(),
  lastSuccessfulSync: z.string().optional(),
  message: z.string().optional(),
  records: z.object({ count: z.number(), digest: z.string() }),
  resources: z.array(ResourceProof),
  controls: z.array(ControlTotal),
  drift: z.array(Drift),
});
export type Proof = z.infer<typeof Proof>;

/** The proofs of what was read, through the public API. */
export function proofApi(call: Call) {
  return {
    of: (companyId: string, dataType: string) => {
      const [company, type] = [companyId, dataType].map(encodeURIComponent);
      return call({ method: 'GET', path: `/companies/${company}/dataStatus/${type}/proof` }, Proof);
    },
  };
}
