import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { administrator, callAs, startConsumer, subscribe, until } from './consumer.ts';
import { advanceClock } from './control.ts';
import { booksOf, linkCompany } from './link-company.ts';
import { type RunningStack, startStack, temporaryState } from './running-stack.ts';

const Delivery = z.object({
  eventId: z.string(),
  status: z.string(),
  attempts: z.array(z.object({ status: z.number().optional() })),
});

let stack: RunningStack;
let removeState: () => Promise<void>;
let consumer: Awaited<ReturnType<typeof startConsumer>>;
let flaky: Awaited<ReturnType<typeof startConsumer>>;
let admin: string;
let refusals = 0;

beforeAll(async () => {
  const { state, remove } = await temporaryState();
  removeState = remove;
  stack = await startStack(state, ['--books', 'tiny']);
  admin = await administrator(stack.ready);
  consumer = await startConsumer();
  flaky = await startConsumer((body) => {
    if (!body.includes('webhook.test') || refusals > 0) return 204;
    refusals += 1;
    return 500;
  });
}, 240_000);

afterAll(async () => {
  consumer?.close();
  flaky?.close();
  await stack?.stop();
  await removeState?.();
}, 300_000);

describe('a consumer on this machine', () => {
  it('is told, signed, of a company from its creation to its first books, and the feed says the same', async () => {
    const { ready } = stack;
    const { secret } = await subscribe(admin, ready, consumer.url);
    const { email, businessId } = await booksOf(ready, 'Messy & Fils');
    const company = await linkCompany(ready, { name: 'Told Ltd', email, businessId });
    const of = () =>
      consumer.messages(secret).filter((message) => JSON.stringify(message.payload).includes(company.id));

    await until(() => of().some(({ eventType }) => eventType === 'read.completed.initial'));
    const told = () => [...new Set(of().map(({ id }) => id))].sort().join();
    const inFeed = async () => {
      const { results } = await callAs(admin, ready, `GET /events?companyId=${company.id}`);
      const events = z.array(z.object({ id: z.string() })).parse(results);
      return events
        .map(({ id }) => id)
        .sort()
        .join();
    };
    await until(async () => (await inFeed()) === told());

    const types = of().map(({ eventType }) => eventType);
    expect(types).toEqual(
      expect.arrayContaining(['company.created', 'connection.created', 'connection.connected']),
    );
    const initial = of().find(({ eventType }) => eventType === 'read.completed.initial');
    expect(initial?.payload).toMatchObject({
      referenceCompany: { id: company.id, name: 'Told Ltd' },
      dataTypes: expect.arrayContaining([
        expect.objectContaining({
          connectionId: company.connectionId,
          dataType: 'invoices',
          status: 'Complete',
          recordsModified: true,
        }),
      ]),
    });
    expect(JSON.stringify(initial).length).toBeLessThan(64_000);
  }, 300_000);

  it('is sent again under the same id what it did not take', async () => {
    const { ready } = stack;
    const { id, secret } = await subscribe(admin, ready, flaky.url);

    const { eventId } = await callAs(admin, ready, `POST /webhooks/${id}/test`);
    // What the consumer has answered is known to the sender a moment later.
    const delivery = async () => {
      const { results } = await callAs(admin, ready, `GET /webhooks/${id}/deliveries`);
      return z
        .array(Delivery)
        .parse(results)
        .find((one) => one.eventId === eventId);
    };
    await until(async () => (await delivery())?.attempts.length === 1);
    await advanceClock(ready, 60);
    await until(async () => (await delivery())?.status === 'Success');

    expect(await delivery()).toMatchObject({ attempts: [{ status: 500 }, { status: 204 }] });
    expect(flaky.messages(secret).filter((message) => message.id === eventId)).toHaveLength(2);
  }, 300_000);

  it('is the only thing on this machine or beside it that anything goes to', async () => {
    const call = callAs(admin, stack.ready, 'POST /webhooks', { url: 'https://169.254.169.254/' });

    await expect(call).rejects.toThrow('400');
  });
});
