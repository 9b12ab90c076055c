import {
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Feed } from '../../app/event-ports.ts';
import { FeedEvent, type NewEvent } from '../../domain/event.ts';
import { type Instant, millisOf } from '../../domain/instant.ts';
import { Problem } from '../../domain/problem.ts';
import { batchGet } from './batch-get.ts';
import {
  companyCountKey,
  companyEventKey,
  type EventsKey,
  eventKey,
  feedHeadKey,
  feedKey,
  nextFeedPartition,
} from './keys.ts';
import type { Tables } from './tables.ts';
import { transact } from './transact.ts';

type Place = { tables: Tables; table: string };

/** A transaction has a hundred items; an event needs three, its company's count one, the head one. */
const eventsAtOnce = 24;
/** Races lost in a row before we say that the feed is too busy; each loss means that somebody else won. */
const attempts = 60;

const Last = z.object({ last: z.number().int() });
const Stored = z.object({ body: FeedEvent });
const Pointer = z.object({ sequence: z.number().int() });

/**
 * The feed in the events table. Its head counts the events and is moved by every transaction that adds some, on
 * condition that nobody moved it meanwhile: so they become visible in the order of their sequence, and whoever has
 * read up to one has read all before it.
 */
export function makeFeed(tables: Tables, table: string): Feed {
  const place = { tables, table };
  return {
    append: async (events, expires) => {
      for (let from = 0; from < events.length; from += eventsAtOnce) {
        await appendSome(place, events.slice(from, from + eventsAtOnce), expires);
      }
    },
    last: () => lastOf(place, feedHeadKey),
    find: async (id) => {
      const [pointer] = await batchGet(tables, table, [eventKey(id)]);
      return pointer && (await eventsAt(place, [Pointer.parse(pointer).sequence]))[0];
    },
    read: async ({ after, limit, companyId }) => {
      const last = await lastOf(place, feedHeadKey);
      if (companyId !== undefined) {
        const sequences = await sequencesOf(place, companyId, { after, last, limit });
        return { events: await eventsAt(place, sequences), last, skipped: false };
      }
      const events = await readFrom(place, after + 1, last, limit);
      if (after >= last || events[0]?.sequence === after + 1) return { events, last, skipped: false };
      return {
        events: await readFrom(place, await oldestOf(place, after + 1, last), last, limit),
        last,
        skipped: true,
      };
    },
  };
}

async function lastOf({ tables, table }: Place, key: EventsKey): Promise<number> {
  const { Item } = await tables.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
  return Item === undefined ? 0 : Last.parse(Item).last;
}

async function appendSome(place: Place, events: readonly NewEvent[], expires: Instant): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const last = await lastOf(place, feedHeadKey);
    const known = await batchGet(
      place.tables,
      place.table,
      events.map(({ id }) => eventKey(id)),
    );
    const ids = new Set(known.map(({ pk }) => pk));
    const unknown = events.filter(({ id }) => !ids.has(eventKey(id).pk));
    if (unknown.length === 0) return;
    // Otherwise somebody else moved the head, or was about to.
    const items = await transaction(place, unknown, last, expires);
    if ((await transact(place.tables, items)) === 'done') return;
  }
  throw new Problem('unavailable', 'too many events are being written at the same moment; try again');
}

async function transaction(
  place: Place,
  events: readonly NewEvent[],
  last: number,
  expires: Instant,
): Promise<NonNullable<TransactWriteCommandInput['TransactItems']>> {
  const counts = new Map<string, number>();
  const puts: NonNullable<TransactWriteCommandInput['TransactItems']> = [];
  const ttl = Math.ceil(millisOf(expires) / 1000);
  const put = (Item: Record<string, unknown>) => puts.push({ Put: { TableName: place.table, Item } });
  let sequence = last;
  for (const event of events) {
    const { companyId } = event;
    sequence += 1;
    const count = (counts.get(companyId) ?? (await lastOf(place, companyCountKey(companyId)))) + 1;
    counts.set(companyId, count);
    put({ ...feedKey(sequence), ttl, body: { ...event, sequence, companySequence: count } });
    put({ ...companyEventKey(companyId, sequence), ttl, sequence });
    put({ ...eventKey(event.id), ttl, sequence });
  }
  for (const [companyId, count] of counts) put({ ...companyCountKey(companyId), last: count });
  return [{ Update: headMoves(place, last, sequence) }, ...puts];
}

function headMoves({ table }: Place, from: number, to: number) {
  return {
    TableName: table,
    Key: feedHeadKey,
    UpdateExpression: 'SET #last = :to',
    ConditionExpression: from === 0 ? 'attribute_not_exists(#last)' : '#last = :from',
    ExpressionAttributeNames: { '#last': 'last' },
    ExpressionAttributeValues: { ':to': to, ...(from === 0 ? {} : { ':from': from }) },
  };
}

async function readFrom(place: Place, first: number, last: number, limit: number): Promise<FeedEvent[]> {
  const found: FeedEvent[] = [];
  let next = first;
  while (next <= last && found.length < limit) {
    const { pk } = feedKey(next);
    const rows = await query(place, {
      KeyConditionExpression: 'pk = :pk AND sk >= :from',
      ExpressionAttributeValues: { ':pk': pk, ':from': feedKey(next).sk },
      Limit: limit - found.length,
    });
    found.push(...rows.map((row) => Stored.parse(row).body).filter(({ sequence }) => sequence <= last));
    next = rows.length === 0 ? nextFeedPartition(next) : Stored.parse(rows.at(-1)).body.sequence + 1;
  }
  return found;
}

/** The oldest event that is kept: old ones are removed by their age, so a search by halves finds it. */
async function oldestOf(place: Place, from: number, last: number): Promise<number> {
  let [low, high] = [from, last];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [found] = await eventsAt(place, [middle]);
    if (found === undefined) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function sequencesOf(
  place: Place,
  companyId: string,
  { after, last, limit }: { after: number; last: number; limit: number },
): Promise<number[]> {
  const rows = await query(place, {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':pk': companyEventKey(companyId, 0).pk,
      ':from': companyEventKey(companyId, after + 1).sk,
      ':to': companyEventKey(companyId, Math.max(last, after + 1)).sk,
    },
    Limit: limit,
  });
  return rows.map((row) => Pointer.parse(row).sequence);
}

async function eventsAt({ tables, table }: Place, sequences: readonly number[]): Promise<FeedEvent[]> {
  const rows = await batchGet(tables, table, sequences.map(feedKey));
  return rows.map((row) => Stored.parse(row).body).sort((a, b) => a.sequence - b.sequence);
}

async function query(
  { tables, table }: Place,
  asked: Pick<QueryCommandInput, 'KeyConditionExpression' | 'ExpressionAttributeValues' | 'Limit'>,
): Promise<Record<string, unknown>[]> {
  const { Items } = await tables.send(new QueryCommand({ TableName: table, ConsistentRead: true, ...asked }));
  return Items ?? [];
}
