import { expect } from '@jest/globals';
import { awaitSync, dataStatus } from '../control.ts';
import { booksOf, linkCompany } from '../link-company.ts';
import type { Clients, Method } from './clients.ts';

/** A company of its own for a method that changes one. */
async function aCompany({ platform }: Clients, name = 'Conformance Ltd'): Promise<string> {
  return (await platform.companies.create({ name, tags: { suite: 'conformance' } })).id;
}

const companies: readonly Method[] = [
  {
    method: 'companies.create',
    asserts: 'name, description and tags as they were sent, and a link for its customer',
    run: async ({ platform, ready }) => {
      const made = await platform.companies.create({
        name: 'Érablière & Sons',
        description: 'Sirop',
        tags: { region: 'QC' },
      });

      expect(made).toMatchObject({
        name: 'Érablière & Sons',
        description: 'Sirop',
        tags: { region: 'QC' },
        dataConnections: [],
      });
      expect(made.redirect).toMatch(new RegExp(`^${ready.apiUrl}/link/company/`));
    },
  },
  {
    method: 'companies.list',
    asserts: 'the linked company by a query over its connections, and one by its tag; pages with links',
    run: async (clients) => {
      const id = await aCompany(clients, 'Listed Ltd');
      const linked = await clients.platform.companies.list({ query: 'dataConnections.status=Linked' });
      const tagged = await clients.platform.companies.list({ tags: 'suite=conformance', query: `id=${id}` });
      const first = await clients.platform.companies.list({ page: 1, pageSize: 1 });

      expect(linked.results).toMatchObject([{ id: clients.company.id, name: clients.company.name }]);
      expect(tagged.results).toMatchObject([{ id, name: 'Listed Ltd' }]);
      expect(first.totalResults).toBeGreaterThan(1);
      expect(first.links.next?.href).toContain('page=2');
    },
  },
  {
    method: 'companies.get',
    asserts: 'the linked company with its connection and when it was last synced',
    run: async ({ platform, company }) => {
      const shown = await platform.companies.get({ companyId: company.id });

      expect(shown).toMatchObject({ id: company.id, name: company.name });
      expect(shown.dataConnections).toMatchObject([{ id: company.connectionId, status: 'Linked' }]);
      expect(Date.parse(shown.lastSync ?? '')).not.toBeNaN();
    },
  },
  {
    method: 'companies.replace',
    asserts: 'what is left out is gone',
    run: async (clients) => {
      const companyId = await aCompany(clients);
      await clients.platform.companies.replace({ companyId, companyRequestBody: { name: 'Replaced' } });

      const shown = await clients.platform.companies.get({ companyId });

      expect(shown).toMatchObject({ name: 'Replaced', tags: {} });
    },
  },
  {
    method: 'companies.update',
    asserts: 'what is left out stays',
    run: async (clients) => {
      const companyId = await aCompany(clients);
      await clients.platform.companies.update({ companyId, companyUpdateRequest: { description: 'Ours' } });

      const shown = await clients.platform.companies.get({ companyId });

      expect(shown).toMatchObject({
        name: 'Conformance Ltd',
        description: 'Ours',
        tags: { suite: 'conformance' },
      });
    },
  },
  {
    method: 'companies.delete',
    asserts: 'it is not there any more, which the client says with its typed error',
    run: async (clients) => {
      const companyId = await aCompany(clients);
      await clients.platform.companies.delete({ companyId });

      await expect(clients.platform.companies.get({ companyId })).rejects.toMatchObject({
        statusCode: 404,
        correlationId: expect.any(String),
      });
    },
  },
];

async function aConnection(clients: Clients) {
  const companyId = await aCompany(clients);
  const { id } = await clients.platform.connections.create({
    companyId,
    requestBody: { platformKey: 'vxvy' },
  });
  return { companyId, connectionId: id };
}

