import { z } from 'zod';
import type { Call } from './call.ts';
import { Health } from './health.ts';

const optionalText = z.string().nullish();

const ConnectionProblem = z.object({
  statusText: optionalText,
  errorMessage: optionalText,
  erroredOnUtc: optionalText,
  status: optionalText,
});

export const Connection = z.object({
  id: z.string(),
  status: z.string(),
  linkUrl: z.string(),
  created: z.string(),
  lastSync: optionalText,
  platformName: z.string(),
  dataConnectionErrors: z.array(ConnectionProblem).nullish(),
  connectionInfo: z.record(z.string(), z.unknown()).nullish(),
  /** Until when its customer may link another business. */
  businessChangeAllowedUntil: z.string().optional(),
  /** The connection of another business that has taken its place. */
  replacedBy: z.string().optional(),
});
export type Connection = z.infer<typeof Connection>;

export const Company = z.object({
  id: z.string(),
  name: z.string(),
  description: optionalText,
  created: optionalText,
  createdByUserName: optionalText,
  lastSync: optionalText,
  redirect: z.string(),
  dataConnections: z.array(Connection).nullish(),
});
export type Company = z.infer<typeof Company>;

export const DataStatus = z.object({
  dataType: z.string(),
  lastSuccessfulSync: optionalText,
  currentStatus: z.string(),
  health: Health,
});
export type DataStatus = z.infer<typeof DataStatus>;

export const PullOperation = z.object({
  id: z.string(),
  connectionId: z.string(),
  dataType: z.string(),
  status: z.string(),
  statusDescription: optionalText,
  errorMessage: optionalText,
  requested: z.string(),
  completed: optionalText,
  isCompleted: z.boolean(),
  isErrored: z.boolean(),
  recordsModified: z.number().nullish(),
  recordsHeld: z.number().nullish(),
});
export type PullOperation = z.infer<typeof PullOperation>;

const Finding = z.object({ itemId: z.string(), ruleId: z.string(), message: z.string() });
export type Finding = z.infer<typeof Finding>;

/** What a read found wrong; warnings did not keep it from completing. */
const Validation = z.object({ errors: z.array(Finding), warnings: z.array(Finding) });

function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({
    results: z.array(row),
    pageNumber: z.number(),
    pageSize: z.number(),
    totalResults: z.number(),
  });
}

const Nothing = z.unknown();

/** Companies and what hangs on them, through the public API. */
export function companiesApi(call: Call) {
  const at = (companyId: string) => `/companies/${encodeURIComponent(companyId)}`;
  const connectionAt = (companyId: string, id: string) =>
    `${at(companyId)}/connections/${encodeURIComponent(id)}`;
  return {
    list: (page: number, pageSize: number, search: string) =>
      call(
        {
          method: 'GET',
          path: '/companies',
          query: { page, pageSize, orderBy: '-created', query: searchQuery(search) },
        },
        pageOf(Company),
      ),
    get: (companyId: string) => call({ method: 'GET', path: at(companyId) }, Company),
    create: (body: { name: string; description?: string }) =>
      call({ method: 'POST', path: '/companies', body }, Company),
    remove: (companyId: string) => call({ method: 'DELETE', path: at(companyId) }, Nothing),
    connect: (companyId: string) =>
      call(
        { method: 'POST', path: `${at(companyId)}/connections`, body: { platformKey: 'vxvy' } },
        Connection,
      ),
    unlink: (companyId: string, id: string) =>
      call({ method: 'PATCH', path: connectionAt(companyId, id), body: { status: 'Unlinked' } }, Connection),
    removeConnection: (companyId: string, id: string) =>
      call({ method: 'DELETE', path: connectionAt(companyId, id) }, Nothing),
    allowBusinessChange: (companyId: string, id: string, allowed: boolean) =>
      call(
        { method: 'PUT', path: `${connectionAt(companyId, id)}/businessChange`, body: { allowed } },
        Connection,
      ),
    validation: (companyId: string, pullId: string) =>
      call(
        { method: 'GET', path: `${at(companyId)}/sync/${encodeURIComponent(pullId)}/validation` },
        Validation,
      ),
    dataStatus: (companyId: string) =>
      call({ method: 'GET', path: `${at(companyId)}/dataStatus` }, z.record(z.string(), DataStatus)),
    refresh: (companyId: string) => call({ method: 'POST', path: `${at(companyId)}/data/all` }, Nothing),
    history: (companyId: string, page: number, pageSize: number) =>
      call(
        {
          method: 'GET',
          path: `${at(companyId)}/data/history`,
          query: { page, pageSize, orderBy: '-requested' },
        },
        pageOf(PullOperation),
      ),
  };
}

/** What was typed, as a query of the API; signs of its grammar cannot be part of a value and are left out. */
export function searchQuery(search: string): string | undefined {
  const words = search
    .replaceAll(/[=!~<>&|{}]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return words === '' ? undefined : `name~${words}||id~${words}`;
}
