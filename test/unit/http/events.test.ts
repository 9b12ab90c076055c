import { describe, expect, it } from '@jest/globals';
import type { NewEvent } from '../../../src/domain/event.ts';
import { start } from '../../fakes/builders.ts';
import { ask, makeWorld, sentenceOf } from './api-world.ts';

const anEvent = (n: number): NewEvent => ({
  id: `event-${n}`,
  eventType: n % 3 === 0 ? 'connection.connected' : 'read.completed',
  generatedDate: start,
  companyId: n % 2 === 0 ? 'even' : 'odd',
  companyTags: ['secret:tag'],
  payload: { n },
});

async function withEvents(count: number) {
  const world = await makeWorld();
  await world.feed.append(
    Array.from({ length: count }, (_, n) => anEvent(n + 1)),
    start,
  );
  return world;
}

describe('the feed of events', () => {
  it('is read from the beginning, and on from "next"', async () => {
    const world = await withEvents(5);

    const first = await ask(world, 'GET /events?limit=3');
    const second = await ask(world, 'GET /events?limit=3&after=3');
    const third = await ask(world, 'GET /events?limit=3&after=5');

    expect(first.body).toMatchObject({
      results: [{ sequence: 1 }, {}, { sequence: 3 }],
      next: 3,
      hasMore: true,
    });
    expect(second.body).toMatchObject({
      results: [{ sequence: 4 }, { sequence: 5 }],
      next: 5,
      hasMore: false,
    });
    expect(third.body).toEqual({ results: [], next: 5, hasMore: false });
  });

  it('shows each event as it is delivered', async () => {
    const { body } = await ask(await withEvents(1), 'GET /events');

    expect(body).toEqual({
      results: [
        {
          id: 'event-1',
          eventType: 'read.completed',
          generatedDate: start,
          sequence: 1,
          companySequence: 1,
          payload: { n: 1 },
        },
      ],
      next: 1,
      hasMore: false,
    });
  });

  it('is read for one company, or for some types', async () => {
    const world = await withEvents(40);

    const even = await ask(world, 'GET /events?companyId=even&after=30&limit=100');
    const some = await ask(world, 'GET /events?types=connection.connected,company.created&limit=4');

    expect(even.body).toMatchObject({
      results: [32, 34, 36, 38, 40].map((sequence) => ({ sequence })),
      next: 40,
    });
    expect(some.body).toMatchObject({
      results: [3, 6, 9, 12].map((sequence) => ({ sequence })),
      next: 12,
      hasMore: true,
    });
  });

  it('passes what is of no wanted type, so that nobody reads it again', async () => {
    const { body } = await ask(await withEvents(5), 'GET /events?types=company.created');

    expect(body).toEqual({ results: [], next: 5, hasMore: false });
  });

  it.each([
    ['after=9', 'There is no event 9 yet; the newest is 5. Was "after" kept from another deployment?'],
    ['limit=0', '"limit" in the query string must be a whole number from 1 to 1000.'],
    ['types=invoice.created', expect.stringContaining('"types" in the query string holds an event type')],
  ])('refuses %s in words', async (query, sentence) => {
    const refused = await ask(await withEvents(5), `GET /events?${query}`);

    expect([refused.status, sentenceOf(refused)]).toEqual([400, sentence]);
  });

  it('says when events between are no longer kept, and begins with the oldest for who begins', async () => {
    const world = await withEvents(9);
    await world.forgetEvents(6);

    const beginning = await ask(world, 'GET /events?limit=1');
    const late = await ask(world, 'GET /events?after=2');

    expect(beginning.body).toMatchObject({ results: [{ sequence: 7 }], next: 7 });
    expect([late.status, sentenceOf(late)]).toEqual([
      400,
      'The events after 2 are no longer kept: the oldest is 7. Read the companies anew, then go on with after=6.',
    ]);
  });
});
