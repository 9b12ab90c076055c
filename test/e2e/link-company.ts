import * as z from 'zod';
import { linkAsCustomer } from '../../bin/local/link-as-customer.ts';
import { authorization, type Company } from './api-totals.ts';
import type { ReadyFile } from './running-stack.ts';

const Created = z.object({ id: z.string(), name: z.string() });
const Connection = z.object({ id: z.string(), linkUrl: z.string() });

/** Creates a company through the API and walks its link as its customer does. */
export async function linkCompany(
  ready: ReadyFile,
  customer: { name: string; email: string; businessId: number },
): Promise<Company> {
  const post = async <T>(path: string, body: unknown, shape: z.ZodType<T>): Promise<T> => {
    const reply = await fetch(`${ready.apiUrl}${path}`, {
      method: 'POST',
      headers: { ...authorization(ready), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`POST ${path}: ${reply.status} ${await reply.text()}`);
    return shape.parse(await reply.json());
  };
  const { id, name } = await post('/companies', { name: customer.name }, Created);
  const connection = await post(`/companies/${id}/connections`, { platformKey: 'vxvy' }, Connection);
  await linkAsCustomer({
    linkUrl: connection.linkUrl,
    simulatorUrl: ready.simulator.url,
    originUrl: ready.apiUrl,
    email: customer.email,
    businessId: String(customer.businessId),
  });
  return { id, name, connectionId: connection.id };
}

/** A token of the viewer app for somebody's books, and their ids. */
export async function booksOf(ready: ReadyFile, businessName: string) {
  const { url } = ready.simulator;
  const { people, apps } = z
    .object({
      apps: z.array(z.object({ clientId: z.string() })),
      people: z.array(
        z.object({
          email: z.string(),
          businesses: z.array(
            z.object({ name: z.string(), businessId: z.number(), accountId: z.string().nullable() }),
          ),
        }),
      ),
    })
    .parse(await (await fetch(`${url}/_simulator`)).json());
  const viewer = apps.find(({ clientId }) => clientId !== ready.simulator.app.clientId);
  for (const { email, businesses } of people) {
    const business = businesses.find(({ name }) => name === businessName);
    if (!business?.accountId) continue;
    const reply = await fetch(`${url}/_simulator/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ clientId: viewer?.clientId, email }),
    });
    const { access_token: accessToken } = z.object({ access_token: z.string() }).parse(await reply.json());
    return {
      email,
      businessId: business.businessId,
      books: { url, accountId: business.accountId, accessToken },
    };
  }
  throw new Error(`nobody in the simulator has the business "${businessName}"`);
}
