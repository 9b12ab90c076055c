import type { ReadPdf } from '../app/ports.ts';
import { millisOf } from '../domain/instant.ts';
import { Problem } from '../domain/problem.ts';
import type { Client } from './client.ts';

/**
 * An invoice as FreshBooks prints it: the path of the invoice, with `Accept: application/pdf` (freshbooks-api §3A.2,
 * C1). Throws Problem `unavailable` when no whole PDF came.
 */
export function makeReadPdf(client: Client): ReadPdf {
  return async ({ invoiceId, accountId, access, deadline }) => {
    const account = encodeURIComponent(accountId);
    const { value } = await client.get({
      subject: 'invoices (PDF)',
      path: `/accounting/account/${account}/invoices/invoices/${encodeURIComponent(invoiceId)}`,
      access,
      accept: 'application/pdf',
      as: wholePdf,
      deadline: millisOf(deadline),
    });
    return value;
  };
}

/** A PDF says where it begins and where it ends (ISO 32000-1 §7.5); one that was cut off has no end. */
function wholePdf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) {
    const bytes = Buffer.from(body);
    const begins = bytes.subarray(0, 1024).includes('%PDF-');
    if (begins && bytes.subarray(-1024).includes('%%EOF')) return body;
  }
  throw new Problem('unavailable', 'invoices (PDF): FreshBooks’ answer was no whole PDF.');
}
