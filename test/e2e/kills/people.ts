import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { linkAsCustomer } from '../../../bin/local/link-as-customer.ts';
import { apiTotals, authorization, type Company } from '../api-totals.ts';
import { advanceClock, dataStatus } from '../control.ts';
import { booksOf } from '../link-company.ts';
import type { ReadyFile } from '../running-stack.ts';
import { checkedTypes, sourceTotals } from '../vendor-truth.ts';

// People and programs who get no answer ask again, as everybody does.

const patienceMillis = 180_000;

/** Tries until it works, a moment in between; fails with the last reason. */
export async function insist<T>(what: string, attempt: () => Promise<T>): Promise<T> {
  const end = performance.now() + patienceMillis;
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      if (performance.now() > end) throw new Error(`${what} never worked`, { cause });
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

/** One call of the API, asked again under the same Idempotency-Key until it is answered with what it promises. */
export async function call<T>(
  ready: ReadyFile,
  operation: string,
  shape: z.ZodType<T>,
  body?: unknown,
  bearer: { authorization: string } = authorization(ready),
): Promise<T> {
  const [method = '', path = ''] = operation.split(' ');
  const headers = { ...bearer, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  return insist(operation, async () => {
    const reply = await fetch(`${ready.apiUrl}${path}`, { method, headers, ...content });
    const text = await reply.text();
    // Deleted before, by a call whose answer was lost.
    const done = reply.ok || (method === 'DELETE' && reply.status === 404);
    if (!done) await advanceClock(ready, Number(reply.headers.get('retry-after') ?? 0));
    if (!done) throw new Error(`${reply.status} ${text}`);
    return shape.parse(text === '' ? undefined : JSON.parse(text));
  });
}

const Connection = z.object({ id: z.string(), status: z.string(), linkUrl: z.string() });

/** The customer follows the link until they see that they are connected. */
export async function linkPatiently(
  ready: ReadyFile,
  company: Omit<Company, 'connectionId'>,
  customer: { email: string; businessId: number },
): Promise<Company> {
  const made = await call(ready, `POST /companies/${company.id}/connections`, Connection, {
    platformKey: 'vxvy',
  });
  const path = `GET /companies/${company.id}/connections/${made.id}`;
  await insist('the link journey', async () => {
    const { status } = await call(ready, path, Connection);
    if (status === 'Linked') return;
    await linkAsCustomer({
      linkUrl: made.linkUrl,
      simulatorUrl: ready.simulator.url,
      originUrl: ready.apiUrl,
      email: customer.email,
      businessId: String(customer.businessId),
    });
  });
  return { ...company, connectionId: made.id };
}

/** Time goes on by itself, faster and faster: leases end, messages come again, the schedule looks. */
export async function untilTrue(ready: ReadyFile, what: string, holds: () => Promise<string | undefined>) {
  const end = performance.now() + patienceMillis;
  for (let tried = 1; ; tried += 1) {
    const wrong = await holds().catch((error: unknown) => String(error));
    if (wrong === undefined) return;
    if (performance.now() > end) throw new Error(`${what}: ${wrong}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    if (tried % 6 === 0) await advanceClock(ready, Math.min(1000, 70 * 2 ** (tried / 6 - 1)));
  }
}

/** What is not yet as FreshBooks has it, or not at rest; `undefined` when all is well. */
export async function unlike(
  ready: ReadyFile,
  company: Company,
  business: string,
): Promise<string | undefined> {
  const open = Object.entries(await dataStatus(ready, company)).filter(
    ([, { currentStatus }]) => currentStatus !== 'Complete',
  );
  if (open.length > 0) return JSON.stringify(open);
  const { books } = await booksOf(ready, business);
  for (const dataType of checkedTypes) {
    const held = await apiTotals(ready, company, dataType);
    const source = await sourceTotals(books, dataType);
    if (!isDeepStrictEqual(held, source))
      return `${dataType}: ${JSON.stringify({ held, source }).slice(0, 400)}`;
  }
  return undefined;
}
