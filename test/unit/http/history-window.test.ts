import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { isServed, servedFrom } from '../../../src/domain/history-window.ts';
import { noSettings } from '../../../src/domain/sync-settings.ts';
import { start } from '../../fakes/builders.ts';
import { settingsOf } from '../../fakes/sync-settings.ts';
import { type Answer, ask, makeLinkedWorld, type World } from './api-world.ts';
import { anInvoice } from './records.ts';

const years = [2020, 2021, 2022, 2023, 2024, 2025, 2026];
const rows = [
  ...years.map((year) => anInvoice({ id: String(year), sourceModifiedDate: `${year}-02-01T00:00:00Z` })),
  anInvoice({ id: '9', sourceModifiedDate: undefined }),
];
const list = '/companies/company-1/data/invoices';

async function booked(): Promise<World> {
  const world = await makeLinkedWorld();
  const snapshot = world.books.keep('invoices', 1, rows);
  const ref = { companyId: 'company-1', connectionId: 'connection-1' };
  await world.connections.change(ref, (connection) => ({
    next: {
      ...connection,
      datasets: { invoices: { status: 'Complete', snapshot: { ...snapshot, since: start } } },
    },
    result: 0,
  }));
  return world;
}

const window = (world: World, setting: Record<string, unknown>) =>
  ask(world, 'POST /companies/company-1/syncSettings', {
    body: {
      settings: [{ dataType: 'invoices', fetchOnFirstLink: true, syncSchedule: 1, syncOrder: 0, ...setting }],
    },
  });

const Page = z.object({
  results: z.array(z.object({ id: z.string() })),
  totalResults: z.number(),
  _links: z.object({ next: z.object({ href: z.string() }).optional() }),
});
const shown = (answer: Answer) => {
  const { results, totalResults } = Page.parse(answer.body);
  return { ids: results.map(({ id }) => id), totalResults };
};
const nextOf = (answer: Answer) => Page.parse(answer.body)._links.next?.href ?? '';

describe('a beginning of the history', () => {
  it('leaves out what changed before it, from pages, totals and single records alike', async () => {
    const world = await booked();
    await window(world, { syncFromUtc: '2025-02-01' });

    expect(shown(await ask(world, `GET ${list}`))).toEqual({ ids: ['2025', '2026', '9'], totalResults: 3 });
    expect(shown(await ask(world, `GET ${list}?query=id!=0&pageSize=1`)).totalResults).toBe(3);
    expect((await ask(world, `GET ${list}/2024`)).status).toBe(404);
    expect((await ask(world, `GET ${list}/2025`)).status).toBe(200);
  });

  it('destroys nothing: widened, everything is there again at once', async () => {
    const world = await booked();
    const before = shown(await ask(world, `GET ${list}`));
    await window(world, { syncFromWindow: 1 });
    await window(world, { syncFromWindow: 24 });
    expect(shown(await ask(world, `GET ${list}`)).ids).toEqual(['2025', '2026', '9']);

    await window(world, {});

    expect(shown(await ask(world, `GET ${list}`))).toEqual(before);
    expect(before.totalResults).toBe(8);
  });

  it('stays the same over the pages of a list, however settings and days change between them', async () => {
    const world = await booked();
    await window(world, { syncFromWindow: 48 });
    const first = await ask(world, `GET ${list}?pageSize=2`);
    await window(world, { syncFromWindow: 1 });
    world.time.advance(400 * 24 * 3600);

    const second = await ask(world, `GET ${nextOf(first)}`);
    const third = await ask(world, `GET ${nextOf(second)}`);

    const pages = [first, second, third].map(shown);
    expect(pages.flatMap(({ ids }) => ids)).toEqual(['2023', '2024', '2025', '2026', '9']);
    expect(pages.map(({ totalResults }) => totalResults)).toEqual([5, 5, 5]);
  });

  it('counts months back from the instant that is asked for', async () => {
    const world = await booked();
    await window(world, { syncFromWindow: 14 });
    world.time.advance(365 * 24 * 3600);

    expect(shown(await ask(world, `GET ${list}`)).ids).toEqual(['2026', '9']);
    expect(shown(await ask(world, `GET ${list}?asOf=2026-03-02T15:00:00Z`)).ids).toEqual([
      '2025',
      '2026',
      '9',
    ]);
    expect(shown(await ask(world, `GET ${list}?asOf=2040-01-01`)).ids).toEqual(['2026', '9']);
  });
});

it('is none until somebody says so', () => {
  expect(servedFrom('invoices', noSettings, undefined, start)).toBeUndefined();
});

it('begins with a day, so that it does not move with every request', () => {
  const settings = settingsOf({ invoices: { syncFromWindow: 12 } });

  expect(servedFrom('invoices', settings, undefined, '2026-03-31T23:59:00.000Z')).toBe(
    '2025-03-31T00:00:00.000Z',
  );
});

it('serves what does not say when it changed', () => {
  expect(isServed({ id: '1' }, start)).toBe(true);
  expect(isServed({ sourceModifiedDate: 'once' }, start)).toBe(true);
  expect(isServed({ sourceModifiedDate: '2026-03-02T15:00:00Z' }, start)).toBe(true);
  expect(isServed({ sourceModifiedDate: '2026-03-02T14:59:59Z' }, start)).toBe(false);
});
