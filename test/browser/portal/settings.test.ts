import { expect, it } from '@jest/globals';
import { describePortal } from './describe-portal.ts';
import { patience } from './open-portal.ts';

describePortal('API keys and link settings in the portal', (portal) => {
  it(
    'shows a new API key once, to copy, and never again',
    async () => {
      const { page, ledgerlink } = await portal.open('/settings/api-keys');

      await page.getByRole('button', { name: 'Create API key' }).first().click();
      await page.getByLabel('Name', { exact: true }).fill('Reporting job');
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await page.mouse.click(5, 5);
      await page.getByRole('button', { name: 'Copy: API key' }).click();
      const key = `ll_${ledgerlink.apiKeys[0]?.id}_shown-once`;
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(key);
      await page.getByRole('button', { name: 'I have copied it' }).click();

      await page.getByText('Reporting job').waitFor();
      expect(await page.content()).not.toContain(key);
    },
    patience,
  );

  it(
    'stays open while a key is being made: it is shown only once',
    async () => {
      const { page } = await portal.open('/settings/api-keys');
      const [asked, clicked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      await page.route('**/apiKeys', async (route) => {
        if (route.request().method() === 'POST') {
          asked.resolve();
          await clicked.promise;
        }
        await route.continue();
      });

      await page.getByRole('button', { name: 'Create API key' }).first().click();
      await page.getByLabel('Name', { exact: true }).fill('Slow job');
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await asked.promise;
      await page.mouse.click(5, 5);
      await page.keyboard.press('Escape');
      clicked.resolve();

      await page.getByRole('button', { name: 'Copy: API key' }).waitFor();
    },
    patience,
  );

  it(
    'creates an API key with the scope and the expiry that were chosen, and shows both',
    async () => {
      const { page, ledgerlink } = await portal.open('/settings/api-keys');

      await page.getByRole('button', { name: 'Create API key' }).first().click();
      await page.getByLabel('Name', { exact: true }).fill('Reporting job');
      await page.getByRole('radio', { name: 'Read', exact: true }).click();
      await page.getByRole('button', { name: /In 365 days/ }).click();
      await page.getByRole('option', { name: 'In 90 days' }).click();
      await page.getByRole('button', { name: 'Create', exact: true }).click();
      await page.getByRole('button', { name: 'I have copied it' }).click();

      await page.getByRole('gridcell', { name: 'Read', exact: true }).waitFor();
      const [key] = ledgerlink.apiKeys;
      expect(key?.role).toBe('read');
      const days = (Date.parse(key?.expiresDate ?? '') - Date.now()) / 86_400_000;
      expect(Math.round(days)).toBe(90);
      await page
        .getByRole('gridcell', { name: new Date(key?.expiresDate ?? '').getFullYear().toString() })
        .first()
        .waitFor();
    },
    patience,
  );

  it(
    'shows when a key was used last, and marks one that has expired',
    async () => {
      const { page } = await portal.open('/settings/api-keys', (server) => {
        server.addKey('Old job', { expiresDate: '2026-01-31T00:00:00.000Z' });
        server.addKey('New job', { lastUsedDate: '2026-03-02T12:00:00.000Z' });
      });

      const old = page.getByRole('row', { name: /Old job/ });
      await old.getByRole('gridcell', { name: 'Never', exact: true }).waitFor();
      await old.getByText(/^Expired on Jan/).waitFor();
      await page
        .getByRole('row', { name: /New job/ })
        .getByText(/Mar\.? 2, 2026/)
        .first()
        .waitFor();
    },
    patience,
  );

  it(
    'saves another rate limit, and none that is no number',
    async () => {
      const { page, ledgerlink } = await portal.open('/settings/api-keys');
      const field = page.getByLabel('Requests a minute');

      await field.fill('many');
      await page.getByText('Enter a whole number.').waitFor();
      await page.getByRole('button', { name: 'Save the limit' }).click();
      expect(ledgerlink.requestsPerMinute).toBe(6000);
      await field.fill('1200');
      await page.getByRole('button', { name: 'Save the limit' }).click();

      await page.getByText('The rate limit is saved.').waitFor();
      expect(ledgerlink.requestsPerMinute).toBe(1200);
    },
    patience,
  );

  it(
    'deletes an API key once that is confirmed',
    async () => {
      const { page, ledgerlink } = await portal.open('/settings/api-keys', (server) => {
        server.addKey('Reporting job');
      });

      await page.getByRole('button', { name: 'Delete Reporting job' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();

      await page.getByText('Reporting job was deleted.').waitFor();
      await page.getByText('No API keys yet').waitFor();
      expect(ledgerlink.apiKeys).toEqual([]);
    },
    patience,
  );

  it(
    'saves the return URL with its placeholders, and takes it away again',
    async () => {
      const { page, ledgerlink } = await portal.open('/settings/link');
      const field = page.getByLabel('Return URL – optional');

      await field.fill('https://app.example/linked?company={companyId}');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('The link settings are saved.').waitFor();
      expect(ledgerlink.profile['redirectUrl']).toBe('https://app.example/linked?company={companyId}');
      await field.fill('');
      const answered = page.waitForResponse((response) => response.request().method() === 'PUT');
      await page.getByRole('button', { name: 'Save' }).click();
      await answered;

      expect(ledgerlink.profile['redirectUrl']).toBe('');
    },
    patience,
  );

  it(
    'saves the origins that customers may return to, and the name and pictures with them',
    async () => {
      const { page, ledgerlink } = await portal.open('/settings/link');

      await page.getByLabel('Allowed return origins').fill('https://a.example\n\n https://b.example ');
      await page.getByLabel('Name', { exact: true }).fill('Maple Lending');
      await page.getByLabel('Logo – optional').fill('https://a.example/logo.svg');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('The link settings are saved.').waitFor();

      expect(ledgerlink.profile).toEqual({
        name: 'Maple Lending',
        redirectUrl: '',
        logoUrl: 'https://a.example/logo.svg',
        whiteListUrls: ['https://a.example', 'https://b.example'],
      });
    },
    patience,
  );

  it(
    'lets links work once, for as long as is chosen',
    async () => {
      const { page, ledgerlink } = await portal.open('/settings/link');

      await page.getByRole('checkbox', { name: 'Links work once' }).check();
      await page.getByLabel('Hours until a link expires').fill('48');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('The link settings are saved.').waitFor();

      expect(ledgerlink.oneTimeLinks).toEqual({ enabled: true, lifetimeHours: 48 });
    },
    patience,
  );

  it(
    'says that something was done on that page alone, and not beside a refusal',
    async () => {
      const { page } = await portal.open('/settings/link');
      const done = page.getByText('The link settings are saved.');
      const save = page.getByRole('button', { name: 'Save' });

      await save.click();
      await done.waitFor();
      await page.getByLabel('Return URL – optional').fill('http://app.example');
      await save.click();
      await page.getByText('redirectUrl has to be an https address.').waitFor();
      await done.waitFor({ state: 'detached' });
      await page.getByLabel('Return URL – optional').fill('');
      await save.click();
      await done.waitFor();
      await page.getByRole('link', { name: 'API keys' }).click();

      await page.getByText('No API keys yet').waitFor();
      await done.waitFor({ state: 'detached' });
    },
    patience,
  );

  it(
    'shows why a return URL is refused',
    async () => {
      const { page, ledgerlink } = await portal.open('/settings/link');

      await page.getByLabel('Return URL – optional').fill('http://app.example');
      await page.getByRole('button', { name: 'Save' }).click();

      await page.getByText('redirectUrl has to be an https address.').waitFor();
      expect(ledgerlink.profile['redirectUrl']).toBe('');
    },
    patience,
  );
});
