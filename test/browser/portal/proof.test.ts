import { expect, it } from '@jest/globals';
import { describePortal } from './describe-portal.ts';
import type { FakeLedgerlink } from './fake/fake-ledgerlink.ts';
import { patience } from './open-portal.ts';

const busyAgency = (server: FakeLedgerlink) => {
  server.setUp();
  server.addCompany('Busy Agency', { id: 'connection-1', status: 'Linked', businessName: 'Busy Inc.' });
  server.controls = [
    { report: 'accounts_aging', currency: 'CAD', ours: 0.3, theirs: 0.3, verdict: 'agrees' },
    { report: 'accounts_aging', currency: 'USD', ours: 99.95, theirs: 100, verdict: 'differs' },
    { report: 'taxsummary', currency: 'XXX', verdict: 'not comparable', why: 'It was not read in this run.' },
  ];
};

describePortal('the proof of a read in the portal', (portal) => {
  it(
    'is reached from what was read, and shows what was counted',
    async () => {
      const { page } = await portal.open('/companies', busyAgency);

      await page.getByRole('link', { name: 'Busy Agency' }).click();
      await page.getByRole('tab', { name: 'Read history' }).click();
      const row = page.getByRole('row', { name: /Invoices/ });
      await row.getByText('1200 held, 3 changed').waitFor();
      await row.getByRole('link', { name: 'Proof: Invoices' }).click();

      await page.getByRole('heading', { level: 1, name: 'Proof: Invoices' }).waitFor();
      const counted = page.getByRole('row', { name: /1,198 rows, 12 pages/ });
      await counted.getByText('1,150 and 48 deleted').waitFor();
      await counted.getByText('2 rows are counted by FreshBooks and not shown.').waitFor();
      await page.getByRole('row', { name: /taxes.*The role may not read taxes/ }).waitFor();
      await page.getByRole('row', { name: /vis_state=7/ }).waitFor();
    },
    patience,
  );

  it(
    'shows each control total with its currency and its difference, and why one cannot be compared',
    async () => {
      const { page } = await portal.open('/companies', busyAgency);

      await page.getByRole('link', { name: 'Busy Agency' }).click();
      await page.getByRole('tab', { name: 'Data types' }).click();
      await page.getByRole('link', { name: 'Proof: Invoices' }).click();

      await page.getByRole('row', { name: /Accounts aging.*Agrees.*CAD.*0\.30.*0\.30.*0\.00/ }).waitFor();
      await page
        .getByRole('row', { name: /Accounts aging.*Differs.*USD.*99\.95.*100\.00.*-0\.05/ })
        .waitFor();
      const tax = page.getByRole('row', { name: /Tax summary.*Not comparable/ });
      await tax.getByText('It was not read in this run.').waitFor();
      expect(await tax.getByText('XXX').count()).toBe(0);
    },
    patience,
  );

  it(
    'says in the server’s words that nothing was read yet',
    async () => {
      const { page } = await portal.open('/companies', (server) => {
        busyAgency(server);
        const [company] = server.companies;
        const body = { error: 'The data set has not been requested.', correlationId: 'c0ffee-9' };
        server.faults.set(`GET /companies/${company?.id}/dataStatus/bills/proof`, { status: 409, body });
      });

      await page.getByRole('link', { name: 'Busy Agency' }).click();
      await page.getByRole('heading', { level: 1, name: 'Busy Agency' }).waitFor();
      await page.goto(`${page.url()}/proof/bills`);

      await page.getByText('The data set has not been requested.').waitFor();
    },
    patience,
  );
});
