import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { makeBooks } from '../../../src/books/make-books.ts';
import { makeReadRecord, makeReadRecords } from '../../../src/books/read-records.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { start } from '../../fakes/builders.ts';
import { memoryObjects } from '../../fakes/objects.ts';
import { each, ref, target, tinySizes } from '../books/book-world.ts';
import { ask, makeLinkedWorld, sentenceOf, textAt } from './api-world.ts';
import { anInvoice } from './records.ts';

const path = 'GET /companies/company-1/data/invoices';
const Numbers = z.object({ results: z.array(z.object({ id: z.string(), totalAmount: z.number() })) });
const amounts = ({ body }: { body: unknown }) =>
  Object.fromEntries(Numbers.parse(body).results.map(({ id, totalAmount }) => [id, totalAmount]));

/** A world whose invoices are published anew each hour; `states` is what each hour had. */
async function makeHourlyWorld(states: readonly Record<string, number>[]) {
  const objects = memoryObjects();
  const readers = { readRecords: makeReadRecords({ objects }), readRecord: makeReadRecord({ objects }) };
  const world = await makeLinkedWorld({}, readers, objects);
  const books = makeBooks({ objects }, tinySizes);
  for (const [n, state] of states.entries()) {
    const { modifiedDate: _, ...invoice } = anInvoice();
    const rows = Object.entries(state).map(([id, totalAmount]) => ({
      id,
      deleted: false,
      record: { ...invoice, id, totalAmount },
    }));
    const previous = (await world.connections.find(ref))?.datasets['invoices']?.snapshot;
    const next = target('unified/invoices', n + 1, previous);
    const { snapshot } = await books.mergeProjection(next, each(rows));
    const since = plusSeconds(start, n * 3600);
    const datasets = { invoices: { status: 'Complete' as const, snapshot: { ...snapshot, since } } };
    await world.connections.change(ref, (held) => ({ next: { ...held, datasets }, result: 0 }));
  }
  return { world, objects };
}

const states = [{ '1': 10 }, { '1': 10, '2': 20 }, { '1': 11, '2': 20 }, { '1': 12, '2': 20, '3': 30 }];

describe('a list as of an instant', () => {
  it.each(states.map((state, n) => [plusSeconds(start, n * 3600 + 1800), state] as const))(
    'at %s shows what was served then',
    async (asOf, state) => {
      const { world } = await makeHourlyWorld(states);

      expect(amounts(await ask(world, `${path}?asOf=${asOf}`))).toEqual(state);
    },
  );

  it('is filtered and ordered like any other, and stays on its state from page to page', async () => {
    const { world } = await makeHourlyWorld(states);
    const asOf = plusSeconds(start, 7200);

    const first = await ask(world, `${path}?asOf=${asOf}&orderBy=-id&pageSize=1&query=totalAmount>10`);
    const second = await ask(world, `GET ${textAt(first, '_links', 'next', 'href')}`);

    expect([amounts(first), amounts(second)]).toEqual([{ '2': 20 }, { '1': 11 }]);
  });

  it('is refused when it is no longer kept, and while there was none', async () => {
    const { world, objects } = await makeHourlyWorld(states);
    const manifests = objects.names().filter((name) => name.includes('/manifest/'));
    await objects.remove(manifests.slice(0, 2));

    const swept = await ask(world, `${path}?asOf=${start}`);
    const before = await ask(
      await makeHourlyWorld(states).then((one) => one.world),
      `${path}?asOf=2020-01-01`,
    );

    expect([swept.status, sentenceOf(swept)]).toEqual([
      400,
      `The state of the books at ${start}, which "asOf" names, is no longer kept. Ask for a later instant.`,
    ]);
    expect([before.status, sentenceOf(before)]).toEqual([
      400,
      'Nothing had been read by 2020-01-01T00:00:00.000Z, which "asOf" names. Ask for a later instant.',
    ]);
  });
});
