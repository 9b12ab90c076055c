import type { Language } from '../../../../src/http/link/language.ts';
import type { FakeLedgerlink, Reply } from './fake-ledgerlink.ts';

type Asked = {
  params: Readonly<Record<string, string | undefined>>;
  query: Readonly<Record<string, string | undefined>>;
  body: Readonly<Record<string, unknown>>;
  language: string;
};

/** What is answered to an operation, by its name. */
export type Answers = Readonly<Record<string, (server: FakeLedgerlink, asked: Asked) => Reply>>;

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const made = (body: unknown): Reply => ({ status: 201, body });
export const done: Reply = { status: 204 };

export function refuse(statusCode: number, error: string): Reply {
  const body = { statusCode, service: 'PlatformApi', error, correlationId: 'c0ffee-42', validation: null };
  return { status: statusCode, body };
}

/** One page of a list, as the query asks for it. */
export function page(rows: unknown[], query: Asked['query'], path: string): Reply {
  const pageNumber = Number(query['page'] ?? 1);
  const pageSize = Number(query['pageSize'] ?? 100);
  const from = (pageNumber - 1) * pageSize;
  const results = rows.slice(from, from + pageSize);
  const _links = { self: { href: path }, current: { href: path } };
  return ok({ results, pageNumber, pageSize, totalResults: rows.length, _links });
}

/** The language that the server would answer in. */
export function spoken(language: string): Language {
  return language.startsWith('fr') ? 'fr-CA' : 'en';
}
