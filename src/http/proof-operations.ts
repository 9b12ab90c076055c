import * as z from 'zod';
import type { DataProof } from '../app/reading/read-proof.ts';
import { ControlTotal } from '../domain/control-total.ts';
import { Drift } from '../domain/drift.ts';
import { DateTime } from '../domain/unified/scalars.ts';
import { apiOperation, CompanyPath, Id } from './api-operation.ts';
import { inLanguage } from './in-language.ts';
import { type Language, languageOf } from './link/language.ts';

/** The certificate of one read of one resource of FreshBooks. */
const Certificate = z.strictObject({
  /** When the read began. */
  at: DateTime,
  complete: z.boolean(),
  pages: z.number().int(),
  rowsRead: z.number().int(),
  /** How many rows FreshBooks says there are, where it says so. */
  sourceTotal: z.number().int().optional(),
  /** Rows that FreshBooks counts and does not show. */
  hiddenRows: z.number().int(),
  /** Rows we hold after it: those that are not deleted, and those that are. */
  held: z.number().int(),
  deleted: z.number().int(),
  digest: z.string(),
  /** When everything was compared with FreshBooks: rows that were put right although no change had been announced. */
  repaired: z.number().int().optional(),
  warnings: z.array(z.string()),
});

const ProofReply = z.strictObject({
  dataType: z.string(),
  connectionId: z.string(),
  complete: z.boolean(),
  lastSuccessfulSync: DateTime.optional(),
  message: z.string().optional(),
  records: z.strictObject({ count: z.number().int(), digest: z.string() }),
  resources: z.array(
    z.strictObject({
      resource: z.string(),
      projected: z.boolean(),
      certificate: Certificate.optional(),
    }),
  ),
  /** FreshBooks' own reports beside what the records come to; none where FreshBooks has no such report. */
  controls: z.array(z.strictObject(ControlTotal.shape)),
  /** What FreshBooks sent and the mapping does not know: in the raw rows alone. */
  drift: z.array(z.strictObject(Drift.shape)),
});

export const proofOperations = [
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/dataStatus/{dataType}/proof',
    name: 'getProof',
    summary: 'Shows the certificates of the latest reads of all that a data type is made of.',
    role: 'read',
    params: CompanyPath.extend({ dataType: Id }),
    refusals: [409],
    success: 200,
    reply: ProofReply,
    run: async ({ deps, params, request }) => {
      const proof = await deps.readProof({ companyId: params.companyId }, params.dataType);
      return inWords(proof, languageOf(request));
    },
  }),
];

/** The sentences of a proof in a language; one that nobody wrote in it stays as it is. */
function inWords(proof: DataProof, language: Language): DataProof {
  const said = (sentence: string): string => inLanguage(sentence, language);
  return {
    ...proof,
    ...(proof.message === undefined ? {} : { message: said(proof.message) }),
    resources: proof.resources.map(({ certificate, ...rest }) => ({
      ...rest,
      ...(certificate && { certificate: { ...certificate, warnings: certificate.warnings.map(said) } }),
    })),
    controls: proof.controls.map((total) => ({
      ...total,
      ...(total.why === undefined ? {} : { why: said(total.why) }),
    })),
  };
}
