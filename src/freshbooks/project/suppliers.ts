import type { UnifiedRecord } from '../../app/ports.ts';
import { BillVendor, toSupplier } from '../types/bill-vendors.ts';
import { Bill } from '../types/bills.ts';
import { Expense } from '../types/expenses.ts';
import { supplierId } from '../types/supplier-id.ts';
import { present, reference, text } from '../types/wire.ts';
import { inIdOrder } from './in-id-order.ts';
import { forEachRow, mapped, type Projection, typed, unified } from './rows.ts';

/** The vendors of bills, as bills and expenses look for them. */
export type VendorIndex = {
  has: (id: string) => boolean;
  nameOf: (id: string) => string | undefined;
  /**
   * The supplier's id for a vendor that an expense names: that of the bill vendor of the same name, else one made of
   * the name.
   */
  idOfName: (name: string) => string;
};

export async function vendorIndex(projection: Projection): Promise<VendorIndex> {
  const names = new Map<string, string | undefined>();
  const live = new Map<string, string>();
  const deleted = new Map<string, string>();
  await forEachRow('bill_vendors', projection, (row) => {
    const name = text(typed(BillVendor, row).vendor_name);
    names.set(row.id, name);
    const byName = row.deleted ? deleted : live;
    const key = name && supplierId(name);
    if (key !== undefined && !byName.has(key)) byName.set(key, row.id);
  });
  const ids = new Map([...deleted, ...live]);
  return {
    has: (id) => names.has(id),
    nameOf: (id) => names.get(id),
    idOfName: (name) => ids.get(supplierId(name)) ?? supplierId(name),
  };
}

/**
 * The suppliers of bills and of expenses in one space of ids. FreshBooks knows the vendors of bills as rows, and those
 * of expenses by their names only; a name that both have is one supplier. Whatever a bill or a direct cost refers to
 * is here, even a vendor that is not shown to us.
 */
export async function* projectSuppliers(projection: Projection): AsyncGenerator<UnifiedRecord> {
  const vendors = await vendorIndex(projection);
  const others = new Map<string, Named>();
  await forEachRow('expenses', projection, (row) => {
    const name = text(typed(Expense, row).vendor);
    const id = name && vendors.idOfName(name);
    if (id !== undefined && !vendors.has(id)) note(others, id, name, row.deleted, 'Active');
  });
  await forEachRow('bills', projection, (row) => {
    const bill = typed(Bill, row);
    const id = reference(bill.vendorid);
    if (id === undefined || vendors.has(id)) return;
    note(others, id, text(bill.vendor?.vendor_name), row.deleted, 'Unknown');
  });
  const rows = mapped('bill_vendors', projection, (row) =>
    toSupplier(row.id, typed(BillVendor, row), row.deleted),
  );
  yield* inIdOrder(
    rows,
    [...others].map(([id, named]) => bySupplierName(id, named)),
  );
}

type Named = { name: string | undefined; deleted: boolean; status: 'Active' | 'Unknown' };

/** Deleted only when everything that names it is. */
function note(
  others: Map<string, Named>,
  id: string,
  name: string | undefined,
  deleted: boolean,
  status: Named['status'],
): void {
  const known = others.get(id);
  others.set(id, {
    name: known?.name ?? name,
    deleted: deleted && (known?.deleted ?? true),
    status,
  });
}

function bySupplierName(id: string, { name, deleted, status }: Named): UnifiedRecord {
  const record = present({
    id,
    supplierName: name,
    addresses: [],
    status: deleted ? 'Archived' : status,
  });
  return unified({ id, deleted }, record);
}
