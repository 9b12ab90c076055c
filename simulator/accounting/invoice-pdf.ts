import { type Row, textOf } from '../json.ts';

const escaped = (text: string): string =>
  text.replace(/[^\x20-\x7e]/g, '?').replace(/[\\()]/g, (special) => `\\${special}`);

const page = (lines: readonly string[]): string =>
  ['BT /F1 12 Tf 72 760 Td 16 TL', ...lines.map((line) => `(${escaped(line)}) Tj T*`), 'ET'].join('\n');

// ISO 32000-1 §7.5: objects, then where each begins, then where that table begins.
const document = (objects: readonly string[]): string => {
  const starts: number[] = [];
  let text = '%PDF-1.4\n';
  for (const [index, object] of objects.entries()) {
    starts.push(text.length);
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const rows = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows}`;
  return `${text}${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
};

/** §3A.2: the same path with `Accept: application/pdf` answers the invoice as a PDF, here all in ASCII. */
export const invoicePdf = (invoice: Row): string => {
  const content = page([
    `Invoice ${textOf(invoice, 'invoice_number')}`,
    textOf(invoice, 'organization'),
    `Issued ${textOf(invoice, 'create_date')}`,
  ]);
  return document([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]);
};
