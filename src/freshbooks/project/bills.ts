import type { UnifiedRecord } from '../../app/ports.ts';
import { BillPayment, toBillAllocation, toBillPayment } from '../types/bill-payments.ts';
import { Bill, toBill } from '../types/bills.ts';
import type { Allocation } from '../types/payments.ts';
import { present, reference } from '../types/wire.ts';
import { forEachRow, grouped, mapped, type Projection, typed } from './rows.ts';
import { vendorIndex } from './suppliers.ts';
import { taxIndex } from './tax-rates.ts';

/** Bills with what was paid on them, which FreshBooks keeps in the bill payments. */
export async function* projectBills(projection: Projection): AsyncGenerator<UnifiedRecord> {
  const taxes = await taxIndex(projection);
  const vendors = await vendorIndex(projection);
  const paid = new Map<string, Allocation[]>();
  await forEachRow('bill_payments', projection, (row) => {
    const found = row.deleted ? undefined : toBillAllocation(typed(BillPayment, row));
    if (found !== undefined) grouped(paid, found.bill, found.allocation);
  });
  const context = {
    taxes,
    vendorName: vendors.nameOf,
    allocations: (bill: string) => paid.get(bill),
  };
  yield* mapped('bills', projection, (row) => toBill(typed(Bill, row), context));
}

/** Payments of bills, with the vendor that the bill names. */
export async function* projectBillPayments(projection: Projection): AsyncGenerator<UnifiedRecord> {
  const vendors = await vendorIndex(projection);
  const vendorOfBill = new Map<string, string>();
  await forEachRow('bills', projection, (row) => {
    const vendor = reference(typed(Bill, row).vendorid);
    if (vendor !== undefined) vendorOfBill.set(row.id, vendor);
  });
  const vendorOf = (bill: string): Record<string, unknown> | undefined => {
    const id = vendorOfBill.get(bill);
    return id === undefined ? undefined : present({ id, supplierName: vendors.nameOf(id) });
  };
  yield* mapped('bill_payments', projection, (row) => toBillPayment(typed(BillPayment, row), vendorOf));
}