const connections: readonly Method[] = [
  {
    method: 'connections.create',
    asserts: 'a connection that waits for its customer, with the link to send to him',
    run: async (clients) => {
      const companyId = await aCompany(clients);
      const made = await clients.platform.connections.create({
        companyId,
        requestBody: { platformKey: 'vxvy' },
      });

      expect(made).toMatchObject({
        status: 'PendingAuth',
        integrationKey: 'vxvy',
        sourceType: 'Accounting',
        platformName: 'FreshBooks',
      });
      const page = await fetch(made.linkUrl, { redirect: 'manual' });
      expect([page.status, page.headers.get('location')]).toEqual([303, expect.stringContaining('/oauth/')]);
    },
  },
  {
    method: 'connections.list',
    asserts: 'the connection of the linked company, found by its state and not by another',
    run: async ({ platform, company }) => {
      const list = (query: string) => platform.connections.list({ companyId: company.id, query });

      expect((await list('status=Linked')).results).toMatchObject([{ id: company.connectionId }]);
      expect((await list('status=PendingAuth')).results).toEqual([]);
    },
  },
  {
    method: 'connections.get',
    asserts: 'its state and the facts of the FreshBooks business behind it',
    run: async ({ platform, company, ready }) => {
      const { id: companyId, connectionId } = company;
      const shown = await platform.connections.get({ companyId, connectionId });

      expect(shown).toMatchObject({
        id: connectionId,
        status: 'Linked',
        connectionInfo: {
          accountId: ready.simulator.accountId,
          businessId: String(ready.simulator.businessId),
        },
      });
    },
  },
  {
    method: 'connections.unlink',
    asserts: 'Unlinked, and it stays so',
    run: async (clients) => {
      const { email, businessId } = await booksOf(clients.ready, 'Tiny Studio');
      const linked = await linkCompany(clients.ready, { name: 'Leaving Ltd', email, businessId });
      const ref = { companyId: linked.id, connectionId: linked.connectionId };
      await clients.platform.connections.unlink({
        ...ref,
        updateConnectionStatus: { status: 'Unlinked' },
      });

      expect((await clients.platform.connections.get(ref)).status).toBe('Unlinked');
    },
  },
  {
    method: 'connections.delete',
    asserts: 'it is gone from the list',
    run: async (clients) => {
      const ref = await aConnection(clients);
      await clients.platform.connections.delete(ref);

      expect((await clients.platform.connections.list({ companyId: ref.companyId })).results).toEqual([]);
    },
  },
];

const refreshing: readonly Method[] = [
  {
    method: 'refreshData.all',
    asserts: 'every data type is synced anew',
    run: async ({ platform, company, ready }) => {
      const before = await dataStatus(ready, company);
      await platform.refreshData.all({ companyId: company.id });

      const after = await awaitSync(ready, company, before);

      expect(Object.keys(after)).toEqual(Object.keys(before));
    },
  },
  {
    method: 'refreshData.byDataType',
    asserts: 'a queued operation that completes under the id that was answered',
    run: async ({ platform, company }) => {
      const queued = await platform.refreshData.byDataType({ companyId: company.id, dataType: 'payments' });
      expect(queued).toMatchObject({ dataType: 'payments', connectionId: company.connectionId });

      const datasetId = queued.id;
      const look = () => platform.refreshData.getPullOperation({ companyId: company.id, datasetId });
      let seen = await look();
      while (!seen.isCompleted) seen = await look();

      expect(seen).toMatchObject({ id: datasetId, status: 'Complete', isErrored: false, progress: 100 });
    },
  },
  {
    method: 'refreshData.get',
    asserts: 'every data type that is read, complete, with the operations that read it',
    run: async ({ platform, company }) => {
      const statuses = await platform.refreshData.get({ companyId: company.id });

      for (const dataType of ['invoices', 'customers', 'journalEntries', 'chartOfAccounts'] as const) {
        expect(statuses[dataType]).toMatchObject({
          dataType,
          currentStatus: 'Complete',
          lastSuccessfulSync: expect.any(String),
          latestSyncId: expect.any(String),
        });
      }
    },
  },
  {
    method: 'refreshData.listPullOperations',
    asserts: 'what was read of one data type, newest first, found by a query',
    run: async ({ platform, company }) => {
      const { results = [] } = await platform.refreshData.listPullOperations({
        companyId: company.id,
        query: 'dataType=invoices&&status=Complete',
      });

      expect(results.length).toBeGreaterThan(0);
      expect(new Set(results.map(({ dataType }) => dataType))).toEqual(new Set(['invoices']));
      const times = results.map(({ requested }) => requested);
      expect(times).toEqual(times.toSorted().toReversed());
    },
  },
  {
    method: 'refreshData.getPullOperation',
    asserts: 'the same operation as in the list',
    run: async ({ platform, company }) => {
      const { results = [] } = await platform.refreshData.listPullOperations({ companyId: company.id });
      const [newest] = results;

      const one = await platform.refreshData.getPullOperation({
        companyId: company.id,
        datasetId: newest?.id ?? '',
      });

      expect(one).toEqual(newest);
    },
  },
];

