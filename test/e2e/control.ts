import * as z from 'zod';
import { authorization, type Company } from './api-totals.ts';
import type { ReadyFile } from './running-stack.ts';

/** Moves the clock of everything that runs forward. */
export async function advanceClock({ controlUrl }: ReadyFile, advanceSeconds: number): Promise<void> {
  const reply = await fetch(`${controlUrl}/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceSeconds }),
  });
  if (!reply.ok) throw new Error(`the clock did not move: ${reply.status} ${await reply.text()}`);
}

const Statuses = z.record(
  z.string(),
  z.object({
    currentStatus: z.string(),
    lastSuccessfulSync: z.string().optional(),
    latestSyncId: z.string().optional(),
    latestSuccessfulSyncId: z.string().optional(),
  }),
);
export type Statuses = z.infer<typeof Statuses>;

export async function dataStatus(ready: ReadyFile, company: Company): Promise<Statuses> {
  const reply = await fetch(`${ready.apiUrl}/companies/${company.id}/dataStatus`, {
    headers: authorization(ready),
  });
  return Statuses.parse(await reply.json());
}

/** Asks for all data and waits until every data type has been synced anew; throws when one fails. */
export async function refreshAll(ready: ReadyFile, company: Company): Promise<Statuses> {
  const before = await dataStatus(ready, company);
  const reply = await fetch(`${ready.apiUrl}/companies/${company.id}/data/all`, {
    method: 'POST',
    headers: authorization(ready),
  });
  if (reply.status !== 204) throw new Error(`refresh: ${reply.status} ${await reply.text()}`);
  return awaitSync(ready, company, before);
}

/** Waits until every data type has a success later than in `before`. */
export async function awaitSync(
  ready: ReadyFile,
  company: Company,
  before: Statuses = {},
): Promise<Statuses> {
  const deadline = Date.now() + 280_000;
  while (Date.now() < deadline) {
    const now = await dataStatus(ready, company);
    const fresh = Object.entries(now).filter(
      ([type, { latestSuccessfulSyncId: id }]) =>
        id !== undefined &&
        id !== before[type]?.latestSuccessfulSyncId &&
        now[type]?.currentStatus === 'Complete',
    );
    if (Object.keys(now).length > 0 && fresh.length === Object.keys(now).length) return now;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`not synced in time: ${JSON.stringify(await dataStatus(ready, company))}`);
}

/**
 * Waits until nothing is queued or being read: what FreshBooks told of edits is fetched a little later, and by then the
 * clock has moved as far as a hint waits. The caller's time-out ends it.
 */
export async function awaitQuiet(ready: ReadyFile, company: Company): Promise<void> {
  await advanceClock(ready, 70);
  for (;;) {
    const statuses = Object.values(await dataStatus(ready, company));
    if (statuses.every(({ currentStatus }) => !['Queued', 'Fetching'].includes(currentStatus))) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const Authorization = z.object({
  function: z.string(),
  role: z.string(),
  action: z.string(),
  resource: z.string(),
  decision: z.string(),
  statement: z.object({ policy: z.string(), index: z.number(), sid: z.string().optional() }).nullish(),
  count: z.number(),
});
export type Authorization = z.infer<typeof Authorization>;

/** Every AWS call that was made, by whom, and which statement let it. */
export async function authorizations({ controlUrl }: ReadyFile): Promise<Authorization[]> {
  return z.array(Authorization).parse(await (await fetch(`${controlUrl}/authorizations`)).json());
}

const Listening = z.object({ callbacks: z.array(z.object({ account: z.string(), verified: z.boolean() })) });

/** Waits until FreshBooks has somebody of this account to tell, the handshake done; the caller's time-out ends it. */
export async function awaitListening({ simulator }: ReadyFile, accountId: string): Promise<void> {
  for (;;) {
    const { callbacks } = Listening.parse(
      await (await fetch(`${simulator.url}/_simulator/callbacks`)).json(),
    );
    const ours = callbacks.filter(({ account }) => account === accountId);
    if (ours.length > 0 && ours.every(({ verified }) => verified)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
