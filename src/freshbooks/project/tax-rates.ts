import * as z from 'zod';
import type { UnifiedRecord } from '../../app/ports.ts';
import { asNumber } from '../../domain/money.ts';
import { compareIds } from '../ids.ts';
import {
  combinedRate,
  type LineTax,
  makeTaxIndex,
  pairName,
  pairOf,
  type TaxEntry,
  type TaxIndexBuilder,
  type TaxPair,
} from '../tax-index.ts';
import { BillLine, billTaxes } from '../types/bill-lines.ts';
import { Expense, expenseTaxes } from '../types/expenses.ts';
import { InvoiceLine, isCompounded, taxesOf } from '../types/invoice-lines.ts';
import { incomeTaxes, OtherIncome } from '../types/other-income.ts';
import { Tax, toTaxRate } from '../types/taxes.ts';
import { flag, present, reference, Text, text } from '../types/wire.ts';
import { forEachRow, mapped, type Projection, typed, unified } from './rows.ts';

/** The index of all taxes of the connection; a business has dozens at most. */
export async function taxIndex(projection: Projection): Promise<TaxIndexBuilder> {
  const index = makeTaxIndex();
  await forEachRow('taxes', projection, (row) => index.add(row.id, typed(Tax, row), row.deleted));
  return index;
}

/**
 * The taxes themselves, and for each two of them that some line charges together one rate with both as components.
 * FreshBooks has no such record, but a line of the unified shape refers to one rate only.
 */
export async function* projectTaxRates(projection: Projection): AsyncGenerator<UnifiedRecord> {
  const records: UnifiedRecord[] = [];
  const index = makeTaxIndex();
  for await (const record of mapped('taxes', projection, (row) => {
    const tax = typed(Tax, row);
    index.add(row.id, tax, row.deleted);
    return toTaxRate(row.id, tax, row.deleted);
  })) {
    records.push(record);
  }
  for (const pair of (await pairsInUse(projection, index)).values()) records.push(pairRecord(pair));
  yield* records.sort((a, b) => compareIds(a.id, b.id));
}

async function pairsInUse(projection: Projection, index: TaxIndexBuilder): Promise<Map<string, TaxPair>> {
  const pairs = new Map<string, TaxPair>();
  const note = (taxes: LineTax[], compounded: boolean): void => {
    const [one, two] = taxes.map((tax) => index.find(tax));
    pair(one, two, compounded);
  };
  const pair = (one: TaxEntry | undefined, two: TaxEntry | undefined, compounded: boolean): void => {
    if (one === undefined || two === undefined) return;
    const made = pairOf(one, two, compounded);
    pairs.set(made.id, { ...made, compounded: made.compounded || pairs.get(made.id)?.compounded === true });
  };
  for (const resource of ['invoices', 'credit_notes'] as const)
    await forEachRow(resource, projection, (row) => {
      for (const line of linesOf(row.raw)) {
        const parsed = InvoiceLine.parse(line);
        note(taxesOf(parsed), isCompounded(parsed));
      }
    });
  await forEachRow('bills', projection, (row) => {
    for (const line of linesOf(row.raw)) note(billTaxes(BillLine.parse(line)), false);
  });
  await forEachRow('other_income', projection, (row) => note(incomeTaxes(typed(OtherIncome, row)), false));
  for (const resource of ['items', 'tasks'] as const)
    await forEachRow(resource, projection, (row) => {
      const { tax1, tax2 } = typed(Taxed, row);
      pair(index.byId(reference(tax1)), index.byId(reference(tax2)), false);
    });
  await forEachRow('expenses', projection, (row) => {
    const expense = typed(Expense, row);
    note(expenseTaxes(expense), flag(expense.compounded_tax));
  });
  return pairs;
}

function linesOf(raw: Record<string, unknown>): readonly unknown[] {
  const lines: unknown = raw['lines'];
  return Array.isArray(lines) ? lines : [];
}

/** Items and tasks name their taxes by id. */
const Taxed = z.object({ tax1: Text, tax2: Text });

/** Where no tax says of itself that it is compound, the lines did: then the later one is charged on the earlier. */
function pairRecord(pair: TaxPair): UnifiedRecord {
  const { id, low, high, compounded } = pair;
  const deleted = low.deleted || high.deleted;
  const lowIsCompound = compounded && low.compound && !high.compound;
  const record = present({
    id,
    name: text(pairName(pair)),
    status: deleted ? 'Archived' : 'Active',
    effectiveTaxRate: asNumber(combinedRate(low.percent, high.percent, compounded)),
    totalTaxRate: asNumber(low.percent.plus(high.percent)),
    components: [component(low, lowIsCompound), component(high, compounded && !lowIsCompound)],
    validDatatypeLinks: [],
  });
  return unified({ id, deleted }, record);
}

function component({ name, percent }: TaxEntry, isCompound: boolean): Record<string, unknown> {
  return present({ name: text(name), rate: asNumber(percent), isCompound });
}
