import type { RawRow, UnifiedRecord } from '../../../src/app/ports.ts';
import { catalog, isResource, type ResourceName } from '../../../src/freshbooks/catalog.ts';
import { compareIds } from '../../../src/freshbooks/ids.ts';
import { type MappedType, project } from '../../../src/freshbooks/project/projections.ts';
import { toRawRow } from '../../../src/freshbooks/raw-row.ts';

/** Raw rows made to the facts of FreshBooks' replies; a test says only what is peculiar about its own. */
type Fields = Record<string, unknown>;

/** For projections that do not depend on when they are made. */
export const someTime = '2026-06-29T16:49:16.000Z';

export const money = (amount: string | number, code = 'CAD'): Fields => ({ amount, code });

export function client(id: number, more: Fields = {}): Fields {
  return {
    id,
    userid: id,
    organization: 'Lake Tools',
    fname: 'Ada',
    lname: 'Roy',
    email: 'ada@lake.example',
    currency_code: 'CAD',
    updated: '2026-06-29 12:49:16',
    vis_state: 0,
    ...more,
  };
}

export function line(more: Fields = {}): Fields {
  return {
    lineid: 1,
    type: 0,
    name: 'Bowls',
    description: 'Of stone',
    qty: '4',
    unit_cost: money('5.00'),
    amount: money('20.00'),
    taxName1: 'HST',
    taxAmount1: '13',
    taxName2: null,
    taxAmount2: '0',
    compounded_tax: false,
    ...more,
  };
}

export function invoice(id: number, more: Fields = {}): Fields {
  return {
    id,
    invoiceid: id,
    invoice_number: `000${id}`,
    customerid: 17,
    current_organization: 'Lake Tools',
    create_date: '2026-06-01',
    due_date: '2026-07-01',
    date_paid: null,
    currency_code: 'CAD',
    amount: money('22.60'),
    paid: money('0.00'),
    outstanding: money('22.60'),
    discount_value: '0',
    discount_total: money('0.00'),
    lines: [line()],
    status: 2,
    v3_status: 'sent',
    notes: '',
    updated: '2026-06-29 12:49:16',
    vis_state: 0,
    ...more,
  };
}

export function payment(id: number, more: Fields = {}): Fields {
  return {
    id,
    logid: id,
    amount: money('10.00'),
    clientid: 17,
    invoiceid: 1,
    creditid: null,
    from_credit: false,
    date: '2026-06-10',
    type: 'Check',
    note: 'Thanks',
    updated: '2026-06-29 12:49:16',
    vis_state: 0,
    ...more,
  };
}

export function tax(id: number, name: string, amount: string, more: Fields = {}): Fields {
  return {
    id,
    taxid: id,
    name,
    amount,
    number: `RT ${id}`,
    compound: false,
    updated: '2026-06-01 10:00:00',
    ...more,
  };
}

export function expense(id: number, more: Fields = {}): Fields {
  return {
    id,
    expenseid: id,
    amount: money('54.00'),
    taxName1: 'HST',
    taxPercent1: '13',
    taxAmount1: money('6.21'),
    taxName2: null,
    taxPercent2: null,
    taxAmount2: null,
    categoryid: 5,
    clientid: 0,
    date: '2026-06-02',
    notes: 'For lunch',
    vendor: 'Serano Bakery',
    updated: '2026-06-29 12:49:16',
    vis_state: 0,
    ...more,
  };
}

export function category(
  id: number,
  name: string,
  parentid: number | null = null,
  more: Fields = {},
): Fields {
  return {
    id,
    categoryid: id,
    category: name,
    parentid,
    updated_at: '2026-06-01 10:00:00',
    vis_state: 0,
    ...more,
  };
}

export type Book = Partial<Record<ResourceName, Fields[]>>;
export type Projected = {
  records: UnifiedRecord[];
  quarantined: { resource: string; id: string; reason: string }[];
};

export function rawRows(resource: ResourceName, rows: readonly Fields[]): RawRow[] {
  const whole = rows.flatMap((row) => toRawRow(catalog[resource], row) ?? []);
  return whole.sort((a, b) => compareIds(a.id, b.id));
}

/** What a data type is of these books; `gone` are ids of rows that vanished from lists. */
export async function projected(
  dataType: MappedType,
  book: Book,
  gone: readonly string[] = [],
): Promise<Projected> {
  const quarantined: Projected['quarantined'] = [];
  const rows = async function* (resource: string): AsyncGenerator<RawRow> {
    if (!isResource(resource)) return;
    for (const row of rawRows(resource, book[resource] ?? [])) {
      yield gone.includes(row.id) ? { ...row, deleted: true } : row;
    }
  };
  const records: UnifiedRecord[] = [];
  for await (const record of project(dataType, rows, (entry) => quarantined.push(entry), someTime))
    records.push(record);
  return { records, quarantined };
}

/** The one record of a data type of these books. */
export async function only(dataType: MappedType, book: Book): Promise<Record<string, unknown>> {
  const { records, quarantined } = await projected(dataType, book);
  const [first] = records;
  if (records.length !== 1 || first === undefined)
    throw new Error(`not one: ${JSON.stringify({ records, quarantined })}`);
  return first.record;
}
