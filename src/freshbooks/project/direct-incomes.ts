import type { UnifiedRecord } from '../../app/ports.ts';
import { OtherIncome, toDirectIncome } from '../types/other-income.ts';
import { mapped, type Projection, typed } from './rows.ts';
import { taxIndex } from './tax-rates.ts';

/** Income outside invoices, with its taxes. */
export async function* projectDirectIncomes(projection: Projection): AsyncGenerator<UnifiedRecord> {
  const taxes = await taxIndex(projection);
  yield* mapped('other_income', projection, (row) => toDirectIncome(row.id, typed(OtherIncome, row), taxes));
}