const installation: readonly Method[] = [
  {
    method: 'integrations.list',
    asserts: 'FreshBooks, enabled, found by the documented query',
    run: async ({ platform }) => {
      const { results } = await platform.integrations.list({ query: 'sourceType=Accounting&&enabled=true' });

      expect(results).toMatchObject([{ key: 'vxvy', name: 'FreshBooks', enabled: true }]);
    },
  },
  {
    method: 'integrations.get',
    asserts: 'which data types can be read and which cannot',
    run: async ({ platform }) => {
      const { datatypeFeatures = [] } = await platform.integrations.get({ platformKey: 'vxvy' });
      const stateOf = (dataType: string) =>
        datatypeFeatures?.find((one) => one.dataType === dataType)?.supportedFeatures[0]?.featureState;

      expect([stateOf('invoices'), stateOf('bankTransactions')]).toEqual(['Release', 'NotSupported']);
    },
  },
  {
    method: 'settings.getProfile',
    asserts: 'the name of the installation',
    run: async ({ platform }) => {
      expect((await platform.settings.getProfile()).name).toBe('Ledgerlink');
    },
  },
  {
    method: 'settings.getSyncSettings',
    asserts: 'a schedule in hours for each data type that is read',
    run: async ({ platform, company, ready }) => {
      const { settings = [] } = await platform.settings.getSyncSettings();
      const scheduled = settings.map(({ dataType }) => dataType);

      expect(scheduled).toEqual(
        expect.arrayContaining(
          Object.keys(await dataStatus(ready, company)).filter((type) => type !== 'company'),
        ),
      );
      expect(settings.every(({ syncSchedule }) => syncSchedule >= 0)).toBe(true);
    },
  },
  {
    method: 'settings.updateSyncSettings',
    asserts: 'what was shown may be sent back with another schedule, which is kept',
    run: async ({ platform }) => {
      const scheduleOf = async () =>
        (await platform.settings.getSyncSettings()).settings?.find(
          ({ dataType }) => dataType === 'suppliers',
        );
      const before = await platform.settings.getSyncSettings();
      const settings = (before.settings ?? []).map((one) =>
        one.dataType === 'suppliers' ? { ...one, syncSchedule: 168 } : one,
      );
      const shown = { clientId: before.clientId ?? '', overridesDefaults: true };
      await platform.settings.updateSyncSettings({ ...shown, settings });
      expect((await scheduleOf())?.syncSchedule).toBe(168);

      await platform.settings.updateSyncSettings({ ...shown, settings: before.settings ?? [] });

      expect(await scheduleOf()).toEqual(before.settings?.find(({ dataType }) => dataType === 'suppliers'));
    },
  },
  {
    method: 'settings.listApiKeys',
    asserts: 'the key that this suite calls with, without the key itself',
    run: async ({ platform, ready }) => {
      const { results = [] } = await platform.settings.listApiKeys();

      expect(results.length).toBeGreaterThan(0);
      expect(JSON.stringify(results)).not.toContain(ready.apiKey);
    },
  },
  {
    method: 'settings.createApiKey',
    asserts: 'a key that opens the API',
    run: async ({ platform, ready }) => {
      const { apiKey = '', name } = await platform.settings.createApiKey({ name: 'Conformance' });
      const reply = await fetch(`${ready.apiUrl}/companies`, {
        headers: { authorization: `Bearer ${apiKey}` },
      });

      expect([name, reply.status]).toEqual(['Conformance', 200]);
    },
  },
  {
    method: 'settings.deleteApiKey',
    asserts: 'the key opens nothing any more, although the client cannot read the 204 it asks for',
    run: async ({ platform, ready }) => {
      const { apiKey = '', id = '' } = await platform.settings.createApiKey({ name: 'Doomed' });
      await expect(platform.settings.deleteApiKey({ apiKeyId: id })).rejects.toThrow();

      const reply = await fetch(`${ready.apiUrl}/companies`, {
        headers: { authorization: `Bearer ${apiKey}` },
      });

      expect(reply.status).toBe(401);
    },
  },
];

/** A consumer on this machine that nobody listens at: what is asserted is the registration. */
const consumer = {
  url: 'http://127.0.0.1:9/hook',
  eventTypes: ['read.completed'],
  companyTags: ['region:west'],
} as const;

const createConsumer = ({ platform }: Clients) =>
  platform.webhooks.createConsumer({
    url: consumer.url,
    eventTypes: [...consumer.eventTypes],
    companyTags: [...consumer.companyTags],
  });

const webhooks: readonly Method[] = [
  {
    method: 'webhooks.listConsumers',
    asserts: 'the consumer that was created',
    run: async (clients) => {
      const { id } = await createConsumer(clients);
      const { results = [] } = await clients.platform.webhooks.listConsumers();

      expect(results.find((one) => one.id === id)).toMatchObject({ ...consumer, disabled: false });
    },
  },
  {
    method: 'webhooks.createConsumer',
    asserts: 'a consumer with its address, event types and tags',
    run: async (clients) => {
      expect(await createConsumer(clients)).toMatchObject({ ...consumer, id: expect.any(String) });
    },
  },
  {
    method: 'webhooks.deleteConsumer',
    asserts: 'the consumer is gone',
    run: async (clients) => {
      const { id = '' } = await createConsumer(clients);
      await clients.platform.webhooks.deleteConsumer({ webhookId: id });
      const { results = [] } = await clients.platform.webhooks.listConsumers();

      expect(results.map((one) => one.id)).not.toContain(id);
    },
  },
];

/** Every method of `@codat/platform` that is a must, with what is asserted of it. */
export const platformMethods: readonly Method[] = [
  ...companies,
  ...connections,
  ...refreshing,
  ...installation,
  ...webhooks,
];
