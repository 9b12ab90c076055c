import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { textOf } from '../../simulator/json.ts';
import { makeSourcePdf } from '../../src/freshbooks/source.ts';
import { makeTransport } from '../../src/freshbooks/transport.ts';
import { type Bench, startBench } from './harness.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const print = async (invoiceId: string): Promise<string> => {
  const readPdf = makeSourcePdf({
    apiUrl: bench.url,
    transport: makeTransport(),
    tools: { now: Date.now, random: () => 0, sleep: async () => {} },
  });
  const pdf = await readPdf({
    invoiceId,
    accountId: bench.account,
    access: { token: async () => bench.token, refused: async () => bench.token },
    deadline: new Date(Date.now() + 60_000).toISOString(),
  });
  return Buffer.from(pdf).toString('latin1');
};

describe('an invoice as FreshBooks prints it', () => {
  it('is the PDF of that invoice', async () => {
    const [invoice = {}] = await bench.list('invoices/invoices', 'invoices');

    const pdf = await print(textOf(invoice, 'id'));

    expect(pdf).toMatch(/^%PDF-1\.\d\n/);
    expect(pdf).toContain(`Invoice ${textOf(invoice, 'invoice_number')}`);
    const table = Number(/startxref\n(\d+)\n%%EOF/.exec(pdf)?.[1]);
    expect(pdf.slice(table, table + 4)).toBe('xref');
  });

  it('of an invoice that is not there is refused', async () => {
    await expect(print('99999999')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('that is cut off on the way is asked for again', async () => {
    const [invoice = {}] = await bench.list('invoices/invoices', 'invoices');
    await bench.control('POST', '/faults', { kind: 'truncate', times: 1 });

    expect(await print(textOf(invoice, 'id'))).toMatch(/%%EOF\n$/);
  });

  it('is not taken from an answer that is no PDF', async () => {
    const [invoice = {}] = await bench.list('invoices/invoices', 'invoices');
    await bench.control('POST', '/faults', { kind: 'html', status: 200 });

    await expect(print(textOf(invoice, 'id'))).rejects.toMatchObject({ kind: 'unavailable' });
    await bench.control('DELETE', '/faults');
  });
});
