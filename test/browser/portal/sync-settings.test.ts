import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describePortal } from './describe-portal.ts';
import type { FakeLedgerlink } from './fake/fake-ledgerlink.ts';
import { patience } from './open-portal.ts';

const locked = {
  dataType: 'invoices',
  fetchOnFirstLink: true,
  syncSchedule: 24,
  syncOrder: 0,
  timeOfDay: '06:30',
  timeZone: 'America/Toronto',
  isLocked: true,
};
const withCompany = (server: FakeLedgerlink) => {
  server.setUp();
  server.addCompany('Busy Agency', { id: 'connection-1', status: 'Linked' });
};

async function change(page: Page, ...names: string[]) {
  for (const name of names) await page.getByRole('checkbox', { name, exact: true }).click();
  await page.getByRole('button', { name: 'Change settings' }).click();
}

async function chooseFrequency(page: Page, name: string) {
  await page.getByRole('button', { name: /^How often/ }).click();
  await page.getByRole('option', { name, exact: true }).click();
}

const save = (page: Page) =>
  page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();

describePortal('sync settings in the portal', (portal) => {
  it(
    'changes several data types of all companies at once, with a time of day and its zone',
    async () => {
      const { page, ledgerlink } = await portal.open('/settings/sync');

      await change(page, 'Invoices', 'Payments');
      await chooseFrequency(page, 'Every day');
      await page.getByLabel('Time of day – optional').fill('06:30');
      await page.getByRole('button', { name: /^Time zone/ }).click();
      await page.getByRole('combobox', { name: 'Find a time zone' }).fill('Vancouver');
      await page.getByRole('option', { name: 'America/Vancouver' }).click();
      await page.getByRole('radio', { name: 'A number of months' }).click();
      await page.getByLabel('Months back from now').fill('12');
      await page.getByRole('checkbox', { name: /^Read on first link/ }).click();
      await save(page);

      await page.getByText('The sync settings are saved.').waitFor();
      const row = page.getByRole('row', { name: /Payments/ }).first();
      await row.getByText('Every day at 06:30 (America/Vancouver)').waitFor();
      await row.getByText('The last 12 months').waitFor();
      const expected = {
        fetchOnFirstLink: false,
        syncSchedule: 24,
        syncOrder: 0,
        syncFromWindow: 12,
        timeOfDay: '06:30',
        timeZone: 'America/Vancouver',
        isLocked: false,
      };
      expect([...ledgerlink.settings.values()]).toEqual([
        { dataType: 'invoices', ...expected },
        { dataType: 'payments', ...expected },
      ]);
    },
    patience,
  );

  it(
    'offers financial statements months to reach back, and no beginning',
    async () => {
      const { page, ledgerlink } = await portal.open('/settings/sync');

      await change(page, 'Balance sheet');
      const months = page.getByLabel('Months that financial statements reach back');
      expect(await page.getByText('History served').count()).toBe(1);
      await months.fill('500');
      await save(page);
      await page.getByText(/Enter a whole number of months/).waitFor();
      expect(ledgerlink.settings.size).toBe(0);
      await months.fill('36');
      await save(page);

      await page.getByText('The last 36 months').waitFor();
      expect(ledgerlink.settings.get('balanceSheet')).toMatchObject({ monthsToSync: 36 });
    },
    patience,
  );

  it(
    'gives a company its own, leaves those alone that are locked for all, and takes them back',
    async () => {
      const { page, ledgerlink } = await portal.open('/companies', withCompany);
      ledgerlink.settings.set('invoices', locked);

      await page.getByRole('link', { name: 'Busy Agency' }).click();
      await page.getByRole('tab', { name: 'Sync settings' }).click();
      await page.getByText('Every day at 06:30 (America/Toronto)').waitFor();
      expect(await page.getByRole('checkbox', { name: 'Invoices' }).isDisabled()).toBe(true);
      await change(page, 'Customers');
      await chooseFrequency(page, 'Only when asked for');
      await save(page);
      await page
        .getByRole('gridcell', { name: 'Only when asked for' })
        .or(page.getByRole('cell', { name: 'Only when asked for' }))
        .first()
        .waitFor();
      const own = [...ledgerlink.ownSettings.values()];
      expect(own.map((settings) => [...settings.keys()])).toEqual([['customers']]);

      await page.getByRole('button', { name: 'Use those of all companies' }).click();
      await page.getByRole('button', { name: 'Take them back' }).click();

      await page.getByText('The settings were taken back.').waitFor();
      expect(own.map((settings) => settings.size)).toEqual([0]);
    },
    patience,
  );

  it(
    'asks before less of the past is kept, and not before more',
    async () => {
      const { page, ledgerlink } = await portal.open('/settings/sync');
      const keep = page.getByRole('button', { name: 'Save the duration' });

      await page.getByLabel('Days', { exact: true }).fill('30');
      await keep.first().click();
      const dialog = page.getByRole('dialog', { name: 'Keep less of the past?' });
      await dialog.getByText(/older than 30 days/).waitFor();
      expect(ledgerlink.retention).toBe(400);
      await dialog.getByRole('button', { name: 'Save the duration' }).click();
      await page.getByText('The duration is saved.').waitFor();
      expect(ledgerlink.retention).toBe(30);
      await page.getByRole('radio', { name: 'For ever' }).click();
      const answered = page.waitForResponse((response) => response.request().method() === 'PUT');
      await keep.first().click();
      await answered;

      expect(ledgerlink.retention).toBeNull();
    },
    patience,
  );
});
