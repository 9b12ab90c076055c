import * as z from 'zod';
import type { BooksOf } from '../app/reading/choose-connection.ts';
import type { DataType } from '../domain/data-types.ts';
import { parseOrderBy, parseQuery } from '../domain/query.ts';
import { Account } from '../domain/unified/account.ts';
import { Bill } from '../domain/unified/bill.ts';
import { BillPayment } from '../domain/unified/bill-payment.ts';
import { CompanyInfo } from '../domain/unified/company-info.ts';
import { CreditNote } from '../domain/unified/credit-note.ts';
import { Customer } from '../domain/unified/customer.ts';
import { DirectCost } from '../domain/unified/direct-cost.ts';
import { DirectIncome } from '../domain/unified/direct-income.ts';
import { fieldsOf } from '../domain/unified/fields-of.ts';
import { Invoice } from '../domain/unified/invoice.ts';
import { Item } from '../domain/unified/item.ts';
import { JournalEntry } from '../domain/unified/journal-entry.ts';
import { SupplementalData } from '../domain/unified/parts.ts';
import { Payment } from '../domain/unified/payment.ts';
import { Supplier } from '../domain/unified/supplier.ts';
import { TaxRate } from '../domain/unified/tax-rate.ts';
import { TrackingCategory, TrackingCategoryTree } from '../domain/unified/tracking-category.ts';
import type { ApiDeps } from './api-deps.ts';
import { apiOperation, CompanyPath, ConnectionPath, Id } from './api-operation.ts';
import { languageOf } from './link/language.ts';
import type { Operation } from './operation.ts';
import { PageQuery, pageOf, StateQuery } from './paging.ts';
import { pathOf } from './path-of.ts';
import { listOf } from './wire/links.ts';
import { PullOperationReply, pullReply } from './wire/pull-operation-reply.ts';

/** A data type that is served as a list and one by one. */
type Served = {
  dataType: DataType;
  record: z.ZodObject;
  /** Of whom the path speaks; some data types are a connection's, as in the API that this one follows. */
  scope: 'company' | 'connection';
  /** What the path calls it, where that is not the data type's own name. */
  segment?: string;
  /** What one record is served as, where that is more than a row of the list. */
  single?: {
    reply: z.ZodType;
    read: (deps: ApiDeps, books: BooksOf, id: string, include?: 'raw') => Promise<unknown>;
  };
};

const served = [
  { dataType: 'customers', record: Customer, scope: 'company' },
  { dataType: 'invoices', record: Invoice, scope: 'company' },
  { dataType: 'payments', record: Payment, scope: 'company' },
  { dataType: 'taxRates', record: TaxRate, scope: 'company' },
  { dataType: 'directCosts', record: DirectCost, scope: 'connection' },
  { dataType: 'creditNotes', record: CreditNote, scope: 'company' },
  { dataType: 'bills', record: Bill, scope: 'company' },
  { dataType: 'billPayments', record: BillPayment, scope: 'company' },
  { dataType: 'suppliers', record: Supplier, scope: 'company' },
  { dataType: 'items', record: Item, scope: 'company' },
  { dataType: 'journalEntries', record: JournalEntry, scope: 'company' },
  { dataType: 'chartOfAccounts', record: Account, scope: 'company', segment: 'accounts' },
  { dataType: 'directIncomes', record: DirectIncome, scope: 'connection' },
  {
    dataType: 'trackingCategories',
    record: TrackingCategory,
    scope: 'company',
    single: {
      reply: TrackingCategoryTree,
      read: (deps, books, id, include) => deps.readTree(books, id, include),
    },
  },
] as const satisfies readonly Served[];

/** Whether each record comes with the row that FreshBooks gave for it. */
const IncludeQuery = z.object({ include: z.enum(['raw']).optional() });

const ListQuery = PageQuery.extend({ ...StateQuery, ...IncludeQuery.shape });

/** With a place for FreshBooks' own row, also where the shape that this API follows has none. */
function withSupplement(record: z.ZodObject): z.ZodObject {
  return 'supplementalData' in record.shape
    ? record
    : record.extend({ supplementalData: SupplementalData.optional() });
}

const scopes = {
  company: {
    prefix: '/companies/{companyId}',
    params: CompanyPath.extend({ connectionId: Id.optional() }),
    href: (books: BooksOf) => pathOf`/companies/${books.companyId}`,
  },
  connection: {
    prefix: '/companies/{companyId}/connections/{connectionId}',
    params: ConnectionPath,
    href: (books: BooksOf) => pathOf`/companies/${books.companyId}/connections/${books.connectionId ?? ''}`,
  },
} as const;

function listOperation({ dataType, record, scope, segment = dataType }: Served): Operation<ApiDeps> {
  const { prefix, params, href } = scopes[scope];
  const fields = fieldsOf(record);
  return apiOperation({
    method: 'GET',
    path: `${prefix}/data/${segment}`,
    name: `list_${dataType}`,
    summary: `Lists ${dataType}.`,
    role: 'read',
    params,
    query: ListQuery,
    refusals: [409],
    success: 200,
    reply: listOf(withSupplement(record)),
    run: async ({ deps, params: books, query }) => {
      // Refused before anything is read; the reader reads the same texts again.
      if (query.query !== undefined) parseQuery(query.query, fields);
      if (query.orderBy !== undefined) parseOrderBy(query.orderBy, fields);
      const page = await deps.readList(books, dataType, query);
      return pageOf(`${href(books)}/data/${segment}`, query, page, {
        asked: { include: query.include, asOf: query.asOf, snapshot: query.snapshot },
        stay: { snapshot: page.snapshot },
      });
    },
  });
}

function singleOperation({
  dataType,
  record,
  scope,
  single,
  segment = dataType,
}: Served): Operation<ApiDeps> {
  const { prefix, params } = scopes[scope];
  return apiOperation({
    method: 'GET',
    path: `${prefix}/data/${segment}/{recordId}`,
    name: `get_${dataType}`,
    summary: `Shows one of ${dataType}.`,
    role: 'read',
    params: params.extend({ recordId: Id }),
    query: IncludeQuery,
    refusals: [409],
    success: 200,
    reply: single?.reply ?? withSupplement(record),
    run: ({ deps, params: { recordId, ...books }, query: { include } }) =>
      single ? single.read(deps, books, recordId, include) : deps.readOne(books, dataType, recordId, include),
  });
}

const infoOperations = [
  apiOperation({
    method: 'GET',
    path: '/companies/{companyId}/data/info',
    name: 'getCompanyInfo',
    summary: 'Shows the facts of the business whose books these are.',
    role: 'read',
    params: CompanyPath,
    refusals: [409],
    success: 200,
    reply: CompanyInfo,
    run: ({ deps, params }) => deps.readInfo(params.companyId),
  }),
  apiOperation({
    method: 'POST',
    path: '/companies/{companyId}/data/info',
    name: 'refreshCompanyInfo',
    summary: 'Asks for the facts of the business to be read again.',
    role: 'operate',
    params: CompanyPath,
    refusals: [409],
    success: 200,
    reply: PullOperationReply,
    run: async ({ deps, params, request }) =>
      pullReply(await deps.refreshType({ companyId: params.companyId }, 'company'), languageOf(request)),
  }),
];

export const dataOperations: readonly Operation<ApiDeps>[] = [
  ...served.flatMap((row: Served) => [listOperation(row), singleOperation(row)]),
  ...infoOperations,
];
