/**
 * What an invoice of two lines costs from its raw row: `node bench/map-invoices.ts`. Prints microseconds of CPU a row,
 * warm; the aim is 30 for parsing and mapping together.
 */
import { catalog } from '../src/freshbooks/catalog.ts';
import { unlisted } from '../src/freshbooks/drift.ts';
import { typed } from '../src/freshbooks/project/rows.ts';
import { toRawRow } from '../src/freshbooks/raw-row.ts';
import { makeTaxIndex } from '../src/freshbooks/tax-index.ts';
import { Invoice, toInvoice } from '../src/freshbooks/types/invoices.ts';
import { invoice, line, money } from '../test/unit/freshbooks/rows.ts';

const count = 3_000;
const rounds = 12;
const two = [line(), line({ name: 'Mugs', qty: '6', amount: money('24.00'), taxName1: '', taxAmount1: '0' })];
const fields = { lines: two, amount: money('41.94'), discount_value: '10', discount_total: money('-4.40') };
const raws = Array.from({ length: count }, (_, index) => {
  const updated = `2026-0${(index % 9) + 1}-1${index % 10} 10:31:58`;
  return structuredClone(invoice(1_000 + index, { ...fields, updated }));
});

const taxes = makeTaxIndex();
taxes.add('7', { name: 'HST', number: null, amount: '13', compound: false, updated: null }, false);
const context = { taxes, allocations: () => [] };
const rows = raws.flatMap((raw) => toRawRow(catalog.invoices, raw) ?? []);
const parsed = rows.map((row) => typed(Invoice, row));

function cost(work: () => void): string {
  const costs = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / count;
  });
  return Math.min(...costs).toFixed(1);
}

console.log(`hash  ${cost(() => raws.forEach((raw) => void toRawRow(catalog.invoices, raw)))}`);
console.log(`parse ${cost(() => rows.forEach((row) => void typed(Invoice, row)))}`);
console.log(`map   ${cost(() => parsed.forEach((row) => void toInvoice(row, context)))}`);
console.log(`drift ${cost(() => rows.forEach(({ raw }) => void unlisted(raw, catalog.invoices.fates)))}`);
