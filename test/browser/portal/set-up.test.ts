import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describePortal } from './describe-portal.ts';
import { patience } from './open-portal.ts';

const settings = '/settings/integrations/accounting/freshbooks';
const secret = 'a-secret-that-must-not-be-seen-again';

async function fillKeys(page: Page, clientId: string, clientSecret: string) {
  await page.getByLabel('Client ID', { exact: true }).fill(clientId);
  await page.getByLabel('Client secret', { exact: true }).fill(clientSecret);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
}

const copied = (page: Page) => page.evaluate('navigator.clipboard.readText()');

describePortal('setting FreshBooks up in the portal', (portal) => {
  it(
    'goes from Set up to saved keys, to Later, to the toggle of the integrations page',
    async () => {
      const { page, ledgerlink, complaints } = await portal.open('/settings/integrations/accounting');

      await page.getByRole('link', { name: 'Set up FreshBooks' }).click();
      await page.getByText('Private App').waitFor();
      await fillKeys(page, 'app-1', secret);
      const dialog = page.getByRole('dialog', { name: 'Enable FreshBooks' });
      await dialog.getByRole('button', { name: 'Later' }).click();
      await page.getByText('The integration settings are saved').waitFor();
      expect(ledgerlink.enabled).toBe(false);
      await page.getByRole('link', { name: 'Accounting integrations' }).click();
      await page.getByRole('checkbox', { name: 'Enable FreshBooks' }).click();

      await page.getByText('FreshBooks is enabled.').waitFor();
      expect(ledgerlink.enabled).toBe(true);
      expect(ledgerlink.keys).toMatchObject({ clientId: 'app-1', clientSecret: secret });
      await page.getByRole('link', { name: 'Manage FreshBooks' }).waitFor();
      expect(complaints).toEqual([]);
    },
    patience,
  );

  it(
    'enables at once when that is chosen in the dialog',
    async () => {
      const { page, ledgerlink } = await portal.open(settings);

      await fillKeys(page, 'app-1', secret);
      await page.getByRole('button', { name: 'Enable now' }).click();

      await page.getByText('FreshBooks is enabled.').waitFor();
      expect(ledgerlink.enabled).toBe(true);
    },
    patience,
  );

  it(
    'never holds the secret in the page again once it is saved',
    async () => {
      const { page, ledgerlink } = await portal.open(settings);

      await fillKeys(page, 'app-1', secret);
      await page.getByRole('button', { name: 'Later' }).click();
      await page.getByRole('button', { name: 'Replace' }).click();

      expect(ledgerlink.keys?.clientSecret).toBe(secret);
      expect(await page.getByLabel('Client secret', { exact: true }).inputValue()).toBe('');
      expect(await page.content()).not.toContain(secret);
      expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage])')).not.toContain(secret);
    },
    patience,
  );

  it(
    'hides the secret while it is typed, and shows it when asked',
    async () => {
      const { page } = await portal.open(settings);
      const field = page.getByLabel('Client secret', { exact: true });

      await field.fill('typed');

      expect(await field.getAttribute('type')).toBe('password');
      await page.getByRole('button', { name: 'Show', exact: true }).click();
      expect(await field.getAttribute('type')).toBe('text');
    },
    patience,
  );

  it.each([
    ['a space inside', 'app 1', secret],
    ['a space at the end of the secret', 'app-1', `${secret} `],
    ['a line break copied along', 'app-1', `\u2028${secret}`],
    ['an invisible space', 'app\u200B1', secret],
  ])(
    'refuses %s in words before anything is sent',
    async (_what, clientId, clientSecret) => {
      const { page, ledgerlink } = await portal.open(settings);

      await fillKeys(page, clientId, clientSecret);

      await page.getByText('This key holds a space, a tab or a line break.').waitFor();
      expect(ledgerlink.calls).not.toContain('PUT /setup/integration/keys');
    },
    patience,
  );

  it(
    'asks for keys that are missing',
    async () => {
      const { page, ledgerlink } = await portal.open(settings);

      await page.getByRole('button', { name: 'Save', exact: true }).click();

      await page.getByText('Enter the Client ID.').waitFor();
      await page.getByText('Enter the Client secret.').waitFor();
      expect(ledgerlink.calls).not.toContain('PUT /setup/integration/keys');
    },
    patience,
  );

  it(
    'shows the server’s refusal in its own words, with the reference for the logs',
    async () => {
      const { page, ledgerlink } = await portal.open(settings);
      const body = { error: 'The client secret holds white space.', correlationId: 'c0ffee-99' };
      ledgerlink.faults.set('PUT /setup/integration/keys', { status: 400, body });

      await fillKeys(page, 'app-1', secret);

      await page.getByText('The client secret holds white space.').waitFor();
      await page.getByText('c0ffee-99').waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
    },
    patience,
  );

  it(
    'copies the redirect URI, one scope, and all the chosen scopes',
    async () => {
      const { page } = await portal.open(settings);

      await page.getByRole('button', { name: 'Copy: Redirect URI' }).click();
      expect(await copied(page)).toBe('https://ledger.example/oauth/callback');
      await page.getByRole('button', { name: 'Copy: user:invoices:read' }).click();
      expect(await copied(page)).toBe('user:invoices:read');
      await page.getByRole('button', { name: /^Copy all chosen/ }).click();
      expect(String(await copied(page)).split(' ')).toHaveLength(20);
    },
    patience,
  );

  it(
    'sends the write scopes that were chosen along with the first keys',
    async () => {
      const { page, ledgerlink } = await portal.open(settings);

      await page.getByRole('button', { name: /^Write scopes/ }).click();
      await page.getByRole('checkbox', { name: 'Invoices' }).nth(1).check();
      await fillKeys(page, 'app-1', secret);

      await page.getByRole('button', { name: 'Later' }).waitFor();
      expect(ledgerlink.scopes).toHaveLength(21);
      expect(ledgerlink.scopes).toContain('user:invoices:write');
    },
    patience,
  );

  it(
    'says who has to authorise again before other scopes are saved, and shows who is left after',
    async () => {
      const { page, ledgerlink } = await portal.open(settings, (server) => {
        server.setUp();
        server.awaiting = [server.addCompany('Maple Ltd', { id: 'connection-1', status: 'Linked' })];
      });

      await page.getByRole('checkbox', { name: 'Reports' }).uncheck();
      await page.getByRole('button', { name: 'Save scopes' }).click();
      await page.getByText('1 company is linked.').waitFor();
      expect(ledgerlink.scopes).toHaveLength(20);
      await page.getByRole('button', { name: 'Save the new scopes' }).click();

      await page.getByText('The scopes are saved.').waitFor();
      expect(ledgerlink.scopes).not.toContain('user:reports:read');
      await page.getByText('1 company has to authorise again').waitFor();
      await page.getByRole('link', { name: 'Maple Ltd' }).waitFor();
    },
    patience,
  );

  it(
    'makes a new version when keys are replaced',
    async () => {
      const { page, ledgerlink } = await portal.open(settings, (server) => server.setUp());

      await page.getByRole('button', { name: 'Replace' }).click();
      await fillKeys(page, 'app-2', secret);

      await page.getByText('(version 2 of the keys)').waitFor();
      expect(ledgerlink.keys?.version).toBe(2);
      expect(await page.getByRole('dialog').count()).toBe(0);
    },
    patience,
  );

  it(
    'tells whose consents hang on older keys, and until when',
    async () => {
      const { page } = await portal.open(settings, (server) => {
        server.setUp();
        server.onOlderKeys = [server.addCompany('Maple Ltd', { id: 'connection-2', status: 'Linked' })];
      });

      await page.getByText(/Some consents still hang on the older secret/).waitFor();
      await page.getByText(/hangs on version 1 and moves by itself .* after Mar/).waitFor();
      await page.getByRole('link', { name: 'Maple Ltd' }).click();

      await page.getByRole('heading', { level: 1, name: 'Why is this current, or not?' }).waitFor();
    },
    patience,
  );

  it(
    'tells that FreshBooks refused many consents at once, and believes it only once that is confirmed',
    async () => {
      const { page, ledgerlink } = await portal.open(settings, (server) => {
        server.setUp();
        server.held = [server.addCompany('Maple Ltd', { id: 'connection-2', status: 'Linked' })];
      });

      await page.getByText(/FreshBooks refused 1 consents at once/).waitFor();
      await page.getByText(/Nothing is lost meanwhile/).waitFor();
      await page.getByRole('button', { name: 'They were taken back' }).click();
      expect(ledgerlink.held).toHaveLength(1);
      await page.getByRole('dialog').getByRole('button', { name: 'They were taken back' }).click();

      await page.getByText(/FreshBooks refused/).waitFor({ state: 'detached' });
      expect(ledgerlink.held).toEqual([]);
    },
    patience,
  );
});
