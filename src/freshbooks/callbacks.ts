import * as z from 'zod';
import type { Business } from '../domain/connection.ts';
import { Problem } from '../domain/problem.ts';
import type { Access, Client } from './client.ts';

type Who = { business: Business; access: Access };

const Row = z.object({
  callbackid: z.union([z.int(), z.string()]).transform(String),
  event: z.string(),
  uri: z.string(),
  verified: z.boolean().catch(false),
});

const List = z.object({
  response: z.object({ result: z.object({ callbacks: z.array(Row), pages: z.int().catch(0) }) }),
});
const One = z.object({ response: z.object({ result: z.object({ callback: Row }) }) });

type Shown = { id: string; event: string; uri: string; verified: boolean };

const shown = ({ callbackid, ...rest }: z.infer<typeof Row>): Shown => ({ ...rest, id: callbackid });

const pathOf = ({ business }: Who): string =>
  `/events/account/${encodeURIComponent(business.accountId)}/events/callbacks`;

const subject = 'callbacks';
/** A list is given up after so long: the next look comes in any case. */
const patienceMillis = 60_000;
/** No account of ours has a tenth of it. */
const mostPages = 50;

/** FreshBooks' registration of callbacks (freshbooks-api §5.1). Every change is sent once. */
export function makeCallbacks({ client, now }: { client: Client; now: () => number }) {
  const page = async (who: Who, n: number) => {
    const path = `${pathOf(who)}?page=${n}&per_page=100`;
    const as = (body: unknown) => read(List, body);
    const request = { subject, path, access: who.access, as, deadline: now() + patienceMillis };
    return (await client.get(request)).value.response.result;
  };

  const change = (who: Who, id: string, callback: Record<string, unknown>): Promise<unknown> =>
    client.send({
      subject,
      method: 'PUT',
      path: `${pathOf(who)}/${id}`,
      access: who.access,
      body: { callback },
    });

  return {
    async list(who: Who): Promise<Shown[]> {
      const found: Shown[] = [];
      for (let n = 1; n <= mostPages; n += 1) {
        const { callbacks, pages } = await page(who, n);
        found.push(...callbacks.map(shown));
        if (n >= pages || callbacks.length === 0) break;
      }
      return found;
    },
    async create(who: Who, wish: { event: string; uri: string }): Promise<Shown | undefined> {
      const { access } = who;
      const request = {
        subject,
        method: 'POST',
        path: pathOf(who),
        access,
        body: { callback: wish },
      } as const;
      const body = await unlessRefused(client.send(request));
      return body === undefined ? undefined : shown(read(One, body).response.result.callback);
    },
    confirm: async (who: Who, id: string, verifier: string): Promise<boolean> =>
      (await unlessRefused(change(who, id, { callback_id: Number(id), verifier }))) !== undefined,
    async resend(who: Who, id: string): Promise<void> {
      await unlessRefused(change(who, id, { callback_id: Number(id), resend: true }));
    },
    async remove(who: Who, id: string): Promise<void> {
      const path = `${pathOf(who)}/${id}`;
      await unlessRefused(client.send({ subject, method: 'DELETE', path, access: who.access }));
    },
  };
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Problem('unavailable', `${subject}: FreshBooks’ answer was not what its pages say.`);
}

/** An event it does not know, a scope that was not given, a callback that is gone: said by `undefined`. */
async function unlessRefused(sent: Promise<unknown>): Promise<unknown> {
  try {
    return (await sent) ?? {};
  } catch (error) {
    const refusals = ['broken', 'no-permission', 'not-found'];
    if (error instanceof Problem && refusals.includes(error.kind)) return undefined;
    throw error;
  }
}
