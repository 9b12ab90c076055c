import type { ReadReport, ReadResource } from '../../app/ports.ts';
import { type Day, instantAt, millisOf } from '../../domain/instant.ts';
import { Problem } from '../../domain/problem.ts';
import type { Access, Client } from '../client.ts';
import { dayBefore, easternDay } from '../eastern.ts';
import { addressOf, listIn, type Page, pageQuery, singleIn } from '../families.ts';
import { most } from '../limiter.ts';
import { toRawRow } from '../raw-row.ts';
import { asId, type Resource } from '../resource.ts';
import { type Cursor, readCursor } from './cursor.ts';
import type { AskPerson } from './person.ts';
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
  /** Whether everything is to be compared, and not only what changed. */
  census: boolean;
  /** Whether an earlier worker did a part of it. */
  resumed: boolean;
  /** Reads one row by its id; a row that FreshBooks no longer knows is passed over. */
  one: (id: string) => Promise<void>;
  /** Whether the deadline came. */
  stop: () => boolean;
  /** The tools to read the list that these filters make. */
  list: (filters: Filters) => ListTools;
  /** The rows of another resource that change rows of this one without these saying so. */
  movers: Movers | undefined;
  /** A mark of who reads, as of this run, and as of now. */
  person: () => Promise<string>;
  askPerson: () => Promise<string>;
  /** Counters over all lists of the read, and over what an earlier worker did of it. */
  counts: () => { pages: number; rowsRead: number };
  /** For the next read's cursor: the day before the one on which this read began, by FreshBooks' clock. */
  day: () => string;
  /** The report of a read that is not complete, and proves nothing. */
  partial: () => ReadReport;
};

type Movers = {
  /** Nothing of such a list is kept: its rows belong to the other resource. */
  list: (filters: Filters, onRows: ListTools['onRows']) => ListTools;
  /** The row of this resource that a row of the other one changes. */
  ownerOf: (raw: Record<string, unknown>) => string | undefined;
};

/** Selects the rows of one state (freshbooks-api §3.8). */
export const inState = {
  deleted: [['search[vis_state]', '1']],
  archived: [['search[vis_state]', '2']],
} as const;

/** Whether a row says that it changed on this day or later; so does one that says nothing. */
export function isSince(raw: Record<string, unknown>, day: Day | undefined): boolean {
  const { updated } = raw;
  return day === undefined || typeof updated !== 'string' || updated.slice(0, day.length) >= day;
}

/** `moving` is the resource that `resource.movedBy` names. */
export function beginReading(
  deps: { client: Client; now: () => number; person: AskPerson },
  { resource, moving }: { resource: Resource; moving: Resource | undefined },
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
  const listOf = (of: Resource, at: string, filters: Filters, onRows: ListTools['onRows']): ListTools => ({
    fetch: async (page) => {
      const path = `${at}?${pageQuery(page, filters)}`;
      const began = deps.now();
      const as = (body: unknown): Page => listIn(body, of, read.resource, page);
      const { value: reply, date } = await deps.client.get({
        subject: read.resource,
        path,
        access,
        as,
        deadline,
      });
      day ??= dayBefore(easternDay(instantAt(date ?? began)));
      pages += 1;
      if (of === resource) rowsRead += reply.rows.length;
      return reply;
    },
    toRow: (raw) => toRawRow(of, raw),
    onRows,
    stop,
    width: most,
  });
  const started = (): string => (day ??= dayBefore(easternDay(instantAt(deps.now()))));
  return {
    subject: read.resource,
    since: readCursor(read.cursor),
    listsDeleted: resource.listsDeleted,
    archives: resource.archives,
    census: read.census === true,
    resumed: read.resume !== undefined,
    one,
    stop,
    list: (filters) => listOf(resource, address, [...filters, ...includes], read.onRows),
    movers: moversOf(resource, moving, read, listOf),
    person: () => deps.person.inThisRun(read),
    askPerson: () => deps.person.now(read),
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

function moversOf(
  { movedBy }: Resource,
  moving: Resource | undefined,
  { business }: Read,
  listOf: (of: Resource, at: string, filters: Filters, onRows: ListTools['onRows']) => ListTools,
): Movers | undefined {
  const address = moving && addressOf(moving, business);
  if (movedBy === undefined || moving === undefined || address === undefined) return undefined;
  return {
    list: (filters, onRows) => listOf(moving, address, filters, onRows),
    ownerOf: (raw) => asId(raw[movedBy.owner]),
  };
}
