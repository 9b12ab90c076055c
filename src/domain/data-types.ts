/**
 * The unified data types served today, in the order in which ids of pull operations count them (append only: the
 * position is part of every pull operation's id).
 */
export const dataTypes = [
  'company',
  'customers',
  'invoices',
  'payments',
  'taxRates',
  'directCosts',
  'trackingCategories',
  'creditNotes',
  'bills',
  'billPayments',
  'suppliers',
  'items',
  'journalEntries',
  'chartOfAccounts',
  'directIncomes',
  'profitAndLoss',
  'balanceSheet',
  'cashFlowStatement',
] as const;

/** A unified shape we serve; one of the closed list in the API's DataType enum. */
export type DataType = (typeof dataTypes)[number];

export function isDataType(name: string): name is DataType {
  return dataTypes.some((dataType) => dataType === name);
}
