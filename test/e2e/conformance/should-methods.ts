import { expect } from '@jest/globals';
import * as z from 'zod';
import { authorization } from '../api-totals.ts';
import { booksOf } from '../link-company.ts';
import type { ReadyFile } from '../running-stack.ts';
import type { Clients, Method } from './clients.ts';
import { listedMethods } from './listed-methods.ts';
import { amountOf } from './source-rows.ts';

/** Methods of reading and of settings that code may do without, and that work all the same. */
export const shouldMethods = {
  platform: [
    'companies.getAccessToken',
    'companies.getCompanySyncSettings',
    'companies.setCompanySyncSettings',
    'connections.updateAuthorization',
    'integrations.getBranding',
    'settings.updateProfile',
    'readData.getValidationResults',
    'pushData.listOperations',
    'pushData.getOperation',
    'pushData.getModelOptions',
  ],
  accounting: [
    'directIncomes.list',
    'directIncomes.get',
    'reports.getAgedCreditorsReport',
    'reports.isAgedCreditorsReportAvailable',
    'invoices.downloadPdf',
  ],
} as const;

const refOf = ({ company }: Clients) => ({ companyId: company.id, connectionId: company.connectionId });

/** What another system with the same app holds of a customer. */
async function tokensOf({ simulator }: ReadyFile, email: string) {
  const reply = await fetch(`${simulator.url}/_simulator/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clientId: simulator.app.clientId, email }),
  });
  return z.object({ access_token: z.string(), refresh_token: z.string() }).parse(await reply.json());
}

export const shouldPlatform: readonly Method[] = [
  {
    method: 'companies.getAccessToken',
    asserts: 'a token for a day, which opens the connections of that company and nothing else',
    run: async ({ platform, company, ready }) => {
      const { accessToken, expiresIn, tokenType } = await platform.companies.getAccessToken({
        companyId: company.id,
      });
      const statusAt = async (path: string) =>
        (await fetch(ready.apiUrl + path, { headers: { authorization: `${tokenType} ${accessToken}` } }))
          .status;

      expect(expiresIn).toBe(86_400);
      expect(await statusAt(`/companies/${company.id}/connections`)).toBe(200);
      expect(await statusAt('/companies')).toBe(403);
    },
  },
  {
    method: 'companies.getCompanySyncSettings',
    asserts: 'the schedule of the company, which overrides nothing yet',
    run: async ({ platform, company }) => {
      const shown = await platform.companies.getCompanySyncSettings({ companyId: company.id });

      expect(shown).toMatchObject({ companyId: company.id, overridesDefaults: false });
      expect(shown.settings?.length).toBeGreaterThan(0);
    },
  },
  {
    method: 'companies.setCompanySyncSettings',
    asserts: 'a schedule of its own, which is shown, and taken back again',
    run: async ({ platform, company }) => {
      const companyId = company.id;
      const { settings = [] } = await platform.companies.getCompanySyncSettings({ companyId });
      const own = settings.map((one) => ({ ...one, syncSchedule: 24 }));
      const set = (overridesDefaults: boolean) =>
        platform.companies.setCompanySyncSettings({
          companyId,
          requestBody: { companyId, overridesDefaults, settings: own },
        });
      await set(true);
      const shown = await platform.companies.getCompanySyncSettings({ companyId });
      expect(shown.settings?.every(({ syncSchedule }) => syncSchedule === 24)).toBe(true);

      await set(false);

      expect((await platform.companies.getCompanySyncSettings({ companyId })).overridesDefaults).toBe(false);
    },
  },
  {
    method: 'connections.updateAuthorization',
    asserts: 'a connection linked by the tokens that another system held, without its customer',
    run: async ({ platform, ready }) => {
      const { email, businessId } = await booksOf(ready, 'Tiny Studio');
      const held = await tokensOf(ready, email);
      const { id: companyId } = await platform.companies.create({ name: 'Moved Ltd' });
      const { id: connectionId } = await platform.connections.create({
        companyId,
        requestBody: { platformKey: 'vxvy' },
      });

      const moved = await platform.connections.updateAuthorization({
        companyId,
        connectionId,
        requestBody: {
          clientId: ready.simulator.app.clientId,
          accessToken: held.access_token,
          refreshToken: held.refresh_token,
          businessId: String(businessId),
        },
      });

      expect(moved).toMatchObject({ id: connectionId, status: 'Linked' });
    },
  },
  {
    method: 'integrations.getBranding',
    asserts: 'a logo that can be fetched',
    run: async ({ platform }) => {
      const { logo } = await platform.integrations.getBranding({ platformKey: 'vxvy' });

      const image = await fetch(logo?.full?.image?.src ?? '');

      expect(image.status).toBe(200);
    },
  },
  {
    method: 'settings.updateProfile',
    asserts: 'another name, which is kept, and the former one again',
    run: async ({ platform }) => {
      const before = await platform.settings.getProfile();
      await platform.settings.updateProfile({ ...before, name: 'Another Name' });
      expect((await platform.settings.getProfile()).name).toBe('Another Name');

      await platform.settings.updateProfile(before);

      expect((await platform.settings.getProfile()).name).toBe(before.name);
    },
  },
  {
    method: 'readData.getValidationResults',
    asserts: 'no errors of a read that succeeded',
    run: async ({ platform, company }) => {
      const companyId = company.id;
      const { results = [] } = await platform.refreshData.listPullOperations({
        companyId,
        query: 'dataType=invoices',
      });

      const shown = await platform.readData.getValidationResults({
        companyId,
        datasetId: results[0]?.id ?? '',
      });

      expect(shown.errors ?? []).toEqual([]);
    },
  },
  {
    method: 'pushData.listOperations',
    asserts: 'that nothing was written',
    run: async ({ platform, company }) => {
      expect(await platform.pushData.listOperations({ companyId: company.id })).toMatchObject({
        results: [],
        totalResults: 0,
      });
    },
  },
  {
    method: 'pushData.getOperation',
    asserts: 'the typed error that there is none',
    run: async ({ platform, company }) => {
      const wish = { companyId: company.id, pushOperationKey: 'none' };
      await expect(platform.pushData.getOperation(wish)).rejects.toMatchObject({ statusCode: 404 });
    },
  },
  {
    method: 'pushData.getModelOptions',
    asserts: 'the typed error that nothing can be written',
    run: async (clients) => {
      const wish = { ...refOf(clients), dataType: 'invoices' as const };
      await expect(clients.platform.pushData.getModelOptions(wish)).rejects.toMatchObject({
        statusCode: 404,
      });
    },
  },
];

export const shouldAccounting: readonly Method[] = [
  ...listedMethods({
    name: 'directIncomes',
    list: async ({ accounting }, wish) => (await accounting.directIncomes.list(wish)).directIncomes,
    get: async ({ accounting }, { companyId, connectionId }, directIncomeId) =>
      (await accounting.directIncomes.get({ companyId, connectionId, directIncomeId })).directIncome,
    source: {
      path: 'other_incomes/other_incomes',
      key: 'other_income',
      id: (row) => String(row['incomeid']),
      value: ({ amount }) => amountOf(amount),
    },
    value: ({ totalAmount }) => Number(totalAmount),
    only: true,
  }),
  {
    method: 'reports.getAgedCreditorsReport',
    asserts: 'open bills of suppliers',
    run: async ({ accounting, company }) => {
      const { agedCreditorReport } = await accounting.reports.getAgedCreditorsReport({
        companyId: company.id,
      });

      expect(agedCreditorReport?.data?.length).toBeGreaterThan(0);
    },
  },
  {
    method: 'reports.isAgedCreditorsReportAvailable',
    asserts: 'true once the books are held',
    run: async ({ accounting, company }) => {
      const { isAgedCreditorsReportAvailable200ApplicationJSONBoolean: available } =
        await accounting.reports.isAgedCreditorsReportAvailable({ companyId: company.id });

      expect(available).toBe(true);
    },
  },
  {
    method: 'invoices.downloadPdf',
    asserts: 'the PDF that FreshBooks makes of the invoice, the same bytes when asked for again',
    run: async (clients) => {
      const { accounting, company, ready } = clients;
      const companyId = company.id;
      const { invoices } = await accounting.invoices.list({ companyId, page: 1, pageSize: 1 });
      const [invoice] = invoices?.results ?? [];
      const invoiceId = invoice?.id ?? '';

      const { data } = await accounting.invoices.downloadPdf({ companyId, invoiceId });

      const text = Buffer.from(data ?? []).toString('latin1');
      expect(text).toMatch(/^%PDF-/);
      expect(text).toContain(`Invoice ${invoice?.invoiceNumber}`);
      const plain = await fetch(`${ready.apiUrl}/companies/${companyId}/data/invoices/${invoiceId}/pdf`, {
        headers: authorization(ready),
      });
      expect(plain.headers.get('content-disposition')).toBe(
        `attachment; filename="invoice-${invoiceId}.pdf"`,
      );
      expect(await plain.bytes()).toEqual(new Uint8Array(data ?? []));
    },
  },
];
