import type { ReadReport, ReadResource } from '../../app/ports.ts';
import { instantAt, millisOf } from '../../domain/instant.ts';
import { Problem } from '../../domain/problem.ts';
import type { Access, Client } from '../client.ts';
import { dayBefore, easternDay } from '../eastern.ts';
import { addressOf, listIn, type Page, pageQuery, singleIn } from '../families.ts';
import { most } from '../limiter.ts';
import { toRawRow } from '../raw-row.ts';
import type { Resource } from '../resource.ts';
import { type Cursor, readCursor } from './cursor.ts';
import type { ListTools } from './read-list.ts';
import type { Unfinished } from './resume.ts';

export type Read = Parameters<ReadResource>[0];
type Filters = readonly (readonly [string, string])[];

/** One read of one resource while it goes on: where its pages come from, and what was counted so far. */
export type Reading = {
  subject: string;
  /** Where the last complete read ended; absent for the first one. */
  since: Cursor | undefined;
  /** Whether deleted rows have a list of their own. */
  listsDeleted: boolean;
  /** Whether archived rows have to be looked for. */
  archives: boolean;
  /** Reads one row by its id; a row that FreshBooks no longer knows is passed over. */
  one: (id: string) => Promise<void>;
  /** Whether the deadline came. */
  stop: () => boolean;
  /** The tools to read the list that these filters make. */
  list: (filters: Filters) => ListTools;
  /** Counters over all lists of the read, and over what an earlier worker did of it. */
  counts: () => { pages: number; rowsRead: number };
  /** For the next read's cursor: the day before the one on which this read began, by FreshBooks' clock. */
  day: () => string;
  /** The report of a read that is not complete, and proves nothing. */
  partial: () => ReadReport;
};

export function beginReading(
  deps: { client: Client; now: () => number },
  resource: Resource,
  read: Read,
  left: Unfinished | undefined,
): Reading {
  let pages = left?.pages ?? 0;
  let rowsRead = left?.rowsRead ?? 0;
  let day = left?.day;
  const access: Access = { token: read.token, refused: read.refused };
  const deadline = millisOf(read.deadline);
  const address = addressOf(resource, read.business);
  if (address === undefined)
    throw new Problem('not-found', `${read.resource}: FreshBooks gave this business no id to find it by.`);
  const includes = resource.includes.map((include): [string, string] => ['include[]', include]);

  const stop = (): boolean => deps.now() >= deadline;
  const one = async (id: string): Promise<void> => {
    const path = `${address}/${id}?${new URLSearchParams(includes)}`;
    const as = (body: unknown): Record<string, unknown> => singleIn(body, resource, read.resource);
    const row = await deps.client.get({ subject: read.resource, path, access, as, deadline }).then(
      ({ value }) => toRawRow(resource, value),
      (error) => {
        if (error instanceof Problem && error.kind === 'not-found') return undefined;
        throw error;
      },
    );
    if (row === undefined) return;
    rowsRead += 1;
    await read.onRows([row]);
  };
  const list = (filters: Filters): ListTools => ({
    fetch: async (page) => {
      const path = `${address}?${pageQuery(page, [...filters, ...includes])}`;
      const began = deps.now();
      const as = (body: unknown): Page => listIn(body, resource, read.resource, page);
      const { value: reply, date } = await deps.client.get({
        subject: read.resource,
        path,
        access,
        as,
        deadline,
      });
      day ??= dayBefore(easternDay(instantAt(date ?? began)));
      pages += 1;
      rowsRead += reply.rows.length;
      return reply;
    },
    toRow: (raw) => toRawRow(resource, raw),
    onRows: read.onRows,
    stop,
    width: most,
  });
  const started = (): string => (day ??= dayBefore(easternDay(instantAt(deps.now()))));
  return {
    subject: read.resource,
    since: readCursor(read.cursor),
    listsDeleted: resource.listsDeleted,
    archives: resource.archives,
    one,
    stop,
    list,
    counts: () => ({ pages, rowsRead }),
    day: started,
    partial: () => ({
      ...(read.cursor !== undefined && { cursor: read.cursor }),
      complete: false,
      pages,
      rowsRead,
      hiddenRows: 0,
      vanished: [],
      warnings: [],
    }),
  };
}
