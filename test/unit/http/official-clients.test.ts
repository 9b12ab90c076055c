import { CodatAccounting } from '@codat/accounting';
import { CodatPlatform } from '@codat/platform';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Connection } from '../../../src/domain/connection.ts';
import { aCompany, aLinkedConnection, start } from '../../fakes/builders.ts';
import { makeWorld, publicUrl, type World } from './api-world.ts';
import { aCategory, aCustomer, aDirectCost, anInvoice, aPayment, aTaxRate, companyFacts } from './records.ts';
import { serve } from './serve.ts';

// Client code written for the API that this one follows has to work with another base URL and key, and nothing else.
// The platform client checks every enum and required property of an answer; the accounting client checks none.

// Loading the clients takes as long as the machine is busy.
jest.setTimeout(300_000);

let world: World;
let server: Awaited<ReturnType<typeof serve>>;
let platform: CodatPlatform;
let accounting: CodatAccounting;

const companyId = 'company-1';
const connectionId = 'connection-1';

const records = {
  company: [{ id: '4200', ...companyFacts }],
  customers: [aCustomer],
  invoices: [anInvoice(), anInvoice({ id: '102', status: 'Draft', totalAmount: 20.5 })],
  payments: [aPayment],
  taxRates: [aTaxRate],
  directCosts: [aDirectCost],
  trackingCategories: [aCategory('1'), aCategory('2', '1')],
};

beforeEach(async () => {
  world = await makeWorld();
  const datasets: Connection['datasets'] = {};
  for (const [dataType, rows] of Object.entries(records)) {
    const snapshot = world.books.keep(dataType, 1, rows);
    datasets[dataType] = {
      status: 'Complete',
      snapshot,
      lastSuccess: start,
      latestOperation: `op-${dataType}`,
    };
  }
  const outcomes = { invoices: { operationId: 'op-invoices', status: 'Complete' as const } };
  await world.companies.insert(aCompany({ tags: { region: 'QC' } }));
  await world.connections.insert(
    aLinkedConnection({
      datasets,
      runs: [{ id: 'run-1', requested: start, completed: start, outcomes }],
      errors: [
        {
          statusCode: '401',
          statusText: 'unauthorized',
          errorMessage: 'Ended.',
          erroredOn: start,
          resolvedOn: start,
        },
      ],
    }),
  );
  server = await serve(world.handle);
  const authHeader = `Basic ${Buffer.from(world.adminKey).toString('base64')}`;
  platform = new CodatPlatform({ authHeader, serverURL: server.url, retryConfig: { strategy: 'none' } });
  accounting = new CodatAccounting({
    security: { authHeader },
    serverURL: server.url,
    retryConfig: { strategy: 'none', retryConnectionErrors: false },
  });
});

afterEach(() => server.close());

