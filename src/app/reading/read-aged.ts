import { type AgedContact, type AgeWish, ageItems } from '../../domain/aged/age-items.ts';
import { type OpenItem, openDocument, openInvoice, openPayment } from '../../domain/aged/open-items.ts';
import type { Connection } from '../../domain/connection.ts';
import type { DataType } from '../../domain/data-types.ts';
import type { Day, Instant } from '../../domain/instant.ts';
import type { AgedCreditorReport, AgedDebtorReport } from '../../domain/unified/aged-report.ts';
import { connectionsOf, currentOf, findCompany } from '../companies/find-company.ts';
import type { Clock, Companies, Connections, ReadRecord, ReadRecords, SnapshotAt } from '../ports.ts';
import type { BooksOf } from './choose-connection.ts';
import { heldSnapshot } from './held-dataset.ts';
import { readPage } from './read-page.ts';

type Part = { dataType: DataType; open: (record: unknown, on: Day) => OpenItem | undefined };

/** What each report is made of, and who is in it. */
const agedReports = {
  agedDebtor: {
    contacts: 'customers',
    nameField: 'customerName',
    parts: [
      { dataType: 'invoices', open: openInvoice },
      { dataType: 'creditNotes', open: (record, on) => openDocument(record, on, 'Credit Notes') },
      { dataType: 'payments', open: (record, on) => openPayment(record, on, 'Invoice') },
    ],
  },
  agedCreditor: {
    contacts: 'suppliers',
    nameField: 'supplierName',
    parts: [
      { dataType: 'bills', open: (record, on) => openDocument(record, on, 'Bills') },
      { dataType: 'billPayments', open: (record, on) => openPayment(record, on, 'Bill') },
    ],
  },
} as const satisfies Record<string, { contacts: DataType; nameField: string; parts: readonly Part[] }>;
type AgedName = keyof typeof agedReports;

/** Some megabytes at a time, whatever the books hold. */
const pageSize = 5000;

type Deps = {
  companies: Pick<Companies, 'find'>;
  connections: Pick<Connections, 'ofCompany'>;
  chooseConnection: (books: BooksOf, dataType: DataType) => Promise<Connection>;
  readRecords: ReadRecords;
  readRecord: ReadRecord;
  snapshotAt: SnapshotAt;
  clock: Clock;
};
type Wish = Omit<AgeWish, 'reportDate'> & { reportDate?: Day | undefined; asOf?: Instant | undefined };

/**
 * What is owed on a day, by who owes it and for how long; made anew at each call of the records that are held, or were
 * held `asOf` an instant. Without a day it is that of the instant: what is known then and not what has come since.
 */
export function makeReadAged(deps: Deps) {
  const aged = async (name: AgedName, books: BooksOf, wish: Wish) => {
    const generated = deps.clock();
    const { asOf, reportDate = earlier(asOf ?? generated, generated).slice(0, 10) } = wish;
    const connection = await deps.chooseConnection(books, agedReports[name].parts[0].dataType);
    const items = await openItems(deps, connection, agedReports[name].parts, { on: reportDate, asOf });
    const contacts = await named(deps, connection, name, ageItems(items, { ...wish, reportDate }));
    return { ...headOf(generated, reportDate), contacts };
  };
  return {
    agedDebtor: async (books: BooksOf, wish: Wish): Promise<AgedDebtorReport> => {
      const { contacts, ...head } = await aged('agedDebtor', books, wish);
      const data = contacts.map(({ contact, agedCurrencyOutstanding }) => ({
        ...(contact && { customerId: contact.id }),
        ...(contact?.name !== undefined && { customerName: contact.name }),
        agedCurrencyOutstanding,
      }));
      return { ...head, data };
    },
    agedCreditor: async (books: BooksOf, wish: Wish): Promise<AgedCreditorReport> => {
      const { contacts, ...head } = await aged('agedCreditor', books, wish);
      const data = contacts.map(({ contact, agedCurrencyOutstanding }) => ({
        ...(contact && { supplierId: contact.id }),
        ...(contact?.name !== undefined && { supplierName: contact.name }),
        agedCurrencyOutstanding,
      }));
      return { ...head, data };
    },
    /** Whether all that a report is made of is held. */
    available: async (name: AgedName, books: BooksOf): Promise<boolean> => {
      await findCompany(deps.companies, books.companyId);
      const connection = currentOf(await connectionsOf(deps.connections, books.companyId));
      const { parts } = agedReports[name];
      return parts.every(({ dataType }) => connection?.datasets[dataType]?.snapshot !== undefined);
    },
  };
}

function earlier(a: Instant, b: Instant): Instant {
  return a < b ? a : b;
}

function headOf(generated: Instant, reportDate: Day) {
  return { generated, reportDate: `${reportDate}T00:00:00` };
}

async function openItems(
  deps: Deps,
  connection: Connection,
  parts: readonly Part[],
  { on, asOf }: { on: Day; asOf: Instant | undefined },
): Promise<OpenItem[]> {
  const items: OpenItem[] = [];
  for (const { dataType, open } of parts) {
    const snapshot = heldSnapshot(connection, dataType);
    for (let page = 1; ; page += 1) {
      const { results, totalResults } = await readPage(deps, snapshot, { page, pageSize, asOf });
      for (const record of results) {
        const item = open(record, on);
        if (item !== undefined) items.push(item);
      }
      if (page * pageSize >= totalResults) break;
    }
  }
  return items;
}

/** Some records only tell the id of who they are of. A name is no figure: it is the present one whatever the instant. */
async function named(
  { readRecord }: Deps,
  connection: Connection,
  name: AgedName,
  contacts: readonly AgedContact[],
): Promise<AgedContact[]> {
  const { contacts: dataType, nameField } = agedReports[name];
  const snapshot = connection.datasets[dataType]?.snapshot;
  return Promise.all(
    contacts.map(async (one) => {
      const { contact } = one;
      if (contact === undefined || contact.name !== undefined || snapshot === undefined) return one;
      const found = (await readRecord(snapshot, contact.id))?.[nameField];
      return typeof found === 'string' ? { ...one, contact: { ...contact, name: found } } : one;
    }),
  );
}
