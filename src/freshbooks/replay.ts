import type { Big } from 'big.js';
import type { RawRow, UnifiedRecord } from '../app/ports.ts';
import { decimal, places, zero } from '../domain/money.ts';
import type { ProblemKind } from '../domain/problem.ts';
import { catalog, isResource, type ResourceName } from './catalog.ts';
import { kindOfError } from './classify.ts';
import { unlisted } from './drift.ts';
import { anyRowsIn } from './families.ts';
import { compareIds } from './ids.ts';
import { notRead } from './not-read.ts';
import { parseJson } from './parse-json.ts';
import { type MappedType, project, projections } from './project/projections.ts';
import { typed } from './project/rows.ts';
import { toRawRow } from './raw-row.ts';
import { parts } from './replay-parts.ts';
import { isReport, reportIn, reports } from './reports.ts';
import { isReportRead, type ReportName } from './reports-read.ts';
import { type Resource, rowId } from './resource.ts';
import { meFates } from './types/users-me.ts';
import { currency, Money, moneyAmount, moneyCode, Text, text } from './types/wire.ts';
import { vendorError } from './vendor-error.ts';
import { personIn } from './who-is.ts';

/**
 * One recorded body, parsed and mapped as a sync would, in a line: `mapped 2: 17 18 CAD 41.94`, `error body
 * not-found`, `other resource`, or `FAILED why`. Lists, single rows and replies to writes are read alike.
 */
export async function replayBody(recorded: string, content: string): Promise<string> {
  const resource = recordedAs[recorded] ?? recorded;
  const known = isResource(resource);
  const report = resource.startsWith('report_') ? resource.slice('report_'.length) : '';
  const expectsError = resource === 'error' || resource.startsWith('error_');
  if (!known && !expectsError && !isReport(report)) return 'other resource';
  try {
    const body = parseJson(content);
    const error = vendorError(body);
    if (error !== undefined) return `error body ${errorKind(kindOfError(error))}`;
    if (isReport(report)) return await mappedReport(report, body);
    if (!known) return 'FAILED no error that we know is in it';
    return resource === 'users_me' ? mappedPerson(body) : await mappedRows(resource, body);
  } catch (error) {
    return `FAILED ${error instanceof Error ? error.message : 'for no reason that was given'}`;
  }
}

/** Names of recordings that are not the resource's own. */
const recordedAs: Readonly<Record<string, string>> = { online_payments: 'payment_options' };

/** Resources whose recordings are also of another one: both are lists of those who work in the business. */
const orElse: Readonly<Record<string, ResourceName>> = { staff: 'business' };

/** Fields that name a recorded row to which a client library's test gave no key. */
const numbers: Readonly<Record<string, string>> = { credit_notes: 'credit_number' };

/** Where a live reply would be our own mistake, a recorded one is somebody's refused request. */
function errorKind(kind: ProblemKind): string {
  return kind === 'broken' ? 'invalid' : kind;
}

/** A report has no rows of its own: it is told by its name. */
async function mappedReport(name: keyof typeof reports, body: unknown): Promise<string> {
  const report = reportIn(body, reports[name], name);
  const row: RawRow = { id: name, hash: '', deleted: false, raw: { report, parameters: {} } };
  const faults = isReportRead(name) ? await faultsOf(name, [row]) : [];
  return faults.length > 0 ? `FAILED ${faults.join('; ')}` : line([name], undefined, []);
}

async function mappedRows(name: ResourceName, body: unknown): Promise<string> {
  const resource: Resource = catalog[name];
  const raws = rowsIn(resource, body);
  const other = orElse[name];
  if (raws === undefined && other !== undefined) return mappedRows(other, body);
  const neighbour = raws === undefined ? notReadIn(body) : undefined;
  if (neighbour !== undefined) return `other resource ${neighbour}`;
  if (raws === undefined) return `FAILED neither ${resource.plural} nor ${resource.singular} is in it`;
  const rows = raws.map((raw) => toRawRow(resource, named(name, raw)));
  const whole = rows.filter((row) => row !== undefined).sort((a, b) => compareIds(a.id, b.id));
  if (whole.length < raws.length)
    return `FAILED ${raws.length - whole.length} of ${raws.length} rows have no id`;
  const { ids, faults, totals } = await mapAll(name, whole);
  if (faults.length > 0) return `FAILED ${faults.join('; ')}`;
  if (ids.length < whole.length) return `FAILED ${ids.length} records came of ${whole.length} rows`;
  const amounts = whole.map(({ raw }) => priced(raw));
  const expected = totalsOf(amounts.flatMap((one) => one ?? []));
  if (totals !== undefined && totals !== expected && !amounts.includes(undefined))
    return `FAILED the records add up to ${totals}, the rows to ${expected}`;
  return line(
    ids,
    totals,
    whole.flatMap(({ raw }) => unlisted(raw, resource.fates)),
  );
}

/** Some recordings are of a neighbour of their resource, which is not read. */
function notReadIn(body: unknown): string | undefined {
  return Object.keys(Object(body)).find((key) => Object.hasOwn(notRead, key));
}

function named(name: ResourceName, raw: Record<string, unknown>): Record<string, unknown> {
  const number = numbers[name];
  const resource: Resource = catalog[name];
  if (number === undefined || rowId(resource, raw) !== undefined) return raw;
  return { ...raw, id: raw[number] };
}

