import type { RawRow } from '../../app/ports.ts';
import { Problem } from '../../domain/problem.ts';
import type { Page } from '../families.ts';
import type { ListState } from './resume.ts';

export type ListReading = {
  finished: boolean;
  steady: boolean;
  total: number;
  ids: ReadonlySet<string>;
  gone: ReadonlySet<string>;
  /** Those of `ids` that are archived. */
  archived: ReadonlySet<string>;
  /** Rows without a primary key: not kept, because nothing could ever refer to them. */
  keyless: number;
  state: () => ListState;
};

export type ListTools = {
  fetch: (page: number) => Promise<Page>;
  toRow: (raw: Record<string, unknown>) => RawRow | undefined;
  onRows: (rows: readonly RawRow[]) => Promise<void>;
  /** After it says so, no further page is asked for. */
  stop: () => boolean;
  /** Pages that may be under way at once; the client's own pace decides how many really are. */
  width: number;
};

/** Far beyond any book: a counter that says more is wrong. */
const mostPages = 100_000;

/**
 * Reads a list page by page, the first one alone, then several at once, until the latest reply says that there are no
 * more. FreshBooks has no cursor, so rows move between pages while somebody works in the books: totals and ids are
 * watched on every page, and `steady` tells whether the list stood still.
 */
export async function readList(tools: ListTools, from?: ListState): Promise<ListReading> {
  const ids = new Set(from?.ids);
  const gone = new Set(from?.gone);
  const archived = new Set(from?.archived);
  let { next, pages, perPage, total, steady, keyless } = from ?? fresh;
  let failed = false;

  const readPage = async (page: number): Promise<void> => {
    const reply = await tools.fetch(page);
    if (reply.pages > mostPages)
      throw new Problem('unavailable', 'FreshBooks names an impossible number of pages.');
    pages = reply.pages;
    if (total !== undefined && total !== reply.total) steady = false;
    total = reply.total;
    // Pages of different sizes leave gaps between them, and the gaps would look like rows hidden from us.
    if (perPage !== undefined && perPage !== reply.perPage) steady = false;
    perPage ??= reply.perPage;
    const rows = reply.rows.flatMap((raw) => tools.toRow(raw) ?? []);
    keyless += reply.rows.length - rows.length;
    for (const row of rows) {
      if (ids.has(row.id)) steady = false;
      ids.add(row.id);
      if (row.deleted) gone.add(row.id);
      if (row.raw['vis_state'] === 2) archived.add(row.id);
    }
    if (rows.length > 0) await tools.onRows(rows);
  };
  const worker = async (): Promise<void> => {
    while (next <= pages && !failed && !tools.stop()) {
      next += 1;
      await readPage(next - 1).catch((error) => {
        failed = true;
        throw error;
      });
    }
  };

  if (next === 1 && !tools.stop()) {
    next = 2;
    await readPage(1);
  }
  // All workers are waited for even when one fails: no row may arrive after the reading has ended.
  const settled = await Promise.allSettled(Array.from({ length: tools.width }, worker));
  for (const result of settled) if (result.status === 'rejected') throw result.reason;

  return {
    finished: next > 1 && next > pages,
    steady,
    total: total ?? 0,
    ids,
    gone,
    archived,
    keyless,
    state: () => ({
      next,
      pages,
      ...(perPage !== undefined && { perPage }),
      ...(total !== undefined && { total }),
      steady,
      ids: [...ids],
      gone: [...gone],
      archived: [...archived],
      keyless,
    }),
  };
}

const fresh: ListState = { next: 1, pages: 1, steady: true, ids: [], gone: [], keyless: 0 };
