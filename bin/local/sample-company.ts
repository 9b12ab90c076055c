import * as z from 'zod';
import type { ApiClient } from '../api/api-client.ts';
import { linkAsCustomer } from './link-as-customer.ts';
import type { BookName } from './options.ts';

const Integration = z.object({
  configured: z.boolean(),
  enabled: z.boolean(),
  offered: z.object({ read: z.array(z.string()) }),
});
const Connection = z.object({ id: z.string(), status: z.string(), linkUrl: z.string() });
const Company = z.object({ id: z.string(), name: z.string() });
const Companies = z.object({ results: z.array(Company) });
const Connections = z.object({ results: z.array(Connection) });
const Simulated = z.object({
  people: z.array(
    z.object({
      email: z.string(),
      businesses: z.array(
        z.object({
          name: z.string(),
          businessId: z.number(),
          businessUuid: z.string(),
          accountId: z.string().nullable(),
          book: z.string().nullish(),
        }),
      ),
    }),
  ),
});

/** The business of the simulator whose books are to be linked, and whose it is. */
export type SampleBusiness = {
  email: string;
  name: string;
  businessId: number;
  businessUuid: string;
  accountId: string;
};

export type SampleCompany = { id: string; name: string; connectionId: string };
/** `status` is the connection's. */
type LeftSample = SampleCompany & { status: string };

/** Finds the business that holds `book` in the simulator. */
export async function findBusiness(simulatorUrl: string, book: BookName): Promise<SampleBusiness> {
  const { people } = Simulated.parse(await (await fetch(`${simulatorUrl}/_simulator`)).json());
  for (const { email, businesses } of people) {
    const business = businesses.find((candidate) => candidate.book === book);
    if (business?.accountId) return { ...business, accountId: business.accountId, email };
  }
  throw new Error(`the simulator has no business with the books "${book}"`);
}

/** Saves the app's keys and enables the integration, unless somebody did already. */
export async function setUpIntegration(
  admin: ApiClient,
  app: { clientId: string; clientSecret: string },
): Promise<void> {
  const integration = await admin('GET', '/setup/integration', Integration);
  if (!integration.configured) {
    await admin('PUT', '/setup/integration/keys', z.unknown(), { ...app, scopes: integration.offered.read });
  }
  if (!integration.enabled) await admin('PUT', '/setup/integration/enabled', z.unknown(), { enabled: true });
}

/** The sample company as an earlier start left it; `undefined` when there is none, or none with a connection. */
export async function findSample(
  admin: ApiClient,
  sample: { name: string },
): Promise<LeftSample | undefined> {
  const { results } = await admin('GET', '/companies?pageSize=5000', Companies);
  const company = results.find(({ name }) => name === sample.name);
  if (company === undefined) return undefined;
  const connections = await admin('GET', `/companies/${company.id}/connections`, Connections);
  const [connection] = connections.results;
  return connection && { ...company, connectionId: connection.id, status: connection.status };
}

/** The sample company, created unless an earlier start did it, and linked as its customer would. */
export async function linkSample(
  admin: ApiClient,
  sample: SampleBusiness,
  urls: { simulatorUrl: string; originUrl: string; publicUrl: string },
): Promise<SampleCompany> {
  const held = await admin('GET', '/companies?pageSize=5000', Companies);
  const company =
    held.results.find(({ name }) => name === sample.name) ??
    (await admin('POST', '/companies', Company, { name: sample.name }));
  const path = `/companies/${company.id}/connections`;
  const [waiting] = (await admin('GET', path, Connections)).results;
  const connection = waiting ?? (await admin('POST', path, Connection, { platformKey: 'vxvy' }));
  // What a killed start left may have been linked meanwhile, by the worker that goes on with it.
  if (connection.status !== 'Linked') {
    const { email, businessId } = sample;
    await linkAsCustomer({
      ...urls,
      linkUrl: connection.linkUrl,
      email,
      businessId: String(businessId),
    });
  }
  return { id: company.id, name: company.name, connectionId: connection.id };
}

/** Every company with its connection, for `ready.json`. */
export async function listCompanies(admin: ApiClient): Promise<SampleCompany[]> {
  const { results } = await admin('GET', '/companies?pageSize=5000', Companies);
  const listed = await Promise.all(
    results.map(async ({ id, name }) => {
      const connections = await admin('GET', `/companies/${id}/connections`, Connections);
      return connections.results.map((connection) => ({ id, name, connectionId: connection.id }));
    }),
  );
  return listed.flat();
}
