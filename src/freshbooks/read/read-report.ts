import type { RawRow, ReadReport } from '../../app/ports.ts';
import { instantAt, millisOf } from '../../domain/instant.ts';
import { Problem } from '../../domain/problem.ts';
import { canonicalHash } from '../canonical-json.ts';
import type { Client } from '../client.ts';
import { easternDay } from '../eastern.ts';
import { parametersOf, reportAddress, reportIn, reports } from '../reports.ts';
import {
  currencyInRowId,
  inOther,
  type ReportName,
  reportsRead,
  rowIdOf,
  type Window,
  windowsOf,
} from '../reports-read.ts';
import { Text, text } from '../types/wire.ts';
import type { Read } from './reading.ts';

/**
 * Reads a report for each of its windows: one raw row each, with the parameters it was asked with and the day it is
 * as of. It comes in the currency of the books, and where that matters once more for each other one that is known to be
 * in them. Nothing counts as gone: a window that is no longer asked for stays as it was last seen.
 */
export async function readReport(
  deps: { client: Client; now: () => number },
  name: ReportName,
  read: Read,
): Promise<ReadReport> {
  const today = easternDay(instantAt(deps.now()));
  const { past } = reportsRead[name];
  const known = past === 'daily' && read.cursor === today;
  const windows = windowsOf(reportsRead[name], today).filter(({ present }) => present || !known);
  const currencies = await currenciesOf(name, read);
  const asked = windows.flatMap((window) =>
    [undefined, ...(inOther(reportsRead[name], window) ? currencies : [])].map((currency) => ({
      window,
      currency,
    })),
  );
  const rows = new Map<string, RawRow>();
  let [pages, own] = [0, ''];
  for (const { window, currency } of asked) {
    // Which currency comes when none is named, only the answer tells.
    if (currency !== undefined && currency === own) continue;
    if (deps.now() >= millisOf(read.deadline)) return { ...report(read, pages, rows), unfinished: 'again' };
    const row = await oneWindow(deps, name, read, { window, currency });
    if (currency === undefined) own = currencyOf(row.raw['report']) ?? '';
    rows.set(row.id, row);
    pages += 1;
  }
  await read.onRows([...rows.values()]);
  return { ...report(read, pages, rows), cursor: today, complete: true };
}

/**
 * Currencies other than that of the books: those known to be in them, and those that it was asked in before. What is
 * held in one must not grow old beside what is held in others.
 */
async function currenciesOf(
  name: ReportName,
  { currencies = [], heldIds }: Read,
): Promise<readonly string[]> {
  if (reportsRead[name].inOthers === 'none') return [];
  const asked = [...(await heldIds())].flatMap((id) => currencyInRowId(id) ?? []);
  return [...new Set([...currencies, ...asked])].sort();
}

async function oneWindow(
  { client }: { client: Client },
  name: ReportName,
  read: Read,
  { window, currency }: { window: Window; currency: string | undefined },
): Promise<RawRow> {
  const report = reports[name];
  const asked = { ...window, currency };
  const path = reportAddress(report, read.business, asked);
  if (path === undefined)
    throw new Problem('not-found', `${name}: FreshBooks gave this business no id to find it by.`);
  const { value } = await client.get({
    subject: name,
    path,
    access: { token: read.token, refused: read.refused },
    as: (body) => reportIn(body, report, name),
    deadline: millisOf(read.deadline),
  });
  const raw = { asOf: window.end, parameters: byName(parametersOf(report, asked)), report: value };
  const id =
    window.months.length > 0 ? rowIdOf(window, currency) : (currencyOf(value) ?? currency ?? window.id);
  return { id, hash: canonicalHash(raw), deleted: false, raw };
}

function currencyOf(report: unknown): string | undefined {
  const named = typeof report === 'object' && report !== null && 'currency_code' in report;
  const code = named ? text(Text.parse(report.currency_code)) : undefined;
  return code !== undefined && /^[A-Z]{3}$/.test(code) ? code : undefined;
}

function byName(parameters: readonly [string, string][]): Record<string, string | string[]> {
  const named: Record<string, string | string[]> = {};
  for (const [name, value] of parameters) {
    const held = named[name];
    named[name] = held === undefined ? value : [...[held].flat(), value];
  }
  return named;
}

function report(read: Read, pages: number, rows: ReadonlyMap<string, RawRow>): ReadReport {
  return {
    ...(read.cursor !== undefined && { cursor: read.cursor }),
    complete: false,
    pages,
    rowsRead: rows.size,
    hiddenRows: 0,
    vanished: [],
    warnings: [],
  };
}