/** What is replayed is a page of rows, none of which becomes another record by the month. */
const anyTime = '2026-01-01T00:00:00.000Z';

type Outcome = { ids: string[]; faults: string[]; totals: string | undefined };

async function mapAll(name: ResourceName, rows: RawRow[]): Promise<Outcome> {
  const dataType = dataTypeOf(name);
  if (dataType === undefined) {
    for (const row of rows) typed(catalog[name].schema, row);
    return { ids: rows.map(({ id }) => id), faults: await faultsOf(name, rows), totals: undefined };
  }
  const { records, faults } = await projectedOf(dataType, { [name]: rows });
  for (const { id, record } of records)
    if (Object.keys(record).length === 0) faults.push(`${id}: nothing came of it`);
  const totals = totalsOf(records.map(({ record }) => ofRecord(record)));
  const ids = records.map(({ id }) => id);
  return { ids, faults, totals: moneyTypes.has(dataType) ? totals : undefined };
}

/** What is wrong with the records that rows which are none by themselves become a part of. */
async function faultsOf(name: ResourceName | ReportName, rows: RawRow[]): Promise<string[]> {
  const part = parts[name];
  if (part === undefined) return [];
  const beside = part.beside?.(rows) ?? {};
  const all = { ...beside, [name]: [...rows, ...(beside[name] ?? [])] };
  const { records, faults } = await projectedOf(part.type, all);
  const found = new Set(records.flatMap(({ record }) => part.found(record)));
  const lost = rows.flatMap(part.expected).filter((text) => !found.has(text));
  return [...faults, ...lost.map((text) => `no record says ${text}`)];
}

async function projectedOf(
  dataType: MappedType,
  rows: Readonly<Record<string, readonly RawRow[]>>,
): Promise<{ records: UnifiedRecord[]; faults: string[] }> {
  const faults: string[] = [];
  const records: UnifiedRecord[] = [];
  const held = async function* (resource: string): AsyncGenerator<RawRow> {
    yield* rows[resource] ?? [];
  };
  const all = project(dataType, held, (entry) => faults.push(`${entry.id}: ${entry.reason}`), anyTime);
  for await (const record of all) records.push(record);
  return { records, faults };
}

/** The data type whose records are the rows of a resource, one by one. */
function dataTypeOf(name: ResourceName): MappedType | undefined {
  if (name in parts) return undefined;
  const types = Object.entries(projections).filter(([, { from }]) => from[0] === name);
  return types.map(([type]) => type).find(isMapped);
}

function isMapped(type: string): type is MappedType {
  return Object.hasOwn(projections, type);
}

const moneyTypes: ReadonlySet<MappedType> = new Set([
  'invoices',
  'payments',
  'directCosts',
  'creditNotes',
  'bills',
  'billPayments',
  'directIncomes',
]);

type Priced = { amount: Big; code: string };

/** What the row says it is worth with taxes; nothing of a row that leaves it to its lines. */
function priced(raw: Record<string, unknown>): Priced | undefined {
  const money = Money.parse(raw['total_amount'] ?? raw['amount']);
  const code = currency(moneyCode(money), text(Text.parse(raw['currency_code'])));
  const amount = moneyAmount(money);
  return amount === undefined && raw['lines'] !== undefined ? undefined : { amount: amount ?? zero, code };
}

function ofRecord(record: Record<string, unknown>): Priced {
  const amount = record['totalAmount'];
  return { amount: decimal(typeof amount === 'number' ? amount : 0), code: String(record['currency']) };
}

function totalsOf(amounts: Priced[]): string {
  const sums = new Map<string, Big>();
  for (const { amount, code } of amounts) sums.set(code, (sums.get(code) ?? zero).plus(amount));
  const texts = [...sums].map(([code, amount]) => `${code} ${amount.toFixed(Math.max(2, places(amount)))}`);
  return texts.sort().join(', ');
}

function mappedPerson(body: unknown): string {
  const person = personIn(body);
  const ids = person.businesses.map((business) => business.businessId);
  return line(ids.length > 0 ? ids : [person.identityId], undefined, unlisted(responseOf(body), meFates));
}

function line(ids: readonly string[], totals: string | undefined, found: readonly string[]): string {
  const grown = [...new Set(found)];
  const parts = [`mapped ${ids.length}: ${ids.join(' ')}`, ...(totals ? [totals] : [])];
  if (grown.length > 0) parts.push(`[new, kept raw: ${grown.join(', ')}]`);
  return parts.join(' ').trimEnd();
}

/** The rows of a list or single reply; none where a deletion is answered with an empty object. */
function rowsIn(resource: Resource, body: unknown): Record<string, unknown>[] | undefined {
  const response = responseOf(body);
  const found = anyRowsIn(body, resource);
  if (found !== undefined) return found;
  if (Object.keys(response).length === 0) return [];
  const result = isObject(response['result']) ? response['result'] : response;
  const listed = result[resource.plural];
  if (Array.isArray(listed)) return listed.filter(isObject);
  const single = result[resource.singular];
  if (isObject(single)) return [single];
  return Object.keys(result).length === 0 ? [] : undefined;
}

function responseOf(body: unknown): Record<string, unknown> {
  if (!isObject(body)) throw new Error('it is no object');
  return isObject(body['response']) ? body['response'] : body;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
