import type { Kind } from './plain-reading.ts';

/** The properties that the made queries ask about, as docs/public-api.md has them for invoices. */
export const kinds: Readonly<Record<string, Kind>> = {
  id: 'text',
  invoiceNumber: 'text',
  status: 'text',
  note: 'text',
  currency: 'text',
  'customerRef.id': 'text',
  'customerRef.companyName': 'text',
  totalAmount: 'number',
  amountDue: 'number',
  issueDate: 'date',
  dueDate: 'date',
  modifiedDate: 'date',
  'metadata.isDeleted': 'boolean',
};

const statuses = ['Draft', 'Submitted', 'PartiallyPaid', 'Paid', 'Void'];
const names = ['Étoile & Sons', 'Maple', 'maple', 'A|B', 'x {y}', '100%', "L'Été"];

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % list.length];
const day = (n: number) => new Date(Date.UTC(2024, 0, 1 + (n % 900))).toISOString().slice(0, 19);

/** Invoice number `n`: the same for the same number, and in all its properties unlike its neighbours. */
export function invoiceOf(n: number): { id: string; record: Record<string, unknown>; deleted: boolean } {
  const total = ((n * 7919) % 1_000_003) / 100;
  const deleted = n % 37 === 0;
  return {
    id: String(n),
    deleted,
    record: {
      id: String(n),
      ...(n % 11 === 0 ? {} : { invoiceNumber: `INV-${(n * 31) % 5000}` }),
      ...(n % 5 === 0 ? {} : { customerRef: { id: String(n % 97), companyName: pick(names, n) } }),
      issueDate: day(n * 13),
      ...(n % 3 === 0 ? {} : { dueDate: day(n * 13 + 30) }),
      currency: pick(['CAD', 'USD', 'EUR'], n),
      note: n % 4 === 0 ? null : pick(names, n * 3),
      totalTaxAmount: 0,
      totalAmount: total,
      amountDue: n % 2 === 0 ? 0 : total,
      status: pick(statuses, n * 3),
    },
  };
}

/** Values that such queries compare with: some that are there, some that are not, some that make no sense. */
export const asked: Readonly<Record<Kind, readonly string[]>> = {
  text: [
    'Paid',
    'paid',
    'Draft',
    'INV-31',
    'INV-3',
    'Maple',
    'ple',
    'CAD',
    '7',
    'Étoile',
    'A|B',
    '100%',
    '& S',
  ],
  number: ['0', '100', '99.99', '-1', '1e3', '5000.5', '.5', '+10', 'ten', '1,000'],
  date: [
    '2024-06-01',
    '2025-01-01T00:00:00',
    '2025-12-31T23:59:59Z',
    '2026-01-01T00:00:00-05:00',
    '2025-02-30',
  ],
  boolean: ['true', 'false', 'True', 'yes'],
};