describe('@codat/platform', () => {
  it('makes an access token for the connections of a company', async () => {
    const { accessToken, expiresIn, tokenType } = await platform.companies.getAccessToken({ companyId });

    expect([accessToken.slice(0, 3), expiresIn, tokenType]).toEqual(['lc_', 86_400, 'Bearer']);
  });

  it('creates, shows, replaces, updates, lists and deletes companies', async () => {
    const created = await platform.companies.create({ name: 'Acme', tags: { tier: 'gold' } });
    const replaced = await platform.companies.replace({
      companyId: created.id,
      companyRequestBody: { name: 'Acme Two' },
    });
    const updated = await platform.companies.update({
      companyId: created.id,
      companyUpdateRequest: { description: 'Ours' },
    });
    const shown = await platform.companies.get({ companyId });
    const listed = await platform.companies.list({ query: 'dataConnections.status=Linked', pageSize: 1 });
    await platform.companies.delete({ companyId: created.id });

    expect(created).toMatchObject({ name: 'Acme', tags: { tier: 'gold' }, dataConnections: [] });
    expect(replaced).toMatchObject({ name: 'Acme Two', tags: {} });
    expect(updated).toMatchObject({ name: 'Acme Two', description: 'Ours' });
    expect(shown).toMatchObject({ id: companyId, redirect: `${publicUrl}/link/company/company-link-1` });
    expect(listed).toMatchObject({ results: [{ id: companyId }], totalResults: 1, links: { self: {} } });
    expect(await world.companies.find(created.id)).toBeUndefined();
  });

  it('creates, shows, lists, unlinks and deletes connections', async () => {
    const { id } = await platform.companies.create({ name: 'Acme' });
    const created = await platform.connections.create({
      companyId: id,
      requestBody: { platformKey: 'vxvy' },
    });
    const shown = await platform.connections.get({ companyId, connectionId });
    const listed = await platform.connections.list({ companyId });
    const unlinked = await platform.connections.unlink({
      companyId,
      connectionId,
      updateConnectionStatus: { status: 'Unlinked' },
    });
    await platform.connections.delete({ companyId, connectionId });

    expect(created).toMatchObject({ status: 'PendingAuth', integrationKey: 'vxvy' });
    expect(shown).toMatchObject({ status: 'Linked', dataConnectionErrors: [{ status: 'Resolved' }] });
    expect(listed.results).toMatchObject([{ id: connectionId }]);
    expect(unlinked.status).toBe('Unlinked');
  });

  it('refreshes, and reads status and history', async () => {
    const queued = await platform.refreshData.byDataType({ companyId, dataType: 'payments' });
    await platform.refreshData.all({ companyId });
    const statuses = await platform.refreshData.get({ companyId });
    const history = await platform.refreshData.listPullOperations({ companyId, query: 'status=Complete' });
    const one = await platform.refreshData.getPullOperation({ companyId, datasetId: 'op-invoices' });

    expect(queued).toMatchObject({ dataType: 'payments', status: 'Queued' });
    expect(statuses).toMatchObject({
      payments: { dataType: 'payments', currentStatus: 'Queued', latestSyncId: queued.id },
    });
    expect(history.results).toMatchObject([{ id: 'op-invoices', isCompleted: true }]);
    expect(one).toMatchObject({ status: 'Complete', progress: 100 });
  });

  it('reads integrations, profile and API keys, and creates a key', async () => {
    const integrations = await platform.integrations.list({});
    const integration = await platform.integrations.get({ platformKey: 'vxvy' });
    const profile = await platform.settings.getProfile();
    const created = await platform.settings.createApiKey({ name: 'CI' });
    const keys = await platform.settings.listApiKeys();

    expect(integrations.results).toMatchObject([{ key: 'vxvy', enabled: true }]);
    expect(integration.datatypeFeatures).toHaveLength(28);
    expect(profile.name).toBe('Ledgerlink');
    expect(created.apiKey).toMatch(/^ll_/);
    expect(keys.results).toHaveLength(2);
  });

  it('reads and changes the sync settings of all companies and of one', async () => {
    const { settings = [] } = await platform.settings.getSyncSettings();
    await platform.settings.updateSyncSettings({
      clientId: 'ours',
      settings: settings.map((one) => ({ ...one, syncSchedule: 24 })),
    });
    await platform.companies.setCompanySyncSettings({
      companyId,
      requestBody: {
        companyId,
        overridesDefaults: true,
        settings: [{ dataType: 'invoices', fetchOnFirstLink: false, syncSchedule: 168, syncOrder: 1 }],
      },
    });
    const everyone = await platform.settings.getSyncSettings();
    const own = await platform.companies.getCompanySyncSettings({ companyId });

    expect(new Set(everyone.settings?.map(({ syncSchedule }) => syncSchedule))).toEqual(new Set([24]));
    expect(own).toMatchObject({ companyId, overridesDefaults: true });
    expect(own.settings?.find(({ dataType }) => dataType === 'invoices')).toMatchObject({
      fetchOnFirstLink: false,
      syncSchedule: 168,
    });
    expect(own.settings?.find(({ dataType }) => dataType === 'customers')).toMatchObject({
      syncSchedule: 24,
    });
  });

  it('deletes a key, although the client cannot read the 204 that its description asks for', async () => {
    const { id = '' } = await platform.settings.createApiKey({ name: 'CI' });

    await expect(platform.settings.deleteApiKey({ apiKeyId: id })).rejects.toThrow();

    expect(await world.apiKeys.find(id)).toBeUndefined();
  });

  it('throws its typed error with the correlation id', async () => {
    await expect(platform.companies.get({ companyId: 'nobody' })).rejects.toMatchObject({
      statusCode: 404,
      correlationId: 'request-1',
    });
  });
});

