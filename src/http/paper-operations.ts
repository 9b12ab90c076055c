import { apiOperation, CompanyPath, Id } from './api-operation.ts';
import { FileReply } from './file-reply.ts';

export const paperOperations = [
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/data/invoices/{recordId}/pdf',
    name: 'downloadInvoicePdf',
    summary: 'Hands over an invoice as FreshBooks prints it.',
    description:
      'FreshBooks is asked when nobody asked for a day, or since the invoice was changed: that takes some seconds. When it takes longer than twenty, the answer is 503 with `Retry-After`, and the next request mostly has it.',
    role: 'read',
    params: CompanyPath.extend({ recordId: Id }),
    refusals: [409, 422],
    success: 200,
    produces: 'application/octet-stream',
    run: async ({ deps, params: { companyId, recordId } }) =>
      new FileReply(await deps.readPaper({ companyId }, recordId), `invoice-${plain(recordId)}.pdf`),
  }),
];

/** A header takes no strange characters, and an id of FreshBooks has none. */
function plain(id: string): string {
  return id.replace(/[^\w-]/g, '_');
}
