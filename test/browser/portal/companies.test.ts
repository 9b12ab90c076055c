import { expect, it } from '@jest/globals';
import { describePortal } from './describe-portal.ts';
import type { FakeLedgerlink } from './fake/fake-ledgerlink.ts';
import { patience } from './open-portal.ts';

const busyAgency = (server: FakeLedgerlink) => {
  server.setUp();
  server.addCompany('Maple Ltd', { id: 'connection-2', status: 'PendingAuth' });
  server.addCompany('Busy Agency', {
    id: 'connection-1',
    status: 'Linked',
    businessName: 'Busy Agency Inc.',
  });
};

describePortal('companies in the portal', (portal) => {
  it(
    'says what to do when there are none, and leads from there to the new company’s link',
    async () => {
      const { page, ledgerlink } = await portal.open('/companies', (server) => server.setUp());

      await page.getByText('No companies yet').waitFor();
      await page.getByRole('button', { name: 'Create company' }).first().click();
      await page.getByLabel('Name', { exact: true }).fill('Maple Ltd');
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Maple Ltd' }).waitFor();
      await page.getByRole('button', { name: 'Copy: Link for the customer' }).click();

      expect(ledgerlink.companies.map(({ name }) => name)).toEqual(['Maple Ltd']);
      expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/\/link\/company\/token-of-/);
    },
    patience,
  );

  it(
    'creates a company by keyboard alone',
    async () => {
      const { page, ledgerlink } = await portal.open('/companies');

      await page.getByRole('button', { name: 'Create company' }).first().focus();
      await page.keyboard.press('Enter');
      await page.locator('[role=dialog] input:focus').waitFor();
      await page.keyboard.type('By Hand Inc');
      await page.keyboard.press('Enter');

      await page.getByRole('heading', { level: 1, name: 'By Hand Inc' }).waitFor();
      expect(ledgerlink.companies).toHaveLength(1);
    },
    patience,
  );

  it(
    'asks for a name before it creates anything',
    async () => {
      const { page, ledgerlink } = await portal.open('/companies');

      await page.getByRole('button', { name: 'Create company' }).first().click();
      await page.getByRole('button', { name: 'Create', exact: true }).click();

      await page.getByText('Enter a name.').waitFor();
      expect(ledgerlink.companies).toEqual([]);
    },
    patience,
  );

  it(
    'finds companies by a part of their name, and says when there is none',
    async () => {
      const { page } = await portal.open('/companies', busyAgency);

      await page.getByRole('searchbox').fill('maple');
      await page.getByRole('link', { name: 'Busy Agency' }).waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'Maple Ltd' }).waitFor();
      await page.getByRole('searchbox').fill('nobody');

      await page.getByText('No company matches').first().waitFor();
    },
    patience,
  );

  it(
    'reads a second page where there are many',
    async () => {
      const { page } = await portal.open('/companies', (server) => {
        for (let count = 1; count <= 30; count += 1) server.addCompany(`Company ${count}`);
      });

      await page.getByRole('link', { name: 'Company 30', exact: true }).waitFor();
      await page.getByRole('button', { name: /page 2/i }).click();

      await page.getByRole('link', { name: 'Company 5', exact: true }).waitFor();
      expect(await page.getByRole('link', { name: 'Company 30', exact: true }).count()).toBe(0);
    },
    patience,
  );

  it(
    'shows the business a company is linked to, and unlinks it once that is confirmed',
    async () => {
      const { page, ledgerlink } = await portal.open('/companies', busyAgency);

      await page.getByRole('link', { name: 'Busy Agency' }).click();
      await page.getByText('Busy Agency Inc.').waitFor();
      await page.getByRole('button', { name: 'Unlink' }).click();
      const dialog = page.getByRole('dialog', { name: 'Unlink this connection?' });
      expect(ledgerlink.companies[0]?.connections[0]?.status).toBe('Linked');
      await dialog.getByRole('button', { name: 'Unlink' }).click();

      await page.getByText('Busy Agency was unlinked.').waitFor();
      await page.getByText('Unlinked', { exact: true }).waitFor();
      expect(ledgerlink.companies[0]?.connections[0]?.status).toBe('Unlinked');
    },
    patience,
  );

  it(
    'refreshes the data and shows by itself when it has come',
    async () => {
      const { page, ledgerlink } = await portal.open('/companies', busyAgency);
      ledgerlink.statuses = { invoices: 'Fetching' };

      await page.getByRole('link', { name: 'Busy Agency' }).click();
      await page.getByRole('button', { name: 'Refresh data' }).click();
      await page.getByText('Reading from FreshBooks').waitFor();
      ledgerlink.statuses = { invoices: 'Complete' };

      await page.getByRole('gridcell', { name: 'Complete' }).waitFor();
      expect(ledgerlink.refreshed).toHaveLength(1);
    },
    patience,
  );

  it(
    'tells in the read history why something could not be read',
    async () => {
      const { page, ledgerlink } = await portal.open('/companies', busyAgency);
      ledgerlink.statuses = { taxRates: 'PermissionsError' };

      await page.getByRole('link', { name: 'Busy Agency' }).click();
      await page.getByRole('tab', { name: 'Read history' }).click();

      await page.getByText('The customer’s role in FreshBooks may not read this.').waitFor();
      await page.getByText('No permission').waitFor();
    },
    patience,
  );

  it(
    'shows of each read what it changed and which records could not be mapped',
    async () => {
      const { page, ledgerlink } = await portal.open('/companies', busyAgency);
      ledgerlink.statuses = { invoices: 'Complete' };

      await page.getByRole('link', { name: 'Busy Agency' }).click();
      await page.getByRole('tab', { name: 'Read history' }).click();
      await page.getByRole('button', { name: 'Details: Invoices' }).click();

      const dialog = page.getByRole('dialog');
      await dialog.getByText('Records that could not be mapped').waitFor();
      await dialog.getByText('It has no date.').waitFor();
      await dialog.getByText('1,200').waitFor();
      await dialog.getByRole('link', { name: 'Proof: Invoices' }).click();
      await page.getByRole('heading', { level: 1, name: 'Proof: Invoices' }).waitFor();
    },
    patience,
  );

  it(
    'lets the customer link another business, and takes that back',
    async () => {
      const { page, ledgerlink } = await portal.open('/companies', busyAgency);
      const allowed = () => ledgerlink.companies[0]?.connections[0]?.businessChange;

      await page.getByRole('link', { name: 'Busy Agency' }).click();
      const toggle = page.getByRole('checkbox', { name: /may link another business/ });
      await toggle.click();
      await page.getByText(/Allowed once, until Mar/).waitFor();
      expect(allowed()).toBeDefined();
      await toggle.click();
      await page.getByText(/Allowed once, until Mar/).waitFor({ state: 'detached' });

      expect(allowed()).toBeUndefined();
    },
    patience,
  );

  it(
    'warns that the link cannot be used while FreshBooks is not set up',
    async () => {
      const { page } = await portal.open('/companies', (server) => server.addCompany('Maple Ltd'));

      await page.getByRole('link', { name: 'Maple Ltd' }).click();

      await page.getByText('FreshBooks is not set up yet').waitFor();
    },
    patience,
  );

  it(
    'shows names as they are, whatever is in them',
    async () => {
      const hostile = '<img src=x onerror="document.title=1">{name} **bold**';
      const { page, complaints } = await portal.open('/companies', (server) => server.addCompany(hostile));

      await page.getByRole('link', { name: hostile }).click();

      await page.getByRole('heading', { level: 1, name: hostile }).waitFor();
      expect(await page.locator('img[src="x"]').count()).toBe(0);
      expect(complaints).toEqual([]);
    },
    patience,
  );

  it(
    'deletes a company only once that is confirmed',
    async () => {
      const { page, ledgerlink } = await portal.open('/companies', busyAgency);

      await page.getByRole('link', { name: 'Maple Ltd' }).click();
      await page.getByRole('button', { name: 'Delete company' }).click();
      expect(ledgerlink.companies).toHaveLength(2);
      await page.getByRole('dialog').getByRole('button', { name: 'Delete company' }).click();

      await page.getByText('Maple Ltd was deleted.').waitFor();
      expect(ledgerlink.companies.map(({ name }) => name)).toEqual(['Busy Agency']);
    },
    patience,
  );

  it(
    'says in words what went wrong, with the reference for the logs, and tries again',
    async () => {
      const { page, ledgerlink } = await portal.open('/companies', (server) => {
        const body = { error: 'The store is busy. Try again in a moment.', correlationId: 'c0ffee-7' };
        server.faults.set('GET /companies', { status: 503, body });
      });

      await page.getByText('The store is busy. Try again in a moment.').waitFor();
      await page.getByText('c0ffee-7').waitFor();
      ledgerlink.faults.clear();
      await page.getByRole('button', { name: 'Try again' }).click();

      await page.getByText('No companies yet').waitFor();
      expect(await page.getByText('c0ffee-7').count()).toBe(0);
    },
    patience,
  );

  it(
    'says that a company does not exist',
    async () => {
      const { page } = await portal.open('/companies/nobody');

      await page.getByText('There is no company with the id nobody.').waitFor();
    },
    patience,
  );
});
