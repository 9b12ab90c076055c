import * as z from 'zod';
import type { DataProof } from '../app/reading/read-proof.ts';
import type { ResourceProof, ResourceRead } from '../app/reading/read-resource-proof.ts';
import { ControlTotal } from '../domain/control-total.ts';
import { pullStatuses } from '../domain/dataset.ts';
import { Drift } from '../domain/drift.ts';
import { DateTime } from '../domain/unified/scalars.ts';
import { apiOperation, CompanyPath, ConnectionPath, Id } from './api-operation.ts';
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

/** How the latest reads of one resource ended. */
const Read = {
  certificate: Certificate.optional(),
  /** Why the latest read, newer than the certificate or the same, brought nothing or not everything. */
  trouble: z
    .strictObject({
      status: z.enum(pullStatuses),
      message: z.string(),
      /** When that read began. */
      at: DateTime,
    })
    .optional(),
};

const ProofReply = z.strictObject({
  dataType: z.string(),
  connectionId: z.string(),
  complete: z.boolean(),
  lastSuccessfulSync: DateTime.optional(),
  message: z.string().optional(),
  records: z.strictObject({ count: z.number().int(), digest: z.string() }),
  resources: z.array(z.strictObject({ resource: z.string(), projected: z.boolean(), ...Read })),
  /** FreshBooks' own reports beside what the records come to; none where FreshBooks has no such report. */
  controls: z.array(z.strictObject(ControlTotal.shape)),
  /** What FreshBooks sent and the mapping does not know: in the raw rows alone. */
  drift: z.array(z.strictObject(Drift.shape)),
});

const ResourceProofReply = z.strictObject({
  resource: z.string(),
  connectionId: z.string(),
  complete: z.boolean(),
  lastSuccessfulSync: DateTime.optional(),
  rows: z.strictObject({ count: z.number().int(), digest: z.string() }),
  ...Read,
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
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/connections/{connectionId}/freshbooks/{resource}/proof',
    name: 'getResourceProof',
    summary: 'Shows the certificate of the latest read of a resource, and why it could not be read.',
    role: 'read',
    params: ConnectionPath.extend({ resource: Id }),
    success: 200,
    reply: ResourceProofReply,
    run: async ({ deps, params: { resource, ...ref }, request }): Promise<ResourceProof> => {
      const proof = await deps.readResourceProof(ref, resource);
      return readInWords(proof, languageOf(request));
    },
  }),
];

/** The sentences of a proof in a language; one that nobody wrote in it stays as it is. */
function inWords(proof: DataProof, language: Language): DataProof {
  const said = (sentence: string): string => inLanguage(sentence, language);
  return {
    ...proof,
    ...(proof.message === undefined ? {} : { message: said(proof.message) }),
    resources: proof.resources.map((resource) => readInWords(resource, language)),
    controls: proof.controls.map((total) => ({
      ...total,
      ...(total.why === undefined ? {} : { why: said(total.why) }),
    })),
  };
}

/** The same of what is told of one resource. */
function readInWords<R extends ResourceRead>(read: R, language: Language): R {
  const { certificate, trouble } = read;
  const said = (sentence: string): string => inLanguage(sentence, language);
  return {
    ...read,
    ...(certificate && { certificate: { ...certificate, warnings: certificate.warnings.map(said) } }),
    ...(trouble && { trouble: { status: trouble.status, message: said(trouble.message), at: trouble.at } }),
  };
}