describe('@codat/accounting', () => {
  it('lists invoices with query, order and pages', async () => {
    const first = await accounting.invoices.list({ companyId, pageSize: 1, orderBy: '-totalAmount' });
    const drafts = await accounting.invoices.list({ companyId, query: 'status=Draft&&totalAmount<21' });

    expect(first.invoices).toMatchObject({ results: [{ id: '101' }], totalResults: 2, pageNumber: 1 });
    expect(first.invoices?.links.next?.href).toContain('snapshot=');
    expect(drafts.invoices).toMatchObject({ results: [{ id: '102', totalAmount: 20.5 }], totalResults: 1 });
  });

  it('reads lists and single records of every data type that is served', async () => {
    const customers = await accounting.customers.list({ companyId });
    const payments = await accounting.payments.list({ companyId });
    const taxRates = await accounting.taxRates.list({ companyId });
    const categories = await accounting.trackingCategories.list({ companyId });
    const directCosts = await accounting.directCosts.list({ companyId, connectionId });

    expect(customers.customers?.results).toMatchObject([{ customerName: 'Étoile & Sons' }]);
    expect(payments.payments?.results).toMatchObject([{ totalAmount: 50, lines: [{ amount: 50 }] }]);
    expect(taxRates.taxRates?.results).toMatchObject([{ effectiveTaxRate: 14.975 }]);
    expect(categories.trackingCategories?.results).toMatchObject([{ id: '1' }, { parentId: '1' }]);
    expect(directCosts.directCosts?.results).toMatchObject([{ totalAmount: 22.6 }]);
  });

  it('reads single records', async () => {
    const invoice = await accounting.invoices.get({ companyId, invoiceId: '101' });
    const customer = await accounting.customers.get({ companyId, customerId: '7' });
    const payment = await accounting.payments.get({ companyId, paymentId: '900' });
    const taxRate = await accounting.taxRates.get({ companyId, taxRateId: '5-6' });
    const directCost = await accounting.directCosts.get({ companyId, connectionId, directCostId: '55' });
    const tree = await accounting.trackingCategories.get({ companyId, trackingCategoryId: '1' });

    expect(invoice.invoice).toMatchObject({ amountDue: 63, lineItems: [{ taxRateRef: { id: '5' } }] });
    expect(customer.customer).toMatchObject({ emailAddress: 'zoe@example.com' });
    expect(payment.payment).toMatchObject({ id: '900', currency: 'CAD' });
    expect(taxRate.taxRate).toMatchObject({ components: [{ name: 'GST' }, { name: 'QST' }] });
    expect(directCost.directCost).toMatchObject({ contactRef: { id: 'taxi-co' } });
    expect(tree.trackingCategoryTree).toMatchObject({ subCategories: [{ id: '2' }] });
  });

  it('reads and refreshes the facts of the business', async () => {
    const info = await accounting.companyInfo.get({ companyId });
    const refreshed = await accounting.companyInfo.refresh({ companyId });

    expect(info.companyDataset).toMatchObject({
      companyName: 'Busy Agency',
      baseCurrency: 'CAD',
    });
    expect(refreshed.dataset).toMatchObject({
      dataType: 'company',
      status: 'Queued',
    });
  });

  it('hands on why there is nothing', async () => {
    const journals = await accounting.journals.list({ companyId });

    expect([journals.statusCode, journals.errorMessage?.error]).toEqual([
      404,
      'Datatype [journals] not supported by platform(s) [FreshBooks].',
    ]);
  });
});
